import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { SmsCodes } from '../../identity/codes/sms-codes.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import type { AccountLostNumberForm } from './lost-number.form.js';

const PURPOSE = 'lost-number';
const bindingOf = ({ uid }: SignedIn) => `${PURPOSE}|${uid}`;

/** In a session: the new number and its code. */
@Injectable()
export class NewNumber {
  constructor(
    private readonly codes: SmsCodes,
    private readonly stages: CodeStages,
    private readonly proved: ProvedNumbers,
    private readonly accounts: Accounts,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** In a session no picture stands before a message. */
  async stage(who: SignedIn, address: string): Promise<CodeStage> {
    return this.stages.of({ purpose: PURPOSE, binding: bindingOf(who), address, captcha: 'not-needed' });
  }

  /** @returns `sent`, or `proved` when the code was right @throws {Refusal} sms.*, sms-code.*, phone.taken-elsewhere */
  async step(
    who: SignedIn,
    { phone, smsCode, deed }: AccountLostNumberForm,
    origin: { address: string; device?: string },
  ): Promise<'sent' | 'proved'> {
    const binding = bindingOf(who);
    const proved = await this.proved.is(binding, phone);
    if (!proved && (await this.isSendDue(binding, phone, deed))) {
      const object = this.jurisdiction.portalName['zh-CN'];
      await this.codes.send({ purpose: PURPOSE, phone, binding, captcha: 'not-needed', object, ...origin });
      return 'sent';
    }
    if (!proved) await this.codes.prove({ purpose: PURPOSE, phone, binding, code: smsCode ?? '' });
    await this.proved.keep(binding, phone);
    if (await this.accounts.find('phone', phone)) throw new Refusal('phone.taken-elsewhere', { field: 'phone' });
    return 'proved';
  }

  /** Which button, or for Enter what is due next. */
  private async isSendDue(binding: string, phone: Phone, deed?: string): Promise<boolean> {
    if (deed) return deed === 'sms-send';
    return (await this.codes.sent(PURPOSE, binding))?.phone.reveal() !== phone.reveal();
  }
}
