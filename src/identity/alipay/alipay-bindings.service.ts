import { Injectable } from '@nestjs/common';
import type { AlipayUser } from '../../gateways/alipay/alipay-user.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { Accounts } from '../accounts/accounts.service.js';
import { Identifiers } from '../accounts/identifiers.service.js';
import { Activity } from '../activity/activity.service.js';

const KIND = 'alipay';

/** Which Alipay user opens which account: one each. */
@Injectable()
export class AlipayBindings {
  constructor(
    private readonly db: Database,
    private readonly identifiers: Identifiers,
    private readonly accounts: Accounts,
    private readonly activity: Activity,
  ) {}

  /**
   * Of any number of requests at once, one wins.
   * @returns whether it is new: bound to this account already is as well
   * @throws {Refusal} alipay.account-has-another, alipay.bound-elsewhere, account.ended
   */
  async bind(tx: Tx, accountId: string, user: AlipayUser): Promise<boolean> {
    await this.accounts.hold(tx, accountId);
    const index = this.identifiers.indexOf(KIND, user);
    const held = await this.identifiers.held(tx, accountId, KIND);
    if (held.some(({ blindIndex }) => blindIndex.equals(index))) return false;
    if (held.length > 0) throw new Refusal('alipay.account-has-another');
    if (!(await this.identifiers.take(tx, accountId, KIND, user))) throw new Refusal('alipay.bound-elsewhere');
    await this.activity.record(tx, { account: accountId, kind: 'alipay-bound' });
    return true;
  }

  async find(user: AlipayUser): Promise<string | undefined> {
    return this.identifiers.find(KIND, user);
  }

  /** Since when the account has one; `undefined` without. */
  async since(accountId: string): Promise<Date | undefined> {
    const [held] = await this.identifiers.held(this.db.manager, accountId, KIND);
    return held?.createdAt;
  }

  /** The caller holds the account. @returns whether there was one: of any number at once, one unbinds it */
  async unbind(tx: Tx, accountId: string): Promise<boolean> {
    if ((await this.identifiers.held(tx, accountId, KIND)).length === 0) return false;
    await this.identifiers.free(tx, accountId, KIND);
    await this.activity.record(tx, { account: accountId, kind: 'alipay-unbound' });
    return true;
  }
}
