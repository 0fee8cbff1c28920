import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { PendingChanges } from '../../identity/accounts/pending-changes.service.js';
import { recognise } from './identifier.js';
import type { Identifier } from './identifier.js';

/** Asked about when there is no account, so that the database is asked as often. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Whom an identifier names: by what the province says. Whose number a new owner has freed is also found by
 * the ID number, everywhere, while it may be had back: there may be no other way in (docs/decisions/0008).
 */
@Injectable()
export class NamedAccounts {
  constructor(
    private readonly accounts: Accounts,
    private readonly pending: PendingChanges,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** What was typed, in its one form. */
  recognise(typed: string): Identifier | undefined {
    return recognise(typed, [...this.jurisdiction.login.identifiers, 'resident-id']);
  }

  async find(typed: string): Promise<string | undefined> {
    const identifier = this.recognise(typed);
    if (!identifier) return undefined;
    const { kind, value } = identifier;
    const accountId = await this.accounts.find(kind, value);
    if (this.jurisdiction.login.identifiers.some((one) => one === kind)) return accountId;
    return (await this.pending.isWaiting(accountId ?? NOBODY, 'number-freed')) ? accountId : undefined;
  }
}
