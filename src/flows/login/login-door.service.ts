import { Injectable } from '@nestjs/common';
import { KnownDevices } from '../../identity/limits/known-devices.service.js';
import { LoginAttempts } from '../../identity/limits/login-attempts.service.js';
import type { Attempt } from '../../identity/limits/login-attempts.service.js';
import type { AccountKind } from '../../shared/account.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { NamedAccounts } from './named-accounts.service.js';

/** Who stands at the door: the identifier as typed, the address, and the browser if the account knows it. */
@Injectable()
export class LoginDoor {
  constructor(
    private readonly attempts: LoginAttempts,
    private readonly devices: KnownDevices,
    private readonly blind: BlindIndex,
    private readonly accounts: NamedAccounts,
  ) {}

  /** @param accountId the account that is tried, if there is one: no difference to whoever tries */
  attempt(
    login: { identifier: string; kind: AccountKind; address: string; deviceCookie?: string },
    accountId?: string,
  ): Attempt {
    return {
      target: this.target(login.identifier, login.kind),
      address: login.address,
      knownDevice: accountId === undefined ? undefined : this.devices.deviceOf(login.deviceCookie, accountId),
    };
  }

  async check(attempt: Attempt): Promise<void> {
    await this.attempts.check(attempt);
  }

  /** As `check`, without counting: when the turn of the hash has come. */
  async refuseWaiting(attempt: Attempt): Promise<void> {
    await this.attempts.refuseWaiting(attempt);
  }

  async captchaDue(attempt: Attempt): Promise<boolean> {
    return this.attempts.captchaDue(attempt);
  }

  async failed(attempt: Attempt): Promise<void> {
    await this.attempts.failed(attempt);
  }

  async succeeded(attempt: Attempt): Promise<void> {
    await this.attempts.succeeded(attempt);
  }

  /**
   * By what was typed, in its one form, whether or not an account has it. Counted by account, a picture after tries of a
   * number would tell that an account has it, and one after tries of an ID number whose number it is.
   */
  private target(typed: string, kind: AccountKind): string {
    const identifier = this.accounts.recognise(typed, kind);
    if (identifier) return this.blind.text(identifier.kind, identifier.value.reveal());
    return this.blind.text('device', `login|${typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()}`);
  }
}
