import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { uuidv7 } from '../../storage/uuid.js';
import { ActivityEntity } from './activity.entity.js';

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
  | 'logged-out';

/** One line of an account's trail. Details hold no personal data. */
export interface ActivityLine {
  kind: ActivityKind;
  clientId?: string;
  at: Date;
}

const timeOf = (uuid: string): Date => new Date(Number.parseInt(uuid.replace('-', '').slice(0, 12), 16));

/** The trail of an account: written with what it tells of, in the same transaction. */
@Injectable()
export class Activity {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @param entry.actor who did it, the account itself unless given */
  async record(
    tx: Tx,
    entry: {
      account: string;
      actor?: string;
      kind: ActivityKind;
      clientId?: string;
      details?: Record<string, unknown>;
    },
  ): Promise<void> {
    await tx.insert(ActivityEntity, {
      id: uuidv7(this.clock.ms()),
      accountId: entry.account,
      actorId: entry.actor ?? entry.account,
      kind: entry.kind,
      clientId: entry.clientId ?? null,
      details: (entry.details ?? {}) as never,
    });
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
