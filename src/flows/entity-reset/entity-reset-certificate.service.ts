import { Injectable } from '@nestjs/common';
import { CertificateBindings } from '../../identity/certificates/bindings.service.js';
import type { SignedForm } from '../../identity/certificates/certificate-judge.service.js';
import { CertificateOwners } from '../../identity/certificates/certificate-owners.service.js';
import { CertificateProofs } from '../../identity/certificates/certificate-proofs.service.js';
import { EntityStanding } from '../../identity/entity-standing/entity-standing.service.js';
import { Refusal } from '../../shared/refusal.js';
import { EntityResetProgress } from './entity-reset-progress.service.js';

/** A challenge whose answer lets this journey set a password. */
export const resetPlace = (cid: string) => ({ purpose: 'reset', binding: cid }) as const;

/** The entity itself, by a certificate that is bound to its account: no message, no person. */
@Injectable()
export class EntityResetCertificate {
  constructor(
    private readonly proofs: CertificateProofs,
    private readonly owners: CertificateOwners,
    private readonly bindings: CertificateBindings,
    private readonly standing: EntityStanding,
    private readonly progress: EntityResetProgress,
  ) {}

  /**
   * The challenge is spent whatever comes of it; the register is asked last.
   * @throws {Refusal} limit.wait, challenge.*, certificate.*, signature.*, login.disabled, entity-reset.not-bound;
   * entity.not-found, register.unavailable
   */
  async prove(cid: string, form: SignedForm, address: string): Promise<void> {
    const proved = await this.proofs.prove(resetPlace(cid), form, address);
    const accountId = await this.owners.of(proved);
    const bound = accountId ? await this.bindings.find(proved.certificate) : undefined;
    if (!accountId || !bound) throw new Refusal('entity-reset.not-bound', { field: 'certificate' });
    await this.standing.require(accountId, 'reset-without-representative', address);
    await this.progress.certificateProved(cid, proved.creditCode, { id: bound.id, amr: proved.amr });
  }
}
