import { Injectable } from '@nestjs/common';
import type { ProvedCertificate } from '../../identity/certificates/certificate-judge.service.js';
import { EntityStanding } from '../../identity/entity-standing/entity-standing.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import { CertificateChanges } from '../../oidc/certificate-changes.service.js';
import { Refusal } from '../../shared/refusal.js';

/** Binds a replacement once the account has given its word: one way in more (DESIGN 6). */
@Injectable()
export class ReplacementBinding {
  constructor(
    private readonly proofs: Proofs,
    private readonly standing: EntityStanding,
    private readonly changes: CertificateChanges,
  ) {}

  /**
   * The register is asked before. Bound meanwhile, in another tab or by a second click, is what was wanted.
   * @param address the client's, for the register's limit
   * @throws {Refusal} proof.closed, entity.*, register.unavailable, limit.wait, and as `CertificateBindings.bind`
   */
  async bind(accountId: string, proved: ProvedCertificate, address: string): Promise<void> {
    await this.proofs.refuseClosed(accountId);
    await this.standing.require(accountId, 'certificate', address);
    await this.changes.add(accountId, proved).catch((refusal: unknown) => {
      if (!(refusal instanceof Refusal) || refusal.code !== 'certificate.already-bound') throw refusal;
    });
  }
}
