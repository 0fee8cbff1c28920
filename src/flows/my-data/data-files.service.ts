import { Injectable } from '@nestjs/common';
import { HeldDataOfAccounts } from '../../identity/accounts/held-data.service.js';
import { Activity } from '../../identity/activity/activity.service.js';
import { WaitingHeld } from '../../identity/closing/waiting-held.service.js';
import { WaysInHeld } from '../../identity/closing/ways-in-held.service.js';
import { Permissions } from '../../identity/permissions/permissions.service.js';
import { OidcHeld } from '../../oidc/oidc-held.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Held } from './data-file.js';

/** Gathers what is held of an account from those who hold it. */
@Injectable()
export class DataFiles {
  constructor(
    private readonly accounts: HeldDataOfAccounts,
    private readonly waysIn: WaysInHeld,
    private readonly waiting: WaitingHeld,
    private readonly permissions: Permissions,
    private readonly activity: Activity,
    private readonly signedIn: OidcHeld,
  ) {}

  /** @throws {Refusal} account.ended */
  async gather({ accountId, uid }: SignedIn): Promise<Omit<Held, 'at' | 'issuer' | 'siteName'>> {
    const [account, waysIn, requests, permissions, trail, signedIn] = await Promise.all([
      this.accounts.of(accountId),
      this.waysIn.of(accountId),
      this.waiting.requestsOf(accountId),
      this.permissions.all(accountId),
      this.activity.all(accountId),
      this.signedIn.of(accountId),
    ]);
    return { accountId, uid, account, ...waysIn, requests, permissions, trail, ...signedIn };
  }
}
