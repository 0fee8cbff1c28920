import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../storage/transactions.js';
import { uuidv7At } from '../../storage/uuid.js';
import type { DeliveryReason, Failed } from './delivery-reasons.js';
import { LogoutRecords } from './logout-records.service.js';
import type { DeliveryState } from './logout-delivery.entity.js';

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

interface Row {
  state: DeliveryState;
  reason: DeliveryReason | null;
  status: number | null;
  count: number;
  first: Date;
  last: Date;
}

const KEPT_MS = 7 * 24 * 3_600_000;
const COUNTED = `select state, reason, status, count(*)::int as count, min(at) as first, max(last_at) as last
  from logout_deliveries where client_id = $1 and id > $2 and not test and state <> 'dropped'
  group by state, reason, status order by max(last_at) desc`;

const total = (rows: readonly Row[]): number => rows.reduce((sum, { count }) => sum + count, 0);
const times = (rows: readonly Row[], which: 'first' | 'last'): number[] => rows.map((row) => row[which].getTime());

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
    const rows = await this.db.query<Row>(COUNTED, [site, uuidv7At(this.clock.ms() - KEPT_MS)]);
    const told = rows.filter(({ state }) => state === 'told');
    const untold = rows.filter(({ state }) => state !== 'told');
    return {
      told: total(told),
      untold: total(untold),
      ...(untold.length > 0 && { firstUntold: new Date(Math.min(...times(untold, 'first'))) }),
      ...(told.length > 0 && { lastTold: new Date(Math.max(...times(told, 'last'))) }),
      reasons: untold.map(({ reason, status, count }) => ({
        reason: reason ?? 'failed',
        count,
        ...(status !== null && { status }),
      })),
    };
  }
}
