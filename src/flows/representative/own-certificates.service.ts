import { Injectable } from '@nestjs/common';
import { CertificateChallenges } from '../../identity/certificates/certificate-challenges.service.js';
import type { ChallengePlace } from '../../identity/certificates/certificate-challenges.service.js';
import { CertificateJudge } from '../../identity/certificates/certificate-judge.service.js';
import type { SignedForm } from '../../identity/certificates/certificate-judge.service.js';
import { CertificateOwners } from '../../identity/certificates/certificate-owners.service.js';
import { TrustedAuthorities } from '../../identity/certificates/trusted-authorities.service.js';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Refusal } from '../../shared/refusal.js';
import type { ChangeKind } from './words.service.js';

/** Of this session: a challenge counts in no other one, and for nothing but this change. */
const placeOf = ({ uid, accountId }: SignedIn, purpose: ChangeKind): ChallengePlace => ({
  purpose,
  binding: `${uid}|${accountId}`,
});

/** The entity's own certificate in place of anybody's word: one that is bound to its account. */
@Injectable()
export class OwnCertificates {
  constructor(
    private readonly challenges: CertificateChallenges,
    private readonly authorities: TrustedAuthorities,
    private readonly judge: CertificateJudge,
    private readonly owners: CertificateOwners,
  ) {}

  /** What its form shows, with a fresh challenge each time. */
  async fields(who: SignedIn, kind: ChangeKind, { name, creditCode }: EntityData) {
    const challenge = await this.challenges.issue(placeOf(who, kind), name.reveal());
    return { challenge, authorities: this.authorities.all(), entity: creditCode };
  }

  /** The challenge is spent whatever comes of it. @throws {Refusal} challenge.*, certificate.*, signature.*, representative.not-bound */
  async prove(who: SignedIn, kind: ChangeKind, form: SignedForm): Promise<void> {
    const owner = await this.owners.of(await this.judge.prove(placeOf(who, kind), form));
    if (owner !== who.accountId) throw new Refusal('representative.not-bound', { field: 'certificate' });
  }
}
