import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { SmsCodes } from '../../identity/codes/sms-codes.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import type { RefusalCode } from '../../shared/refusal.js';
import type { SmsLoginForm } from './sms-login.form.js';
import { signInBy } from './sign-in.js';
import type { SignIn } from './sign-in.js';

const PURPOSE = 'login';

/** What a button of the SMS login led to: a code on its way, a login, or another page that is due with the proved number. */
export type SmsLoginResult = 'sent' | 'no-account' | 'number-holder' | 'password-due' | SignIn;

/** A result that is no login. */
export type Elsewhere = Exclude<SmsLoginResult, SignIn>;

const ELSEWHERE: Partial<Record<RefusalCode, Elsewhere>> = {
  'login.no-account': 'no-account',
  'login.holder-due': 'number-holder',
  'login.password-due': 'password-due',
};

/** Login by SMS code: one method a button. */
@Injectable()
export class SmsLogin {
  constructor(
    private readonly codes: SmsCodes,
    private readonly provedNumbers: ProvedNumbers,
    private readonly stages: CodeStages,
    private readonly visitors: Visitors,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** Where the page stands. @throws {Refusal} page.not-found where the province has no such login */
  async stage(i: CurrentInteraction, request: Request, refusal?: Refusal): Promise<CodeStage> {
    if (!this.jurisdiction.login.methods.includes('sms')) throw new Refusal('page.not-found', { status: 404 });
    return this.stages.of({ purpose: PURPOSE, binding: i.cid, address: request.ip ?? '', refusal });
  }

  async submit(
    i: CurrentInteraction,
    form: SmsLoginForm,
    request: Request,
    response: Response,
  ): Promise<SmsLoginResult> {
    if (!this.jurisdiction.login.methods.includes('sms')) throw new Refusal('page.not-found', { status: 404 });
    if (!(await this.isLoginDue(i, form))) return this.sendCode(i, form, request);
    await this.codes.prove({ purpose: PURPOSE, phone: form.phone, binding: i.cid, code: form.smsCode ?? '' });
    await this.provedNumbers.keep(i.cid, form.phone);
    return this.withProved(i, form.phone, request, response);
  }

  /** Logs in by the number that this journey has proved. @throws {Refusal} page.not-found, login.disabled, sms-code.none */
  async withProved(i: CurrentInteraction, phone: Phone, request: Request, response: Response): Promise<SmsLoginResult> {
    if (!this.jurisdiction.login.methods.includes('sms')) throw new Refusal('page.not-found', { status: 404 });
    try {
      const smsLogin = { phone, cid: i.cid };
      return await signInBy('sms', Object.assign(request, { smsLogin }), response);
    } catch (refusal) {
      const elsewhere = refusal instanceof Refusal && ELSEWHERE[refusal.code];
      if (!elsewhere) throw refusal;
      return elsewhere;
    }
  }

  /** Sends a code, whether or not the number has an account. @throws {Refusal} captcha.*, sms.* */
  private async sendCode(i: CurrentInteraction, form: SmsLoginForm, request: Request): Promise<'sent'> {
    await this.codes.send({
      purpose: PURPOSE,
      phone: form.phone,
      binding: i.cid,
      captcha: { id: form.captchaId, text: form.captcha },
      object: i.site.name['zh-CN'],
      ...this.visitors.origin(request),
    });
    return 'sent';
  }

  /** Which button, or for Enter what is due next. */
  private async isLoginDue(i: CurrentInteraction, form: SmsLoginForm): Promise<boolean> {
    if (form.deed) return form.deed === 'login-submit';
    const sent = await this.codes.sent(PURPOSE, i.cid);
    return sent !== undefined && sent.phone.reveal() === form.phone.reveal();
  }
}
