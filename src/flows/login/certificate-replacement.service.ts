import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CertificateOwners } from '../../identity/certificates/certificate-owners.service.js';
import { CertificateProofs } from '../../identity/certificates/certificate-proofs.service.js';
import type { ChallengePlace } from '../../identity/certificates/certificate-challenges.service.js';
import { WaitingCertificates } from '../../identity/certificates/waiting-certificates.service.js';
import type { WaitingCertificate } from '../../identity/certificates/waiting-certificates.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Amr } from '../../shared/account.js';
import { Refusal } from '../../shared/refusal.js';
import type { SignedChallengeForm } from '../../web/signed-challenge.form.js';
import type { ReplacementForm } from './certificate-replacement.form.js';
import { Login } from './login.service.js';
import { ReplacementBinding } from './replacement-binding.service.js';
import type { SignIn } from './sign-in.js';

/** A challenge whose answer lets this certificate be bound, in this journey. */
export const replacePlace = ({ cid }: CurrentInteraction, { proved }: WaitingCertificate): ChallengePlace => ({
  purpose: 'replace',
  binding: `${cid}|${proved.certificate.thumbprint}`,
});

/**
 * A certificate of an account's credit code that is not bound to it: bound after the account's password or another bound
 * certificate, never silently (DESIGN 6). Both together log in.
 */
@Injectable()
export class CertificateReplacement {
  constructor(
    private readonly waiting: WaitingCertificates,
    private readonly owners: CertificateOwners,
    private readonly proofs: CertificateProofs,
    private readonly binding: ReplacementBinding,
    private readonly login: Login,
  ) {}

  /** What waits in this journey. */
  async of({ cid }: CurrentInteraction): Promise<WaitingCertificate | undefined> {
    return this.waiting.of(cid);
  }

  /**
   * The password has the limits of the door.
   * @throws {Refusal} login.wait, login.failed, captcha.*, certificate.not-waiting, and as `ReplacementBinding.bind`
   */
  async byPassword(
    i: CurrentInteraction,
    waiting: WaitingCertificate,
    form: ReplacementForm,
    request: Request,
    response: Response,
  ): Promise<SignIn> {
    if (form.thumbprint !== waiting.proved.certificate.thumbprint)
      throw new Refusal('certificate.not-waiting', { field: 'password' });
    const { password, captchaId, captcha } = form;
    const login = { identifier: waiting.proved.creditCode.reveal(), password, captchaId, captcha };
    const who = await this.login.withPassword(i, 'entity', login, request, response).catch((refusal: unknown) => {
      throw refusal instanceof Refusal && refusal.field === 'identifier' ? refusal.at('password') : refusal;
    });
    return this.bind(i, waiting, who, request);
  }

  /** @throws {Refusal} as the certificate login does, certificate.not-own, and as `ReplacementBinding.bind` */
  async byCertificate(
    i: CurrentInteraction,
    waiting: WaitingCertificate,
    form: SignedChallengeForm,
    request: Request,
  ): Promise<SignIn> {
    const proved = await this.proofs.prove(replacePlace(i, waiting), form, request.ip ?? '');
    const accountId = await this.owners.of(proved);
    if (accountId !== waiting.accountId) throw new Refusal('certificate.not-own');
    return this.bind(i, waiting, { accountId, amr: [proved.amr] }, request);
  }

  private async bind(
    { cid }: CurrentInteraction,
    { accountId, proved }: WaitingCertificate,
    who: SignIn,
    request: Request,
  ): Promise<SignIn> {
    if (who.accountId !== accountId) throw new Refusal('login.failed', { field: 'password' });
    await this.binding.bind(accountId, proved, request.ip ?? '');
    await this.waiting.drop(cid);
    return { accountId, amr: [...new Set<Amr>([...who.amr, proved.amr])] };
  }
}
