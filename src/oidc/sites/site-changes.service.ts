import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import type { Reader, Tx } from '../../storage/transactions.js';
import { isUuid, timeOfUuid, uuidv7 } from '../../storage/uuid.js';
import { SiteChangeEntity } from './site-change.entity.js';
import type { SiteChangeKind, SiteChangeState } from './site-change.entity.js';
import type { ChangedFields } from './site-differences.js';

/** Who changes a site: an account's id, an operator at the command line, or the sites file at boot. */
export type SiteActor = string;
export const BY_CLI: SiteActor = 'cli';
export const BY_FILE: SiteActor = 'sites-file';

/** One change of a site, as it is shown. */
export interface SiteChange {
  id: string;
  clientId: string;
  kind: SiteChangeKind;
  at: Date;
  fields: ChangedFields;
  overlapHours?: number;
  actor: SiteActor;
  state: SiteChangeState;
  reason?: string;
  decidedBy?: SiteActor;
  decidedAt?: Date;
}

export interface NewChange {
  clientId: string;
  kind: SiteChangeKind;
  actor: SiteActor;
  /** `applied` unless given. */
  state?: SiteChangeState;
  fields?: ChangedFields;
  overlapHours?: number;
  version?: number;
  reason?: string;
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export const changeOf = (row: SiteChangeEntity): SiteChange => ({
  id: row.id,
  clientId: row.clientId,
  kind: row.kind,
  at: timeOfUuid(row.id),
  fields: row.fields,
  overlapHours: row.overlapHours ?? undefined,
  actor: row.actor,
  state: row.state,
  reason: row.reason ?? undefined,
  decidedBy: row.decidedBy ?? undefined,
  decidedAt: row.decidedAt ?? undefined,
});

/** The journal of sites: every change of one is a row, written with what it tells of. Never a secret. */
@Injectable()
export class SiteChanges {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns their ids */
  async record(tx: Tx, changes: readonly NewChange[]): Promise<string[]> {
    const rows = changes.map(({ state = 'applied', fields = {}, ...change }) => ({
      id: uuidv7(this.clock.ms()),
      state,
      fields: { ...fields } as object,
      ...change,
    }));
    if (rows.length > 0) await tx.insert(SiteChangeEntity, rows);
    return rows.map(({ id }) => id);
  }

  /** Of one site, the newest first; what follows is asked for by the last one's id. */
  async of(clientId: string, { before = LAST_ID, limit }: { before?: string; limit: number }): Promise<SiteChange[]> {
    const rows = await this.db.manager
      .createQueryBuilder(SiteChangeEntity, 'change')
      .where('client_id = :clientId and id < :before', { clientId, before })
      .orderBy('id', 'DESC')
      .limit(limit)
      .getMany();
    return rows.map(changeOf);
  }

  /** Everything that waits for an operator, the oldest first. */
  async waiting(): Promise<SiteChange[]> {
    const rows = await this.db.manager.find(SiteChangeEntity, { where: { state: 'waiting' }, order: { id: 'ASC' } });
    return rows.map(changeOf);
  }

  /** @throws {Refusal} page.not-found (404) for one that is not there, or is of another site */
  async get(clientId: string, id: string): Promise<SiteChange> {
    const row = isUuid(id) ? await this.db.manager.findOneBy(SiteChangeEntity, { id, clientId }) : null;
    if (!row) throw new Refusal('page.not-found', { status: 404 });
    return changeOf(row);
  }

  /** Whether a change of this site waits for an operator. */
  async waits(clientId: string, reader: Reader = this.db.manager): Promise<boolean> {
    return reader.existsBy(SiteChangeEntity, { clientId, state: 'waiting' });
  }

  /** What its registration went through after a version of it, the oldest first. */
  async since(clientId: string, version: number): Promise<ChangedFields[]> {
    const rows = await this.db.manager
      .createQueryBuilder(SiteChangeEntity, 'change')
      .where('client_id = :clientId and version > :version', { clientId, version })
      .orderBy('version')
      .getMany();
    return rows.map(({ fields }) => fields);
  }
}
