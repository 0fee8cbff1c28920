import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../storage/transactions.js';
import { Activity } from '../activity/activity.service.js';

const DAY_MS = 86_400_000;

/** Accounts that somebody stands behind and nobody has used for long: their number may be another person's by now. */
@Injectable()
export class IdleAccounts {
  constructor(
    private readonly db: Database,
    private readonly activity: Activity,
    private readonly clock: Clock,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** Whether the account is active, verified, and unused for `numberReuseDays`. */
  async isIdle(accountId: string): Promise<boolean> {
    const verified = `select 1 from accounts where id = $1 and level > 0 and state = 'active'`;
    if ((await this.db.query(verified, [accountId])).length === 0) return false;
    const since = this.clock.ms() - this.jurisdiction.lifetimes.numberReuseDays * DAY_MS;
    return !(await this.activity.usedSince(accountId, new Date(since)));
  }
}
