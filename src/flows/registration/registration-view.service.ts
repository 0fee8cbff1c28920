import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Captchas } from '../../identity/codes/captchas.service.js';
import { SmsCaptcha } from '../../identity/codes/sms-captcha.service.js';
import { SmsCodes } from '../../identity/codes/sms-codes.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { PURPOSE } from './person-registration.service.js';
import { RegistrationDrafts } from './registration-draft.service.js';

/** What the registration page shows besides what was typed. */
export interface RegistrationView {
  phone?: string;
  passwordKept: boolean;
  captchaId?: string;
  sent?: { maskedPhone: string; minutes: number; resendInSeconds: number };
}

/** Gathers what the page needs: the draft, the code on its way, and a picture where one is due. */
@Injectable()
export class RegistrationViews {
  constructor(
    private readonly drafts: RegistrationDrafts,
    private readonly codes: SmsCodes,
    private readonly captchas: Captchas,
    private readonly smsCaptcha: SmsCaptcha,
  ) {}

  /** @param refusal what the page refuses: a picture is shown when it is the picture that is missing */
  async of(i: CurrentInteraction, request: Request, refusal?: Refusal): Promise<RegistrationView> {
    const [draft, sent] = await Promise.all([this.drafts.of(i.cid), this.codes.sent(PURPOSE, i.cid)]);
    const due = await this.smsCaptcha.due(request.ip ?? '');
    const asked = refusal?.list.some(({ field }) => field === 'captcha') ?? false;
    const covered = !asked && sent !== undefined && (await this.smsCaptcha.isCovered(i.cid, sent.phone));
    return {
      phone: draft.phone?.national,
      passwordKept: draft.passwordHash !== undefined,
      captchaId: due && !covered ? await this.captchas.issue(i.cid) : undefined,
      sent: sent && {
        maskedPhone: sent.phone.masked(),
        minutes: sent.minutes,
        resendInSeconds: sent.resendInSeconds,
      },
    };
  }
}
