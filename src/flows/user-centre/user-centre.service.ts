import { Injectable } from '@nestjs/common';
import { PendingChanges } from '../../identity/accounts/pending-changes.service.js';
import type { Profile } from '../../identity/accounts/standing.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { RequestAnswers } from '../../identity/entity-requests/request-answers.service.js';
import type { AccountNow } from './attention.js';

/** What the first page of the user centre shows of its account. */
@Injectable()
export class UserCentre {
  constructor(
    private readonly passwords: Passwords,
    private readonly pending: PendingChanges,
    private readonly answers: RequestAnswers,
  ) {}

  async now(profile: Profile): Promise<AccountNow> {
    const [hasPassword, pending, confirmations] = await Promise.all([
      this.passwords.has(profile.accountId),
      this.pending.of(profile.accountId),
      this.answers.count(profile.accountId),
    ]);
    return { profile, hasPassword, pending, confirmations };
  }
}
