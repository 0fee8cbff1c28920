import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Profiles } from '../../identity/accounts/profiles.service.js';
import type { WaitingCertificate } from '../../identity/certificates/waiting-certificates.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { CertificateLogins } from './certificate-login.service.js';
import type { ReplacementProps } from './certificate-replacement.page.js';
import { replacePlace } from './certificate-replacement.service.js';
import { LoginCaptcha } from './login-captcha.service.js';

type View = Pick<ReplacementProps, 'entity' | 'fields' | 'captchaId'>;

/** What the replacement's page shows: whose account, and what its proof needs. */
@Injectable()
export class ReplacementViews {
  constructor(
    private readonly profiles: Profiles,
    private readonly certificates: CertificateLogins,
    private readonly captcha: LoginCaptcha,
  ) {}

  async of(
    i: CurrentInteraction,
    waiting: WaitingCertificate,
    by: 'password' | 'certificate',
    request: Request,
    refusal?: Refusal,
  ): Promise<View> {
    const entity = (await this.profiles.of(waiting.accountId))?.maskedName ?? '';
    if (by === 'certificate')
      return { entity, fields: await this.certificates.fields(i, replacePlace(i, waiting), entity) };
    const values = { identifier: waiting.proved.creditCode.reveal() };
    return { entity, captchaId: await this.captcha.after(i, 'entity', { values, refusal }, request) };
  }
}
