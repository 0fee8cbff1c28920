import { Injectable } from '@nestjs/common';
import { Accounts } from '../identity/accounts/accounts.service.js';
import type { AccountKind } from '../shared/account.js';

const MOST = 50_000;

/** Which kind an account is. It never changes, so it is kept, and the token endpoint needs no query for it. */
@Injectable()
export class KnownKinds {
  private readonly kinds = new Map<string, AccountKind>();

  constructor(private readonly accounts: Accounts) {}

  learn(accountId: string, kind: AccountKind): void {
    if (this.kinds.has(accountId)) return;
    if (this.kinds.size >= MOST) this.kinds.delete(this.kinds.keys().next().value as string);
    this.kinds.set(accountId, kind);
  }

  /** @returns `undefined` for an account that does not exist. */
  async of(accountId: string): Promise<AccountKind | undefined> {
    const known = this.kinds.get(accountId);
    if (known) return known;
    const standing = await this.accounts.standing(accountId);
    if (standing) this.learn(accountId, standing.kind);
    return standing?.kind;
  }
}
