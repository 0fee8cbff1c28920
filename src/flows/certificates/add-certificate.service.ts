import { Injectable } from '@nestjs/common';
import { CertificateChallenges } from '../../identity/certificates/certificate-challenges.service.js';
import type { ChallengePlace } from '../../identity/certificates/certificate-challenges.service.js';
import { CertificateProofs } from '../../identity/certificates/certificate-proofs.service.js';
import { EntityStanding } from '../../identity/entity-standing/entity-standing.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import { CertificateChanges } from '../../oidc/certificate-changes.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { SignedChallengeForm } from '../../web/signed-challenge.form.js';
import { CertificateCodes } from './certificate-codes.service.js';

const ACT = 'certificate-bind';

/** Of this session: a challenge counts in no other one, and for nothing but binding. */
const placeOf = ({ uid, accountId }: SignedIn): ChallengePlace => ({ purpose: 'bind', binding: `${uid}|${accountId}` });

/** Binding a certificate in the user centre: a proof, the province's code, a signature (R-6.1, R-6.2, DESIGN 6). */
@Injectable()
export class AddCertificate {
  constructor(
    private readonly proofs: Proofs,
    private readonly standing: EntityStanding,
    private readonly codes: CertificateCodes,
    private readonly challenges: CertificateChallenges,
    private readonly certificates: CertificateProofs,
    private readonly changes: CertificateChanges,
  ) {}

  /**
   * Before the first page, so that nobody signs in vain.
   * @throws {ProofDue} @throws {Refusal} proof.closed, entity.*, register.unavailable, limit.wait
   */
  async begin(who: SignedIn, address: string): Promise<void> {
    await this.standing.require(who.accountId, 'certificate', address);
    await this.require(who);
  }

  /** @throws {ProofDue} @throws {Refusal} proof.closed */
  async require(who: SignedIn): Promise<void> {
    await this.proofs.require(who, ACT);
  }

  async challenge(who: SignedIn, entity: string): Promise<string> {
    return this.challenges.issue(placeOf(who), entity);
  }

  /**
   * A refusal uses no proof and no code up, only the challenge.
   * @throws {ProofDue} @throws {Refusal} proof.closed, limit.wait, entity.*, register.unavailable, challenge.*, certificate.*, signature.*
   */
  async submit(who: SignedIn, form: SignedChallengeForm, address: string): Promise<void> {
    await this.require(who);
    const proved = await this.certificates.prove(placeOf(who), form, address);
    await this.standing.require(who.accountId, 'certificate', address);
    await this.changes.bind(who, proved, async () => {
      await this.proofs.use(who, ACT);
      await this.codes.use(who, ACT);
    });
  }
}
