import { Injectable } from '@nestjs/common';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { Persons } from '../../identity/accounts/persons.service.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { onlySms, satisfies } from '../../oidc/levels.js';

/** Whom the verification page acts on, and what it asks. */
export interface VerificationView {
  maskedPhone: string;
  userName?: string;
  /** The account holds the level already, and its password is enough for this session. */
  byPassword: boolean;
}

/** What the verification page shows of the journey's account. */
@Injectable()
export class VerificationViews {
  constructor(
    private readonly persons: Persons,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
  ) {}

  async of(i: CurrentInteraction): Promise<VerificationView> {
    const { maskedPhone = '', userName } = (await this.persons.profile(i.accountId as string)) ?? {};
    return { maskedPhone, userName, byPassword: await this.isByPassword(i) };
  }

  /** Whether it is only the session that lacks the level: an SMS code alone opened it (DESIGN 4). */
  async isByPassword({ accountId, amr, wantedLevel }: CurrentInteraction): Promise<boolean> {
    if (!accountId || wantedLevel === undefined || !onlySms(amr)) return false;
    const standing = await this.accounts.standing(accountId);
    return standing !== undefined && satisfies(standing.level, wantedLevel) && (await this.passwords.has(accountId));
  }
}
