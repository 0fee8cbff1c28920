import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { chinaDay } from '../../shared/china-time.js';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import { ShortLived, storeKey } from '../../storage/short-lived.js';
import { Limits } from './limits.service.js';

/** Who tries: the blind index of what was typed (an account or not), and the browser if that account knows it. */
export interface Attempt {
  target: string;
  address: string;
  /** The account knows this browser: it has a counter of its own, so that a stranger's tries do not lock it out. */
  knownDevice?: string;
}

const DAY_SECONDS = 86_400;

/** Wrong passwords: after some a captcha, then growing waits; per account and address, not per session (DESIGN 6). */
@Injectable()
export class LoginAttempts {
  private readonly table: Jurisdiction['limits']['login'];

  constructor(
    private readonly limits: Limits,
    private readonly store: ShortLived,
    private readonly clock: Clock,
    private readonly env: Env,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits.login;
  }

  /** Whether the next try needs a captcha. It does with `LIMITS=off` too. */
  async captchaDue(attempt: Attempt): Promise<boolean> {
    return (await this.wrong(attempt)) >= this.table.captchaAfter;
  }

  /** Before the password is looked at. @throws {Refusal} login.wait with the time left */
  async check(attempt: Attempt): Promise<void> {
    await this.limits.count('login.service', 'service', '', this.table.serviceHour, 'hour', 'login.wait');
    await this.refuseWaiting(attempt);
  }

  /** Once more when the turn of the hash has come: tries made at once meet the wait that the first ones brought on. */
  async refuseWaiting(attempt: Attempt): Promise<void> {
    if (!this.env.limits) return;
    const until = Number((await this.store.get(this.key('until', attempt))) ?? 0);
    const seconds = Math.ceil((until - this.clock.ms()) / 1000);
    if (seconds > 0) {
      throw new Refusal('login.wait', { retryAfter: seconds, values: { minutes: Math.ceil(seconds / 60) } });
    }
    const fromHere = await this.limits.seen('login.wrong', 'address', attempt.address, 'hour');
    if (fromHere >= this.table.wrongPerAddressHour) {
      await this.limits.count(
        'login.wrong',
        'address',
        attempt.address,
        this.table.wrongPerAddressHour,
        'hour',
        'login.wait',
      );
    }
  }

  /** After a wrong password. */
  async failed(attempt: Attempt): Promise<void> {
    const wrong = await this.store.increment(this.wrongKey(attempt), DAY_SECONDS);
    await this.limits.count('login.wrong', 'address', attempt.address, Number.MAX_SAFE_INTEGER, 'hour');
    const over = wrong - this.table.captchaAfter;
    if (over <= 0) return;
    const minutes = this.table.waitMinutes[Math.min(over, this.table.waitMinutes.length) - 1] as number;
    await this.store.set(this.key('until', attempt), String(this.clock.ms() + minutes * 60_000), DAY_SECONDS);
  }

  /** After a right one. */
  async succeeded(attempt: Attempt): Promise<void> {
    await Promise.all([this.store.delete(this.wrongKey(attempt)), this.store.delete(this.key('until', attempt))]);
  }

  private async wrong(attempt: Attempt): Promise<number> {
    return Number((await this.store.get(this.wrongKey(attempt))) ?? 0);
  }

  /** Counted by the China day, by the clock. */
  private wrongKey(attempt: Attempt): string {
    return `${this.key('wrong', attempt)}-${chinaDay(this.clock.now())}`;
  }

  private key(what: string, { target, knownDevice }: Attempt): string {
    return storeKey(`login-${what}`, knownDevice === undefined ? target : `${target}-${knownDevice}`);
  }
}
