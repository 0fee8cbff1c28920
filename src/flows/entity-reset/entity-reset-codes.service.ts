import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { SmsCodes } from '../../identity/codes/sms-codes.service.js';
import type { SmsRequest } from '../../identity/codes/sms-request.js';
import type { CreditCode } from '../../shared/credit-code.js';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { ResetMessages } from './reset-messages.service.js';

const PURPOSE = 'entity-reset';

/** The code of an entity's reset: asked for by its credit code, to a number that nobody is shown. */
@Injectable()
export class EntityResetCodes {
  constructor(
    private readonly codes: SmsCodes,
    private readonly stages: CodeStages,
    private readonly messages: ResetMessages,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** The same for every code, whether or not it has an account. @throws {Refusal} captcha.*, sms.* */
  async send(
    cid: string,
    creditCode: CreditCode,
    more: Pick<SmsRequest, 'captcha' | 'address' | 'device'>,
  ): Promise<void> {
    const { smsCodeMinutes } = this.jurisdiction.lifetimes;
    await this.codes.send({
      purpose: PURPOSE,
      phone: Phone.hidden(creditCode),
      binding: cid,
      object: '',
      deliver: async (code) => this.messages.queue(creditCode, code, smsCodeMinutes),
      ...more,
    });
  }

  /** @throws {Refusal} sms-code.* */
  async prove(cid: string, creditCode: CreditCode, code: string): Promise<void> {
    await this.codes.prove({ purpose: PURPOSE, phone: Phone.hidden(creditCode), binding: cid, code });
  }

  /** @param more.anew the page asks for a credit code of its own: no earlier picture covers it */
  async stage(cid: string, address: string, more: { anew?: boolean; refusal?: Refusal } = {}): Promise<CodeStage> {
    const { sent, captchaId } = await this.stages.of({ purpose: PURPOSE, binding: cid, address, ...more });
    return { captchaId, sent: sent && { ...sent, phone: '', maskedPhone: '' } };
  }
}
