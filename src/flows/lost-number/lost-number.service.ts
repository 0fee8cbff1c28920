import { Injectable } from '@nestjs/common';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { SmsCodes } from '../../identity/codes/sms-codes.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Refusal } from '../../shared/refusal.js';
import { LostNumberDrafts } from './lost-number-draft.service.js';
import type { LostNumberDraft } from './lost-number-draft.service.js';
import type { LostNumberForm } from './lost-number.form.js';

const PURPOSE = 'lost-number';

/** What the first page shows. */
export interface LostNumberView extends CodeStage {
  draft?: LostNumberDraft;
  /** The draft's number is proved: no second code for it. */
  proved: boolean;
}

/** First page: who it is, and a code to the new number. It asks nothing about the person, so that it can tell nothing. */
@Injectable()
export class LostNumber {
  constructor(
    private readonly accounts: Accounts,
    private readonly codes: SmsCodes,
    private readonly stages: CodeStages,
    private readonly drafts: LostNumberDrafts,
  ) {}

  async view(i: CurrentInteraction, address: string, refusal?: Refusal): Promise<LostNumberView> {
    const [draft, stage] = await Promise.all([
      this.drafts.of(i.cid),
      this.stages.of({ purpose: PURPOSE, binding: i.cid, address, refusal }),
    ]);
    return { ...stage, draft, proved: draft !== undefined && (await this.drafts.isProved(i.cid, draft.phone)) };
  }

  /**
   * That the new number has an account is told only to who has proved it; whose account it is makes no difference.
   * @returns `sent`, or `proved` when the second page is due
   * @throws {Refusal} captcha.*, sms.*, sms-code.*, lost-number.phone-in-use
   */
  async submit(
    i: CurrentInteraction,
    form: LostNumberForm,
    origin: { address: string; device?: string },
  ): Promise<'sent' | 'proved'> {
    const { phone } = form;
    await this.drafts.keep(i.cid, form);
    const proved = await this.drafts.isProved(i.cid, phone);
    if (!proved && !(await this.isNextDue(i, form))) {
      const captcha = { id: form.captchaId, text: form.captcha };
      const object = i.site.name['zh-CN'];
      await this.codes.send({ purpose: PURPOSE, phone, binding: i.cid, captcha, object, ...origin });
      return 'sent';
    }
    if (!proved) {
      await this.codes.prove({ purpose: PURPOSE, phone, binding: i.cid, code: form.smsCode ?? '' });
      await this.drafts.prove(i.cid, phone);
    }
    if (await this.accounts.find('phone', phone)) throw new Refusal('lost-number.phone-in-use', { field: 'phone' });
    return 'proved';
  }

  /** Which button, or for Enter what is due next. */
  private async isNextDue(i: CurrentInteraction, { deed, phone }: LostNumberForm): Promise<boolean> {
    if (deed) return deed === 'lost-number-next';
    const sent = await this.codes.sent(PURPOSE, i.cid);
    return sent !== undefined && sent.phone.reveal() === phone.reveal();
  }
}
