import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { SmsCodes } from '../../identity/codes/sms-codes.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { Refusal } from '../../shared/refusal.js';
import type { AlipayNumberForm } from './alipay-register.form.js';

const PURPOSE = 'registration';

/** The number of somebody whom Alipay does not vouch for: proved as at any registration. */
@Injectable()
export class AlipayNumber {
  constructor(
    private readonly codes: SmsCodes,
    private readonly proved: ProvedNumbers,
    private readonly stages: CodeStages,
    private readonly visitors: Visitors,
  ) {}

  async stage(i: CurrentInteraction, request: Request, refusal?: Refusal): Promise<CodeStage> {
    return this.stages.of({ purpose: PURPOSE, binding: i.cid, address: request.ip ?? '', refusal });
  }

  /** Which button, or for Enter what is due next. */
  async isRegisterDue(i: CurrentInteraction, { deed, phone }: AlipayNumberForm): Promise<boolean> {
    if (deed) return deed === 'alipay-register-submit';
    if (await this.proved.is(i.cid, phone)) return true;
    return (await this.codes.sent(PURPOSE, i.cid))?.phone.reveal() === phone.reveal();
  }

  /** Sends a code, whether or not the number has an account. @throws {Refusal} captcha.*, sms.* */
  async send(i: CurrentInteraction, form: AlipayNumberForm, request: Request): Promise<void> {
    await this.codes.send({
      purpose: PURPOSE,
      phone: form.phone,
      binding: i.cid,
      captcha: { id: form.captchaId, text: form.captcha },
      object: i.site.name['zh-CN'],
      ...this.visitors.origin(request),
    });
  }

  /** @throws {Refusal} sms-code.* */
  async prove(i: CurrentInteraction, { phone, smsCode = '' }: AlipayNumberForm): Promise<void> {
    if (await this.proved.is(i.cid, phone)) return;
    await this.codes.prove({ purpose: PURPOSE, phone, binding: i.cid, code: smsCode });
    await this.proved.keep(i.cid, phone);
  }
}
