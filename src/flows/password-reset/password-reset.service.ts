import { Injectable } from '@nestjs/common';
import { Password } from '../../identity/credentials/password.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { WaysIn } from '../../oidc/ways-in.service.js';
import type { Phone } from '../../shared/phone.js';
import type { SecretText } from '../../shared/secret-text.js';

/** Setting the new password: everything that was open ends, and the account is told. */
@Injectable()
export class PasswordReset {
  constructor(
    private readonly passwords: Passwords,
    private readonly waysIn: WaysIn,
  ) {}

  /** @throws {Refusal} password.* at its field @throws {Unavailable} too many hashes */
  async hash(typed: string, phone: Phone): Promise<SecretText> {
    return this.passwords.hash(Password.parse(typed, phone));
  }

  async set(accountId: string, hash: SecretText): Promise<void> {
    const change = { accountId, notice: 'password-set', closes: 'password' } as const;
    await this.waysIn.change(change, async (tx) => this.passwords.set(tx, accountId, hash));
  }
}
