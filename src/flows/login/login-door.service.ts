import { Injectable } from '@nestjs/common';
import { KnownDevices } from '../../identity/limits/known-devices.service.js';
import { LoginAttempts } from '../../identity/limits/login-attempts.service.js';
import type { Attempt } from '../../identity/limits/login-attempts.service.js';
import { BlindIndex } from '../../storage/blind-index.js';

/** Who stands at the door: the identifier as typed, the address, and the browser if the account knows it. */
@Injectable()
export class LoginDoor {
  constructor(
    private readonly attempts: LoginAttempts,
    private readonly devices: KnownDevices,
    private readonly blind: BlindIndex,
  ) {}

  /** @param accountId the account that is tried, if there is one: no difference to whoever tries */
  attempt(login: { identifier: string; address: string; deviceCookie?: string }, accountId?: string): Attempt {
    const typed = login.identifier.normalize('NFKC').replace(/\s/g, '').toUpperCase();
    return {
      target: this.blind.text('device', `login|${accountId ?? typed}`),
      address: login.address,
      knownDevice: accountId === undefined ? undefined : this.devices.deviceOf(login.deviceCookie, accountId),
    };
  }

  async check(attempt: Attempt): Promise<void> {
    await this.attempts.check(attempt);
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
}
