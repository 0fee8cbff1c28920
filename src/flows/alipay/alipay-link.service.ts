import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { Persons } from '../../identity/accounts/persons.service.js';
import { CodeSteps } from '../../identity/codes/code-steps.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { ProofChecks } from '../../identity/proofs/proof-checks.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Amr } from '../../shared/account.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import type { AlipayLinkForm } from './alipay-link.form.js';

const PURPOSE = 'alipay-link';
const MAIN = 'alipay-link-submit';
/** A journey's code for this counts for nothing else, and for this account alone. */
export const linkBinding = (i: CurrentInteraction, accountId: string): string => `${PURPOSE}|${i.cid}|${accountId}`;

/**
 * Proving that the account of the vouched ID number is one's own. Alipay has just proved the person, so that a code to the
 * account's number is enough here.
 */
@Injectable()
export class AlipayLink {
  constructor(
    private readonly accounts: Accounts,
    private readonly persons: Persons,
    private readonly checks: ProofChecks,
    private readonly steps: CodeSteps,
    private readonly proved: ProvedNumbers,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** The number a code can go to. @throws {Refusal} login.disabled */
  async phoneOf(accountId: string): Promise<Phone | undefined> {
    const standing = await this.accounts.standing(accountId);
    if (standing?.state !== 'active') {
      throw new Refusal('login.disabled', { status: 403, values: { hotline: this.jurisdiction.hotline.number } });
    }
    return (await this.persons.find(accountId))?.phone;
  }

  /**
   * @returns by what it was proved; nothing when a code is on its way
   * @throws {Refusal} login.wait, proof.password-wrong, sms.*, sms-code.*, alipay.password-or-code
   */
  async prove(
    i: CurrentInteraction,
    accountId: string,
    form: AlipayLinkForm,
    origin: { address: string; device?: string },
  ): Promise<Amr | undefined> {
    const { password = '', smsCode = '', deed } = form;
    if (deed !== 'sms-send' && password !== '') {
      await this.checks.password(accountId, password, origin.address);
      return 'pwd';
    }
    const phone = await this.phoneOf(accountId);
    const empty = deed === MAIN && smsCode.trim() === '';
    if (!phone || (empty && !(await this.proved.is(linkBinding(i, accountId), phone)))) {
      throw new Refusal('alipay.password-or-code', { field: 'password' });
    }
    const binding = linkBinding(i, accountId);
    const step = { purpose: PURPOSE, phone, binding, main: MAIN, smsCode, deed, origin } as const;
    return (await this.steps.take(step)) === 'proved' ? 'sms' : undefined;
  }
}
