import { Injectable } from '@nestjs/common';
import { FreedNumbers } from '../../identity/accounts/freed-numbers.service.js';
import { Persons } from '../../identity/accounts/persons.service.js';
import { CodeSteps } from '../../identity/codes/code-steps.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import { Endings } from '../../oidc/endings.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { WaysIn } from '../../oidc/ways-in.service.js';
import type { Phone } from '../../shared/phone.js';
import type { NumberRestoreForm } from './number-restore.form.js';

export const PURPOSE = 'phone-new';
/** The code of this page counts for no other of the session. */
export const bindingOf = ({ uid }: SignedIn): string => `phone-restore|${uid}`;

/** The old owner has the number back: a proof of the person, and a code to the number, which shows who has it now. */
@Injectable()
export class NumberRestore {
  constructor(
    private readonly freed: FreedNumbers,
    private readonly persons: Persons,
    private readonly steps: CodeSteps,
    private readonly proofs: Proofs,
    private readonly waysIn: WaysIn,
    private readonly endings: Endings,
  ) {}

  /** The number that may be had back. */
  async number(who: SignedIn): Promise<{ phone: Phone; due: Date } | undefined> {
    return this.freed.of(who.accountId);
  }

  /** Before the page is shown. @throws {ProofDue} @throws {Refusal} proof.closed */
  async require(who: SignedIn): Promise<void> {
    await this.proofs.require(who, 'restore-number');
  }

  /**
   * @returns `sent`, or `restored`
   * @throws {ProofDue} @throws {Refusal} proof.closed, sms.*, sms-code.*, number.restore-over, number.restore-taken
   */
  async submit(
    who: SignedIn,
    phone: Phone,
    { smsCode, deed }: NumberRestoreForm,
    origin: { address: string; device?: string },
  ): Promise<'sent' | 'restored'> {
    await this.require(who);
    const step = {
      purpose: PURPOSE,
      phone,
      binding: bindingOf(who),
      smsCode,
      deed,
      main: 'phone-restore',
      origin,
    } as const;
    if ((await this.steps.take(step)) === 'sent') return 'sent';
    await this.proofs.use(who, 'restore-number');
    const { accountId, uid: spare } = who;
    const oldPhone = (await this.persons.find(accountId))?.phone;
    const change = { accountId, notice: 'phone-changed', oldPhone, newPhone: phone, spare, closes: 'phone' } as const;
    let loser: string | undefined;
    await this.waysIn.change(change, async (tx) => {
      loser = await this.freed.restore(tx, accountId, phone);
      if (loser) await this.endings.promise(tx, loser);
    });
    if (loser) await this.endings.endNow(loser);
    return 'restored';
  }
}
