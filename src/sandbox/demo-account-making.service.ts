import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { Persons } from '../identity/accounts/persons.service.js';
import { Password } from '../identity/credentials/password.js';
import { Passwords } from '../identity/credentials/passwords.service.js';
import { Phone } from '../shared/phone.js';
import { Refusal } from '../shared/refusal.js';
import { Database } from '../storage/transactions.js';
import { DemoAccounts } from './demo-accounts.service.js';
import type { DemoAccount } from './demo-accounts.service.js';
import { DemoRoles } from './demo-roles.service.js';

/** Accounts ready to log in with, made at the first start of a demonstration; their passwords are printed. */
@Injectable()
export class DemoAccountMaking implements OnApplicationBootstrap {
  constructor(
    private readonly demo: DemoAccounts,
    private readonly accounts: Accounts,
    private readonly persons: Persons,
    private readonly passwords: Passwords,
    private readonly roles: DemoRoles,
    private readonly db: Database,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const account of this.demo.list()) {
      await this.make(account);
      await this.roles.give(account);
    }
  }

  private async make(account: DemoAccount): Promise<void> {
    const phone = Phone.parse(account.phone);
    if (await this.accounts.find('phone', phone)) return;
    const hash = await this.passwords.hash(Password.parse(account.password, phone));
    const holder = this.demo.holder(account);
    try {
      await this.db.transaction(async (tx) => {
        const id = await this.accounts.createPerson(tx, { phone });
        await this.passwords.set(tx, id, hash);
        if (holder) await this.persons.confirm(tx, id, holder);
        if (account.state === 'disabled') await this.accounts.disable(tx, id);
      });
    } catch (refusal) {
      // Another process made it in the same moment.
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }
}
