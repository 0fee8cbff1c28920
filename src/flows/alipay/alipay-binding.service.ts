import { Injectable } from '@nestjs/common';
import type { AlipayPerson } from '../../gateways/alipay/alipay.gateway.js';
import { AlipayBindings } from '../../identity/alipay/alipay-bindings.service.js';
import { AlipayRealName } from '../../identity/alipay/alipay-real-name.service.js';
import { Notices } from '../../identity/notices/notices.service.js';
import { Database } from '../../storage/transactions.js';

/** Binding somebody whom Alipay has logged in to an account: never silently, and the account is told. */
@Injectable()
export class AlipayBinding {
  constructor(
    private readonly bindings: AlipayBindings,
    private readonly realName: AlipayRealName,
    private readonly notices: Notices,
    private readonly db: Database,
  ) {}

  /**
   * Binds, and verifies or raises where Alipay vouches for the person.
   * @returns whether the account is at level 2 now
   * @throws {Refusal} alipay.account-has-another, .bound-elsewhere, .person-differs; verification.id-taken,
   * .under-fourteen; account.ended
   */
  async bind(accountId: string, person: AlipayPerson): Promise<boolean> {
    this.realName.refuseChild(person);
    return this.db.transaction(async (tx) => {
      const fresh = await this.bindings.bind(tx, accountId, person.user);
      const raised = await this.realName.raise(tx, accountId, person);
      if (fresh) await this.notices.tell(tx, { account: accountId, purpose: 'alipay-bound' });
      return raised;
    });
  }
}
