import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { CertificateChallenges } from '../../identity/certificates/certificate-challenges.service.js';
import type { ChallengePlace } from '../../identity/certificates/certificate-challenges.service.js';
import { TrustedAuthorities } from '../../identity/certificates/trusted-authorities.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Refusal } from '../../shared/refusal.js';
import type { CertificateProps } from '../../web/certificate-form.js';
import type { SignedChallengeForm } from '../../web/signed-challenge.form.js';
import { signInBy } from './sign-in.js';
import type { SignIn } from './sign-in.js';

/** What the fields of a certificate page need: a fresh challenge each time. */
export type ChallengeFields = Pick<CertificateProps, 'challenge' | 'authorities'>;

/** Login by certificate, where the province has it. */
@Injectable()
export class CertificateLogins {
  constructor(
    private readonly challenges: CertificateChallenges,
    private readonly authorities: TrustedAuthorities,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @throws {Refusal} page.not-found where the province has no such login */
  async fields(
    { cid }: CurrentInteraction,
    place: ChallengePlace = { purpose: 'login', binding: cid },
    entity?: string,
  ): Promise<ChallengeFields> {
    this.refuseElsewhere();
    return { challenge: await this.challenges.issue(place, entity), authorities: this.authorities.all() };
  }

  /** @throws {Refusal} page.not-found, and as the strategy does */
  async submit(
    { cid }: CurrentInteraction,
    form: SignedChallengeForm,
    request: Request,
    response: Response,
  ): Promise<SignIn> {
    this.refuseElsewhere();
    const certificateLogin = { form, cid, address: request.ip ?? '' };
    return signInBy('certificate', Object.assign(request, { certificateLogin }), response);
  }

  private refuseElsewhere(): void {
    if (!this.jurisdiction.login.methods.includes('certificate')) throw new Refusal('page.not-found', { status: 404 });
  }
}
