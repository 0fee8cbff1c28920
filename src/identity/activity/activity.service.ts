import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { uuidv7 } from '../../storage/uuid.js';

export type ActivityKind =
  | 'registered'
  | 'login'
  | 'verified'
  | 'permission-given'
  | 'permission-taken-back'
  | 'release'
  | 'disabled'
  | 'agreement-accepted'
  | 'password-set'
  | 'logged-out'
  | 'new-device'
  | 'user-name-set'
  | 'phone-changed'
  | 'phone-move-asked'
  | 'phone-move-stopped'
  | 'phone-freed'
  | 'phone-restored'
  | 'data-exported'
  | 'deregistration-asked'
  | 'deregistration-cancelled'
  | 'deregistered';

/** One line of an account's trail. Details hold no personal data. */
export interface ActivityLine {
  kind: ActivityKind;
  clientId?: string;
  at: Date;
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
const timeOf = (uuid: string): Date => new Date(Number.parseInt(uuid.replace('-', '').slice(0, 12), 16));

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

  private valuesOf(entry: ActivityEntry): unknown[] {
    const { id = uuidv7(this.clock.ms()), account, actor = account, kind, clientId = null, details = {} } = entry;
    return [id, account, actor, kind, clientId, JSON.stringify(details)];
  }

  /** The newest lines first. */
  async recent(accountId: string, limit: number): Promise<ActivityLine[]> {
    const rows = await this.db.query<{ id: string; kind: ActivityKind; client_id: string | null }>(
      'select id, kind, client_id from activity where account_id = $1 order by id desc limit $2',
      [accountId, limit],
    );
    return rows.map(({ id, kind, client_id: clientId }) => ({ kind, clientId: clientId ?? undefined, at: timeOf(id) }));
  }
}
