import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { PendingChanges } from '../../identity/accounts/pending-changes.service.js';
import type { AccountKind, IdentifierKind } from '../../shared/account.js';
import { recognise } from './identifier.js';
import type { Identifier } from './identifier.js';

/** Asked about when there is no account, so that the database is asked as often. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Whom an identifier names: by what the province says, a legal entity by its credit code too. Whose number a new owner has freed is also found by
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
  recognise(typed: string, of: AccountKind): Identifier | undefined {
    return recognise(typed, of === 'entity' ? this.known(of) : [...this.known(of), 'resident-id']);
  }

  /** A user name finds accounts of both kinds: whether it is one of this kind is the password's question. */
  async find(typed: string, of: AccountKind): Promise<string | undefined> {
    const identifier = this.recognise(typed, of);
    if (!identifier) return undefined;
    const { kind, value } = identifier;
    const accountId = await this.accounts.find(kind, value);
    if (this.known(of).includes(kind)) return accountId;
    return (await this.pending.isWaiting(accountId ?? NOBODY, 'number-freed')) ? accountId : undefined;
  }

  private known(of: AccountKind): IdentifierKind[] {
    const { identifiers } = this.jurisdiction.login;
    if (of === 'person') return [...identifiers];
    return identifiers.includes('user-name') ? ['credit-code', 'user-name'] : ['credit-code'];
  }
}
