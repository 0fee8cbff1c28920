import { Injectable } from '@nestjs/common';
import { Entities } from '../../identity/accounts/entities.service.js';
import { Profiles } from '../../identity/accounts/profiles.service.js';
import type { Profile } from '../../identity/accounts/standing.js';
import { Password } from '../../identity/credentials/password.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { WaysIn } from '../../oidc/ways-in.service.js';
import type { Amr } from '../../shared/account.js';
import type { SecretText } from '../../shared/secret-text.js';

/** Setting an entity's new password: everything that was open ends, and the entity is told. */
@Injectable()
export class EntityReset {
  constructor(
    private readonly entities: Entities,
    private readonly profiles: Profiles,
    private readonly passwords: Passwords,
    private readonly waysIn: WaysIn,
  ) {}

  /** What the last page shows: who speaks for the entity has been proved by then. */
  async profile(accountId: string): Promise<Profile | undefined> {
    return this.profiles.of(accountId);
  }

  /** @throws {Refusal} password.* at its field @throws {Unavailable} too many hashes */
  async hash(accountId: string, typed: string): Promise<SecretText> {
    const entity = await this.entities.find(accountId);
    return this.passwords.hash(Password.parse(typed, entity?.phone));
  }

  /** @param by what proved it: SMS closes the account's other guarded acts for a day (DESIGN 6) */
  async set(accountId: string, hash: SecretText, by: Amr): Promise<void> {
    const change = { accountId, notice: 'password-set', closes: by === 'sms' ? 'password' : undefined } as const;
    await this.waysIn.change(change, async (tx) => this.passwords.set(tx, accountId, hash));
  }
}
