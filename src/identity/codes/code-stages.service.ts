import { Injectable } from '@nestjs/common';
import type { CodePurpose } from '../../gateways/sms/sms.gateway.js';
import type { Refusal } from '../../shared/refusal.js';
import { Captchas } from './captchas.service.js';
import { SmsCaptcha } from './sms-captcha.service.js';
import { SmsCodes } from './sms-codes.service.js';

/** Where a page stands with its code: a picture that is due, and a message on its way. */
export interface CodeStage {
  captchaId?: string;
  sent?: { phone: string; maskedPhone: string; minutes: number; resendInSeconds: number };
}

/** What a page shows that asks for an SMS code. */
@Injectable()
export class CodeStages {
  constructor(
    private readonly codes: SmsCodes,
    private readonly captchas: Captchas,
    private readonly smsCaptcha: SmsCaptcha,
  ) {}

  /** @param asking.refusal what the page refuses: a picture is shown when it is the picture that is missing */
  async of(asking: {
    purpose: CodePurpose;
    binding: string;
    address: string;
    refusal?: Refusal;
    captcha?: 'not-needed';
    /** The page asks for a number of its own: no earlier answer covers it. */
    anew?: boolean;
  }): Promise<CodeStage> {
    const sent = await this.codes.sent(asking.purpose, asking.binding);
    const asked = asking.refusal?.list.some(({ field }) => field === 'captcha') ?? false;
    const due = asking.captcha === undefined && (await this.smsCaptcha.due(asking.address));
    const covered =
      !asked && !asking.anew && sent !== undefined && (await this.smsCaptcha.isCovered(asking.binding, sent.phone));
    return {
      captchaId: due && !covered ? await this.captchas.issue(asking.binding) : undefined,
      sent: sent && {
        phone: sent.phone.national,
        maskedPhone: sent.phone.masked(),
        minutes: sent.minutes,
        resendInSeconds: sent.resendInSeconds,
      },
    };
  }
}
