import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { Jobs } from '../../storage/jobs.service.js';
import { Database } from '../../storage/transactions.js';
import type { Endpoint } from './endpoints.js';
import { SiteFailureEntity } from './site-failure.entity.js';

export type FailureRecord = SiteFailureEntity;

export interface FailureFilter {
  endpoint?: Endpoint;
  /** The OAuth name. */
  error?: string;
  errorId?: string;
}

const JOB = 'site-failures.tidy';
const HOUR_MS = 3_600_000;
const KEPT_MS = 7 * 24 * HOUR_MS;
const MOST_SHOWN = 200;

const COLUMNS = `key, error_id, client_id, endpoint, error, cause, parameter, expected, received, received_length,
  various, count, first_at, last_at`;
/** What equal failures may differ in. */
const LATEST = ['parameter', 'expected', 'received', 'received_length'].map(
  (column) => `${column} = case when excluded.last_at >= site_failures.last_at then excluded.${column}
    else site_failures.${column} end`,
);
/** Replicas add up; the latest values stay, whoever writes last. */
const ADD = `insert into site_failures (${COLUMNS})
  select ${COLUMNS} from json_populate_recordset(null::site_failures, $1)
  on conflict (key) do update set count = site_failures.count + excluded.count,
    first_at = least(site_failures.first_at, excluded.first_at),
    last_at = greatest(site_failures.last_at, excluded.last_at), ${LATEST.join(', ')}`;

/** Failed protocol requests of sites, kept for seven days by `Clock`. */
@Injectable()
export class FailureRecords implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.jobs.recur(JOB, HOUR_MS, async () => this.tidy());
  }

  /** Adds to what is there, in one statement. @throws {Unavailable} when the database is away */
  async add(records: readonly FailureRecord[]): Promise<void> {
    const rows = records.map((one) => ({
      ...one,
      error_id: one.errorId,
      client_id: one.clientId,
      received_length: one.receivedLength,
      first_at: one.firstAt,
      last_at: one.lastAt,
    }));
    // In one order, so that two processes never wait for each other.
    await this.db.query(ADD, [JSON.stringify(rows.toSorted((a, b) => (a.key < b.key ? -1 : 1)))]);
  }

  /** Of one site, newest first; the empty one's named no registered site. */
  async of(clientId: string, { endpoint, error, errorId }: FailureFilter = {}): Promise<FailureRecord[]> {
    const named = { clientId, ...(endpoint && { endpoint }), ...(error && { error }), ...(errorId && { errorId }) };
    return this.found(named);
  }

  /** Of every site: usually one, as the id is 32 bits of a hash. */
  async byId(errorId: string): Promise<FailureRecord[]> {
    return this.found({ errorId });
  }

  private async found(named: FailureFilter & { clientId?: string }): Promise<FailureRecord[]> {
    const since = MoreThan(new Date(this.clock.ms() - KEPT_MS));
    return this.db.manager.find(SiteFailureEntity, {
      where: { ...named, lastAt: since },
      order: { lastAt: 'desc', key: 'asc' },
      take: MOST_SHOWN,
    });
  }

  private async tidy(): Promise<void> {
    await this.db.query('delete from site_failures where last_at <= $1', [new Date(this.clock.ms() - KEPT_MS)]);
  }
}
