import { Injectable } from '@nestjs/common';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { EntityRequests } from '../../identity/entity-requests/entity-requests.service.js';
import { LoginAttempts } from '../../identity/limits/login-attempts.service.js';
import type { CreditCode } from '../../shared/credit-code.js';
import { Refusal } from '../../shared/refusal.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { registrationOf } from './kept-registration.js';

/** A registration that waits, found again in another journey by the code and the password chosen then. */
@Injectable()
export class EntityFinding {
  constructor(
    private readonly requests: EntityRequests,
    private readonly passwords: Passwords,
    private readonly attempts: LoginAttempts,
    private readonly blind: BlindIndex,
  ) {}

  /** @returns the request @throws {Refusal} entity-request.not-found, login.wait @throws {Unavailable} */
  async find(creditCode: CreditCode, typed: string, address: string): Promise<string> {
    const attempt = { target: `request-${this.blind.text('credit-code', creditCode.reveal())}`, address };
    await this.attempts.check(attempt);
    const request = await this.requests.newest('registration', creditCode);
    const hash = request && registrationOf(request.draft).passwordHash.reveal();
    const right = await this.passwords.matches(hash, typed, async () => this.attempts.refuseWaiting(attempt));
    if (request && right) {
      await this.attempts.succeeded(attempt);
      return request.id;
    }
    await this.attempts.failed(attempt);
    throw new Refusal('entity-request.not-found');
  }
}
