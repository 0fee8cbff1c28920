import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { HealthCheckResult } from '@nestjs/terminus';
import { ShortLived } from '../storage/short-lived.js';
import { Database } from '../storage/transactions.js';

const TIMEOUT_MS = 2000;

/** What the service depends on, each by name. */
@Injectable()
export class Readiness {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly db: Database,
    private readonly store: ShortLived,
  ) {}

  /** @returns a report whose `status` is `ok` when every dependency is there, and each one's own under `details` */
  async report(): Promise<HealthCheckResult> {
    try {
      return await this.health.check([() => this.postgresql(), () => this.redis()]);
    } catch (error) {
      if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
      throw error;
    }
  }

  private postgresql() {
    const ask = async () => void (await this.db.query('select 1'));
    return this.indicator.check('postgresql').attempt(ask).withTimeout(TIMEOUT_MS);
  }

  /** A store that evicts could forget that a code was used: that is as bad as none. */
  private redis() {
    const ask = async () => {
      const fault = await this.store.ping();
      if (fault !== undefined) throw new Error(fault);
    };
    return this.indicator.check('redis').attempt(ask).withTimeout(TIMEOUT_MS);
  }
}
