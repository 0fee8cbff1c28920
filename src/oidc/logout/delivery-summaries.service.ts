import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../storage/transactions.js';
import type { DeliveryReason, Failed } from './delivery-reasons.js';
import { LogoutRecords } from './logout-records.service.js';

/** How a site's deliveries of the last seven days stand, tests aside. */
export interface DeliverySummary {
  told: number;
  /** Those that wait for the next try, and those given up. */
  untold: number;
  firstUntold?: Date;
  lastTold?: Date;
  /** Why those were not told. */
  reasons: readonly (Failed & { count: number })[];
}

interface Untold {
  reason: DeliveryReason | null;
  status: number | null;
  count: number;
  first: Date;
}

const KEPT_MS = 7 * 24 * 3_600_000;
/** Read from an index alone: a busy site has a hundred thousand of them. */
const TOLD = `select count(*)::int as count, max(last_at) as last from logout_deliveries
  where client_id = $1 and state = 'told' and not test and last_at > $2`;
const UNTOLD = `select reason, status, count(*)::int as count, min(at) as first from logout_deliveries
  where client_id = $1 and state in ('waiting', 'given-up') and not test and last_at > $2
  group by reason, status order by max(last_at) desc`;

/** The week of one site in figures. */
@Injectable()
export class DeliverySummaries {
  constructor(
    private readonly records: LogoutRecords,
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async of(site: string): Promise<DeliverySummary> {
    await this.records.flush();
    const which = [site, new Date(this.clock.ms() - KEPT_MS)];
    const [told] = await this.db.query<{ count: number; last: Date | null }>(TOLD, which);
    const untold = await this.db.query<Untold>(UNTOLD, which);
    const first = untold.map((one) => one.first.getTime());
    return {
      told: told?.count ?? 0,
      untold: untold.reduce((sum, { count }) => sum + count, 0),
      ...(first.length > 0 && { firstUntold: new Date(Math.min(...first)) }),
      ...(told?.last && { lastTold: told.last }),
      reasons: untold.map(({ reason, status, count }) => ({
        reason: reason ?? 'failed',
        count,
        ...(status !== null && { status }),
      })),
    };
  }
}
