import { Injectable } from '@nestjs/common';
import { Entities } from '../../identity/accounts/entities.service.js';
import { CertificateChallenges } from '../../identity/certificates/certificate-challenges.service.js';
import type { ChallengePlace } from '../../identity/certificates/certificate-challenges.service.js';
import { CertificateOwners } from '../../identity/certificates/certificate-owners.service.js';
import { CertificateProofs } from '../../identity/certificates/certificate-proofs.service.js';
import { TrustedAuthorities } from '../../identity/certificates/trusted-authorities.service.js';
import type { GuardedAct } from '../../identity/proofs/proof-due.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Refusal } from '../../shared/refusal.js';
import type { SignedChallengeForm } from '../../web/signed-challenge.form.js';

/** Of this session and this act: a signature counts for no other one. */
const placeOf = ({ uid, accountId }: SignedIn, act: GuardedAct): ChallengePlace => ({
  purpose: 'proof',
  binding: `${uid}|${accountId}|${act}`,
});

/** A legal entity's proof by a certificate that is bound to it (DESIGN 6). */
@Injectable()
export class CertificateProof {
  constructor(
    private readonly challenges: CertificateChallenges,
    private readonly certificates: CertificateProofs,
    private readonly owners: CertificateOwners,
    private readonly authorities: TrustedAuthorities,
    private readonly entities: Entities,
    private readonly proofs: Proofs,
  ) {}

  /** What its page shows: whom it acts on, and a fresh challenge. */
  async view(who: SignedIn, act: GuardedAct) {
    const { name, creditCode } = (await this.entities.find(who.accountId)) ?? {};
    const challenge = await this.challenges.issue(placeOf(who, act), name?.reveal());
    return { account: name?.masked() ?? '', challenge, authorities: this.authorities.all(), creditCode };
  }

  /**
   * @throws {Refusal} proof.closed, limit.wait, challenge.*, certificate.*, signature.*, login.disabled;
   * certificate.not-own for one that is bound to another account or to none
   */
  async give(who: SignedIn, act: GuardedAct, form: SignedChallengeForm, address: string): Promise<void> {
    await this.proofs.refuseClosed(who.accountId, act);
    const proved = await this.certificates.prove(placeOf(who, act), form, address);
    if ((await this.owners.of(proved)) !== who.accountId) throw new Refusal('certificate.not-own');
    await this.proofs.giveByCertificate(who, act);
  }
}
