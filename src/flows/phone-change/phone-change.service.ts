import { Injectable } from '@nestjs/common';
import { Persons } from '../../identity/accounts/persons.service.js';
import { CodeSteps } from '../../identity/codes/code-steps.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { WaysIn } from '../../oidc/ways-in.service.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import type { NewPhoneForm, OldPhoneForm } from './phone-change.form.js';

/** Whose limits a message counts under. */
export interface Origin {
  address: string;
  device?: string;
}

type Purpose = 'phone-old' | 'phone-new';

/** The button that judges the code. */
const MAIN: Record<Purpose, string> = { 'phone-old': 'phone-next', 'phone-new': 'phone-submit' };

/** A session's codes stand under its own name, apart for the two numbers. */
export const bindingOf = (who: SignedIn, purpose: Purpose): string => `${purpose}|${who.uid}`;

/** Changing the number: a proof, a code to the old number, a code to the new one (R-8.1, DESIGN 6). */
@Injectable()
export class PhoneChange {
  constructor(
    private readonly persons: Persons,
    private readonly proved: ProvedNumbers,
    private readonly steps: CodeSteps,
    private readonly proofs: Proofs,
    private readonly waysIn: WaysIn,
  ) {}

  /** Before a page is shown. @throws {ProofDue} @throws {Refusal} proof.closed */
  async require(who: SignedIn): Promise<void> {
    await this.proofs.require(who, 'phone');
  }

  async present(who: SignedIn): Promise<Phone | undefined> {
    return (await this.persons.find(who.accountId))?.phone;
  }

  /** Whether the present number is proved, or there is none. */
  async isOldProved(who: SignedIn, present: Phone | undefined): Promise<boolean> {
    return !present || (await this.proved.is(bindingOf(who, 'phone-old'), present));
  }

  /** @returns `sent`, or `proved` when the code was right @throws {Refusal} sms.*, sms-code.* */
  async old(who: SignedIn, present: Phone, form: OldPhoneForm, origin: Origin): Promise<'sent' | 'proved'> {
    await this.require(who);
    return this.step(who, 'phone-old', present, form, origin);
  }

  /** @returns `sent`, or `changed` @throws {Refusal} phone.same, phone.taken-elsewhere, sms.*, sms-code.* */
  async next(who: SignedIn, present: Phone | undefined, form: NewPhoneForm, origin: Origin) {
    await this.require(who);
    if (present?.reveal() === form.phone.reveal()) throw new Refusal('phone.same', { field: 'phone' });
    const step = await this.step(who, 'phone-new', form.phone, form, origin);
    if (step === 'sent') return 'sent' as const;
    await this.proofs.use(who, 'phone');
    const { accountId, uid: spare } = who;
    await this.waysIn.change(
      { accountId, notice: 'phone-changed', oldPhone: present, newPhone: form.phone, spare, closes: 'phone' },
      async (tx) => this.persons.changePhone(tx, accountId, form.phone),
    );
    if (present) await this.proved.take(bindingOf(who, 'phone-old'), present);
    return 'changed' as const;
  }

  private async step(
    who: SignedIn,
    purpose: Purpose,
    phone: Phone,
    { smsCode, deed }: OldPhoneForm,
    origin: Origin,
  ): Promise<'sent' | 'proved'> {
    return this.steps.take({
      purpose,
      phone,
      binding: bindingOf(who, purpose),
      smsCode,
      deed,
      main: MAIN[purpose],
      origin,
    });
  }
}
