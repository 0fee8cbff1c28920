import { Injectable } from '@nestjs/common';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { SmsCodes } from '../../identity/codes/sms-codes.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import type { PersonRegistrationForm } from './person-registration.form.js';
import { RegistrationDrafts } from './registration-draft.service.js';
import type { Draft } from './registration-draft.service.js';

/** From where a form comes: for limits. */
export interface Origin {
  address: string;
  device?: string;
  /** The site's name, for the message. */
  object: string;
}

export const PURPOSE = 'registration';

/** What a register button led to. */
export type Registered = { accountId: string } | 'taken';

/** Registering a natural person: one method a button. */
@Injectable()
export class PersonRegistration {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly codes: SmsCodes,
    private readonly provedNumbers: ProvedNumbers,
    private readonly drafts: RegistrationDrafts,
    private readonly db: Database,
  ) {}

  /** The button that is due: the code first, then the registration. */
  async isRegisterDue(i: CurrentInteraction, form: PersonRegistrationForm): Promise<boolean> {
    if (form.deed) return form.deed === 'register-submit';
    if (await this.provedNumbers.is(i.cid, form.phone)) return true;
    const sent = await this.codes.sent(PURPOSE, i.cid);
    return sent !== undefined && sent.phone.reveal() === form.phone.reveal();
  }

  /** Sends a code, whether or not the number has an account. @throws {Refusal} password.*, captcha.*, sms.* */
  async sendCode(i: CurrentInteraction, form: PersonRegistrationForm, origin: Origin): Promise<void> {
    await this.drafts.keep(i.cid, form);
    await this.codes.send({
      purpose: PURPOSE,
      phone: form.phone,
      binding: i.cid,
      captcha: { id: form.captchaId, text: form.captcha },
      ...origin,
    });
  }

  /**
   * Makes the account. The other fields are judged before the code, so that a form refused for them spends no try.
   * That the number has an account is told only to who has just proved it (DESIGN 6).
   * @throws {Refusal} password.*, agreement.*, sms-code.*
   */
  async register(i: CurrentInteraction, form: PersonRegistrationForm): Promise<Registered> {
    const draft = await this.judged(i, form);
    if (!(await this.provedNumbers.is(i.cid, form.phone))) {
      await this.codes.prove({ purpose: PURPOSE, phone: form.phone, binding: i.cid, code: form.smsCode ?? '' });
      await this.provedNumbers.keep(i.cid, form.phone);
    }
    try {
      const accountId = await this.db.transaction(async (tx) => {
        const id = await this.accounts.createPerson(tx, { phone: form.phone });
        await this.passwords.set(tx, id, draft.passwordHash as NonNullable<Draft['passwordHash']>);
        return id;
      });
      await this.drafts.drop(i.cid);
      return { accountId };
    } catch (refusal) {
      if (refusal instanceof Refusal && refusal.code === 'phone.taken') return 'taken';
      throw refusal;
    }
  }

  private async judged(i: CurrentInteraction, form: PersonRegistrationForm): Promise<Draft> {
    const refusals: Refusal[] = [];
    const draft = await this.drafts.keep(i.cid, form).catch((refusal: unknown) => {
      if (!(refusal instanceof Refusal)) throw refusal;
      refusals.push(refusal);
      return {} as Draft;
    });
    const outdated = form.agreementVersion !== this.accounts.agreementVersion;
    if (outdated) refusals.push(new Refusal('agreement.outdated', { field: 'agreement' }));
    if (!outdated && form.agreement !== 'yes')
      refusals.push(new Refusal('agreement.not-accepted', { field: 'agreement' }));
    if (refusals.length > 0) throw Refusal.all(refusals);
    return draft;
  }
}
