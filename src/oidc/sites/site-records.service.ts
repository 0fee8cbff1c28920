import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import { ServiceCipher } from '../../storage/service-cipher.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import type { SiteChangeKind } from './site-change.entity.js';
import { SiteChanges } from './site-changes.service.js';
import type { SiteActor } from './site-changes.service.js';
import { SiteEntity } from './site.entity.js';
import { siteOf } from './site-metadata.js';
import type { RetiredSecret, Site } from './site.js';
import { SITES_LOCK } from './sites.service.js';
import { hashed } from '../store-keys.js';

const SECRET_BYTES = 32;
/** An earlier secret counts no longer than this. */
export const LONGEST_OVERLAP_HOURS = 30 * 24;
const HOUR_MS = 3600 * 1000;

/** `unlisted`: no longer in the sites file; `disabled`: by an operator. */
export type SiteState = 'open' | 'unlisted' | 'disabled';

/** A site as operators see it: never with a secret. */
export interface SiteRecord {
  site: Site;
  state: SiteState;
  metadata: Record<string, unknown>;
  hasSecret: boolean;
  /** Secrets rotated away, the oldest first. */
  retired: readonly RetiredSecret[];
  /** Counts the states of its registration. */
  version: number;
  updatedAt: Date;
}

function stateOf({ heldAt, disabledAt }: SiteEntity): SiteState {
  if (heldAt) return 'disabled';
  return disabledAt ? 'unlisted' : 'open';
}

const recordOf = (row: SiteEntity): SiteRecord => ({
  site: siteOf(row.metadata),
  state: stateOf(row),
  metadata: row.metadata,
  hasSecret: row.secret !== null,
  retired: row.retiredSecrets,
  version: row.version,
  updatedAt: row.updatedAt,
});

/** Who, and why if it was said. */
export interface ChangedBy {
  actor: SiteActor;
  reason?: string;
}

/** What a change writes, and what the journal says of it. */
interface Change {
  row: Partial<Pick<SiteEntity, 'secret' | 'disabledAt' | 'heldAt' | 'validFrom' | 'retiredSecrets'>>;
  kind: SiteChangeKind;
  overlapHours?: number;
}

const unknown = (clientId: string) => new Error(`no site ${clientId} is registered`);

/** What is done to one site; every process learns of it within five seconds, and the journal keeps it. */
@Injectable()
export class SiteRecords {
  constructor(
    private readonly db: Database,
    private readonly cipher: ServiceCipher,
    private readonly clock: Clock,
    private readonly changes: SiteChanges,
  ) {}

  async list(): Promise<SiteRecord[]> {
    const rows = await this.db.manager.find(SiteEntity, { order: { clientId: 'asc' } });
    return rows.map(recordOf);
  }

  async find(clientId: string): Promise<SiteRecord | undefined> {
    const row = await this.db.manager.findOneBy(SiteEntity, { clientId });
    return row ? recordOf(row) : undefined;
  }

  /** @throws {Error} when there is none */
  async get(clientId: string): Promise<SiteRecord> {
    const record = await this.find(clientId);
    if (!record) throw unknown(clientId);
    return record;
  }

  /**
   * Takes a site out of service until an operator enables it: its requests, codes and tokens are refused, it is told
   * nothing more, and the sites file does not bring it back. Disabled once more, it stays as it is.
   * @throws {Error} when there is none
   */
  async disable(clientId: string, by: ChangedBy): Promise<void> {
    await this.change(clientId, by, (row, now) => {
      if (row.heldAt) return undefined;
      return { kind: 'disabled', row: { disabledAt: row.disabledAt ?? now, heldAt: now } };
    });
  }

  /**
   * Opens a disabled site; what was given to it before counts no more.
   * @throws {Refusal} site.open when nobody has disabled it
   * @throws {Error} when there is none
   */
  async enable(clientId: string, by: ChangedBy): Promise<void> {
    await this.change(clientId, by, (row, now) => {
      if (!row.heldAt) throw new Refusal('site.open');
      return { kind: 'enabled', row: { disabledAt: null, heldAt: null, validFrom: now } };
    });
  }

  /**
   * Gives a site a new secret. Earlier ones count for the overlap at most.
   * @param overlapHours 0: what counted until now counts no more
   * @returns the new secret, which is shown once and kept sealed
   * @throws {Refusal} site.no-secret when it proves itself otherwise
   * @throws {Error} when there is no such site
   */
  async rotateSecret(clientId: string, overlapHours: number, by: ChangedBy): Promise<string> {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    await this.change(clientId, by, (row, now) => {
      if (!row.secret) throw new Refusal('site.no-secret');
      const until = new Date(now.getTime() + overlapHours * HOUR_MS).toISOString();
      const earlier = row.retiredSecrets.map((one) => ({ ...one, until: one.until < until ? one.until : until }));
      const replaced = hashed(this.cipher.open('site.secret', clientId, row.secret));
      return {
        kind: 'secret',
        overlapHours,
        row: {
          secret: this.cipher.seal('site.secret', clientId, secret),
          retiredSecrets: [...earlier, { hash: replaced, until, at: now.toISOString() }],
        },
      };
    });
    return secret;
  }

  private async change(
    clientId: string,
    by: ChangedBy,
    work: (row: SiteEntity, now: Date) => Change | undefined,
  ): Promise<void> {
    await this.db.transaction(async (tx: Tx) => {
      await tx.query(SITES_LOCK);
      const row = await tx.findOneBy(SiteEntity, { clientId });
      if (!row) throw unknown(clientId);
      const now = this.clock.now();
      const change = work(row, now);
      if (!change) return;
      const { row: written, ...told } = change;
      await tx.update(SiteEntity, { clientId }, { ...written, updatedAt: now });
      await this.changes.record(tx, [{ clientId, ...told, ...by }]);
    });
  }
}
