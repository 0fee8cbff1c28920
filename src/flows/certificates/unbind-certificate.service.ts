import { Injectable } from '@nestjs/common';
import { CertificateBindings } from '../../identity/certificates/bindings.service.js';
import type { BoundCertificate } from '../../identity/certificates/bindings.service.js';
import { EntityStanding } from '../../identity/entity-standing/entity-standing.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import { CertificateChanges } from '../../oidc/certificate-changes.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Records } from '../../storage/records.js';
import { CertificateCodes } from './certificate-codes.service.js';
import type { Origin } from './certificate-codes.service.js';
import type { CertificateCodeForm } from './certificates.form.js';

const ACT = 'certificate-unbind';
const KIND = 'certificate-unbinding';
const LIFE_SECONDS = 20 * 60;

/** Where it stands: nothing chosen, the province's code missing, done, and done with the session that asked. */
export type Unbinding = 'none' | 'code' | 'done' | 'signed-out';

/** Unbinding a certificate: chosen on the list, then a proof and the province's code, then it is done (DESIGN 6). */
@Injectable()
export class UnbindCertificate {
  constructor(
    private readonly records: Records,
    private readonly bindings: CertificateBindings,
    private readonly standing: EntityStanding,
    private readonly proofs: Proofs,
    private readonly codes: CertificateCodes,
    private readonly changes: CertificateChanges,
  ) {}

  /**
   * Which one, kept until it is done; where nothing is missing it is done at once.
   * @throws {ProofDue}
   * @throws {Refusal} certificate.unknown (404), proof.closed, entity.*, register.unavailable, limit.wait, certificate.no-number
   */
  async choose(who: SignedIn, id: string, address: string): Promise<Unbinding> {
    const mine = await this.bindings.list(who.accountId);
    if (!mine.some((one) => one.id === id)) throw new Refusal('certificate.unknown', { status: 404 });
    await this.standing.require(who.accountId, 'certificate', address);
    await this.records.put(KIND, who.uid, { id }, LIFE_SECONDS);
    return this.goOn(who);
  }

  /** Does what was chosen, unless something is missing. @throws {ProofDue} @throws {Refusal} proof.closed, certificate.no-number */
  async goOn(who: SignedIn): Promise<Unbinding> {
    const chosen = await this.chosen(who);
    if (!chosen) return 'none';
    await this.proofs.require(who, ACT);
    if (await this.codes.due(who, ACT)) return 'code';
    return this.unbind(who, chosen);
  }

  /** @throws {ProofDue} @throws {Refusal} proof.closed, certificate.no-number, sms.*, sms-code.* */
  async step(who: SignedIn, form: CertificateCodeForm, origin: Origin): Promise<Unbinding> {
    const stands = await this.goOn(who);
    if (stands !== 'code') return stands;
    const step = await this.codes.step(who, ACT, form, origin);
    return step === 'sent' ? 'code' : this.goOn(who);
  }

  /** The one that is chosen and still bound. */
  async chosen(who: SignedIn): Promise<BoundCertificate | undefined> {
    const kept = await this.records.get<{ id: string }>(KIND, who.uid);
    if (!kept) return undefined;
    return (await this.bindings.list(who.accountId)).find(({ id }) => id === kept.id);
  }

  private async unbind(who: SignedIn, { id }: BoundCertificate): Promise<Unbinding> {
    const within = async () => {
      await this.proofs.use(who, ACT);
      await this.codes.use(who, ACT);
    };
    await this.changes.unbind(who.accountId, id, 'certificate-unbound', { uid: who.uid, within });
    await this.records.take(KIND, who.uid);
    return who.amr.every((means) => means === 'hwk' || means === 'swk') ? 'signed-out' : 'done';
  }
}
