import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { visitedFrom } from '../../shared/visit.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { timeOfUuid, uuidv7, uuidv7At } from '../../storage/uuid.js';
import type { ActivityKind } from './activity-kinds.js';
import { USE } from './activity-kinds.js';
import { ActivityEntity } from './activity.entity.js';

export type { ActivityKind };

/** One line of an account's trail. Details hold no personal data; `from` is where it was done from, coarsely. */
export interface ActivityLine {
  id: string;
  kind: ActivityKind;
  clientId?: string;
  at: Date;
  details: Record<string, unknown>;
}

/** Personal claims on their way to a site. */
interface Release {
  id: string;
  account: string;
  site: string;
  claims: readonly string[];
}

/** Which lines: below an id, not older than a moment, so many. */
export interface ActivityWindow {
  before?: string;
  since?: Date;
  limit: number;
}

/** A line with all that is kept of it. */
export interface FullActivityLine extends ActivityLine {
  /** Whether somebody else did it: an operator. */
  byOther: boolean;
}

interface ActivityEntry {
  /** Its own id, for what must be written once however often it is tried; a fresh one unless given. */
  id?: string;
  account: string;
  /** Who did it, the account itself unless given. */
  actor?: string;
  kind: ActivityKind;
  clientId?: string;
  details?: Record<string, unknown>;
}

const INSERT = `insert into activity (id, account_id, actor_id, kind, client_id, details) values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing`;
/** One look into the index on account and id, for each month that the window touches. */
export const LINES = `
  select id, kind, client_id, details from activity
  where account_id = $1 and id < $2 and id >= $3 order by id desc limit $4`;
export const RELEASES = LINES.replace('order by', `and kind = 'release' order by`);
export const USED = `select 1 from activity where account_id = $1 and id >= $2 and kind = any($3) limit 1`;
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

interface Row {
  id: string;
  kind: ActivityKind;
  client_id: string | null;
  details: Record<string, unknown>;
}

/** What a token has released grows, if it does, in its one row. */
const RELEASE = `
  insert into activity (id, account_id, actor_id, kind, client_id, details) values ($1, $2, $2, 'release', $3, $4)
  on conflict (id) do update set details = jsonb_set(activity.details, '{claims}', (
    select jsonb_agg(distinct claim order by claim)
    from jsonb_array_elements((activity.details->'claims') || (excluded.details->'claims')) claim))
  where not (activity.details->'claims') @> (excluded.details->'claims')`;

/** The trail of an account: written with what it tells of, in the same transaction. */
@Injectable()
export class Activity {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Written with what it tells of, in one transaction. */
  async record(tx: Tx, entry: ActivityEntry): Promise<void> {
    await tx.query(INSERT, this.valuesOf(entry));
  }

  /** What changes nothing else, a login above all: one statement, no transaction around it. */
  async note(entry: ActivityEntry): Promise<void> {
    await this.db.query(INSERT, this.valuesOf(entry));
  }

  /**
   * What leaves for a site: one row for each id, holding the names of all the claims that were ever given with it. It
   * is the site that asks, so the row says nothing of where from.
   */
  async release({ id, account, site, claims }: Release): Promise<void> {
    await this.db.query(RELEASE, [id, account, site, JSON.stringify({ claims })]);
  }

  private valuesOf(entry: ActivityEntry): unknown[] {
    const { id = uuidv7(this.clock.ms()), account, actor = account, kind, clientId = null, details = {} } = entry;
    return [id, account, actor, kind, clientId, JSON.stringify({ from: visitedFrom(), ...details })];
  }

  /** The newest lines first; what follows is asked for by the last one's id (a key set, never an offset). */
  async lines(accountId: string, window: ActivityWindow): Promise<ActivityLine[]> {
    return this.read(LINES, accountId, window);
  }

  /** What has left for sites, the newest first. */
  async releases(accountId: string, window: ActivityWindow): Promise<ActivityLine[]> {
    return this.read(RELEASES, accountId, window);
  }

  /** Whether anybody used the account since: a login does not write `accounts` (DESIGN 5), but it leaves its line here. */
  async usedSince(accountId: string, since: Date): Promise<boolean> {
    return (await this.db.query(USED, [accountId, uuidv7At(since.getTime()), USE])).length > 0;
  }

  private async read(
    sql: string,
    accountId: string,
    { before = LAST_ID, since = new Date(0), limit }: ActivityWindow,
  ): Promise<ActivityLine[]> {
    const rows = await this.db.query<Row>(sql, [accountId, before, uuidv7At(since.getTime()), limit]);
    return rows.map(({ id, kind, client_id: clientId, details }) => ({
      id,
      kind,
      clientId: clientId ?? undefined,
      at: timeOfUuid(id),
      details,
    }));
  }

  /** The whole trail, the oldest line first. */
  async all(accountId: string): Promise<FullActivityLine[]> {
    const rows = await this.db.manager.find(ActivityEntity, { where: { accountId }, order: { id: 'asc' } });
    return rows.map(({ id, kind, clientId, actorId, details }) => ({
      id,
      kind: kind as ActivityKind,
      clientId: clientId ?? undefined,
      at: timeOfUuid(id),
      byOther: actorId !== accountId,
      details,
    }));
  }
}
