import { Injectable } from '@nestjs/common';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { CodeSteps } from '../../identity/codes/code-steps.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Refusal } from '../../shared/refusal.js';
import type { AccountLostNumberForm } from './lost-number.form.js';

const PURPOSE = 'lost-number';
const bindingOf = ({ uid }: SignedIn) => `${PURPOSE}|${uid}`;

/** In a session: the new number and its code. */
@Injectable()
export class NewNumber {
  constructor(
    private readonly steps: CodeSteps,
    private readonly stages: CodeStages,
    private readonly accounts: Accounts,
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
    const main = 'lost-number-submit';
    const step = await this.steps.take({
      purpose: PURPOSE,
      phone,
      binding: bindingOf(who),
      smsCode,
      deed,
      main,
      origin,
    });
    if (step === 'sent') return step;
    if (await this.accounts.find('phone', phone)) throw new Refusal('phone.taken-elsewhere', { field: 'phone' });
    return step;
  }
}
