import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { And, In, LessThan, MoreThan } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { Jobs } from '../../storage/jobs.service.js';
import { Database } from '../../storage/transactions.js';
import type { Reader } from '../../storage/transactions.js';
import { uuidv7At } from '../../storage/uuid.js';
import { Sites } from '../sites/sites.service.js';
import { Batch } from './batch.js';
import type { DeliveryReason } from './delivery-reasons.js';
import { LogoutDeliveryEntity } from './logout-delivery.entity.js';
import type { DeliveryState } from './logout-delivery.entity.js';

/** A delivery as the operator and a site's developers see it. */
export interface KeptDelivery {
  id: string;
  /** Of the first try. */
  at: Date;
  lastAt: Date;
  state: DeliveryState;
  tries: number;
  reason?: DeliveryReason;
  status?: number;
  nextAt?: Date;
  test?: boolean;
}

/** A site that no logout token has reached for an hour at least. */
export interface TroubledSite {
  site: string;
  /** When the first of them failed. */
  since: Date;
  /** How many failed since; counted up to a thousand. */
  failed: number;
  /** Of the last one that was sent. */
  reason: DeliveryReason;
  /** What the site answered then, if it answered. */
  status?: number;
}

const JOB = 'logout-deliveries.tidy';
const HOUR_MS = 3_600_000;
const KEPT_MS = 7 * 24 * HOUR_MS;
const TROUBLED_AFTER_MS = HOUR_MS;
const MOST_COUNTED = 1000;

const COLUMNS = 'id, client_id, state, tries, reason, status, at, last_at, next_at, test';
/** What began stays; the rest is as the later try left it. */
const SAVE = `insert into logout_deliveries (${COLUMNS})
  select ${COLUMNS} from json_populate_recordset(null::logout_deliveries, $1)
  on conflict (id) do update set state = excluded.state, tries = excluded.tries, reason = excluded.reason,
    status = excluded.status, last_at = excluded.last_at, next_at = excluded.next_at`;

const FAILED = `from logout_deliveries where client_id = one.site and state in ('waiting', 'given-up') and not test
  and last_at > told.at`;
/** For each site: since its last success, when the first of its failures began, how many there are, why the last one failed. */
const TROUBLED = `select one.site, greatest(counted.at, told.at) as since, coalesce(latest.reason, 'site-resting') as reason,
    latest.status, counted.failed
  from unnest($1::text[]) as one (site)
  cross join lateral (select coalesce(max(last_at), $2) as at from logout_deliveries
    where client_id = one.site and state = 'told' and not test and last_at > $2) told
  cross join lateral (select min(at) as at, count(*)::int as failed
    from (select at ${FAILED} order by last_at limit ${MOST_COUNTED}) since) counted
  left join lateral (select reason, status from (select reason, status ${FAILED} order by last_at desc limit ${MOST_COUNTED}) since
    where reason <> 'site-resting' limit 1) latest on true
  where counted.failed > 0 and greatest(counted.at, told.at) <= $3 order by since, one.site`;

const shown = ({ clientId: _site, reason, status, nextAt, test, ...rest }: LogoutDeliveryEntity): KeptDelivery => ({
  ...rest,
  ...(reason !== null && { reason }),
  ...(status !== null && { status }),
  ...(nextAt !== null && { nextAt }),
  ...(test && { test }),
});

/** Deliveries of logout tokens, kept for seven days by `Clock`; no account and no `sid` among them. */
@Injectable()
export class LogoutRecords implements OnModuleInit, BeforeApplicationShutdown {
  private readonly noted = new Batch<LogoutDeliveryEntity>(async (rows) => this.save(rows));

  constructor(
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly sites: Sites,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.jobs.recur(JOB, HOUR_MS, async () => this.tidy());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.noted.close();
  }

  /** How a delivery stands that is over and done with: written a little later, with others. */
  note(delivery: LogoutDeliveryEntity): void {
    this.noted.add(delivery);
  }

  /** Writes what this process has noted: whoever reads sees its own. */
  async flush(): Promise<void> {
    await this.noted.flush();
  }

  /**
   * How deliveries stand after a try, in one statement.
   * @param to a transaction, where something else is to be written with it @throws {Unavailable} when the database is away
   */
  async save(deliveries: readonly LogoutDeliveryEntity[], to: Pick<Reader, 'query'> = this.db.manager): Promise<void> {
    const rows = deliveries.map(({ clientId, lastAt, nextAt, ...one }) => ({
      ...one,
      client_id: clientId,
      last_at: lastAt,
      next_at: nextAt,
    }));
    // In one order, so that two processes never wait for each other.
    await to.query(SAVE, [JSON.stringify(rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)))]);
  }

  /**
   * Of one site, newest first, the latest of this process included.
   * @param page.before the `next` of the page before
   */
  async ofSite(
    site: string,
    { before, limit }: { before?: string; limit: number },
  ): Promise<{ deliveries: KeptDelivery[]; next?: string }> {
    await this.flush();
    const since = MoreThan(uuidv7At(this.clock.ms() - KEPT_MS));
    const found = await this.db.manager.find(LogoutDeliveryEntity, {
      where: { clientId: site, id: before === undefined ? since : And(since, LessThan(before)) },
      order: { id: 'desc' },
      take: limit + 1,
    });
    const deliveries = found.slice(0, limit).map((one) => shown(one));
    return { deliveries, ...(found.length > limit && { next: deliveries.at(-1)?.id }) };
  }

  /** One of a site's, if it is kept. */
  async one(site: string, id: string): Promise<KeptDelivery | undefined> {
    const found = await this.db.manager.findOneBy(LogoutDeliveryEntity, { id, clientId: site });
    return found ? shown(found) : undefined;
  }

  /** Sites whose every delivery has failed for at least one hour, the longest first. */
  async troubled(): Promise<TroubledSite[]> {
    await this.flush();
    const now = this.clock.ms();
    const sites = this.sites.all().map(({ id }) => id);
    const since = [new Date(now - KEPT_MS), new Date(now - TROUBLED_AFTER_MS)];
    const found = await this.db.query<TroubledSite & { status: number | null }>(TROUBLED, [sites, ...since]);
    return found.map(({ status, ...one }) => ({ ...one, ...(status !== null && { status }) }));
  }

  /** How these stand now, by id, the latest of this process included. */
  async states(ids: readonly string[]): Promise<Map<string, DeliveryState>> {
    if (ids.length === 0) return new Map();
    await this.noted.flush();
    const found = await this.db.manager.find(LogoutDeliveryEntity, {
      select: { id: true, state: true },
      where: { id: In([...ids]) },
    });
    return new Map(found.map(({ id, state }) => [id, state]));
  }

  private async tidy(): Promise<void> {
    await this.db.query('delete from logout_deliveries where id <= $1', [uuidv7At(this.clock.ms() - KEPT_MS)]);
  }
}
