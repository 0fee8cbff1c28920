import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { ServiceCipher } from '../../storage/service-cipher.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { SiteEntity } from './site.entity.js';
import { siteOf } from './site-metadata.js';
import type { RetiredSecret, Site } from './site.js';
import { SITES_LOCK } from './sites.service.js';
import { hashed } from '../store-keys.js';

const SECRET_BYTES = 32;
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
  updatedAt: row.updatedAt,
});

/** What a change writes. */
type Change = Partial<Pick<SiteEntity, 'secret' | 'disabledAt' | 'heldAt' | 'validFrom' | 'retiredSecrets'>>;

const unknown = (clientId: string) => new Error(`no site ${clientId} is registered`);

/** What an operator does to one site; every process learns of it within five seconds. */
@Injectable()
export class SiteRecords {
  constructor(
    private readonly db: Database,
    private readonly cipher: ServiceCipher,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<SiteRecord[]> {
    const rows = await this.db.manager.find(SiteEntity, { order: { clientId: 'asc' } });
    return rows.map(recordOf);
  }

  /** @throws {Error} when there is none */
  async get(clientId: string): Promise<SiteRecord> {
    const row = await this.db.manager.findOneBy(SiteEntity, { clientId });
    if (!row) throw unknown(clientId);
    return recordOf(row);
  }

  /**
   * Takes a site out of service until an operator enables it: its requests, codes and tokens are refused, it is told
   * nothing more, and the sites file does not bring it back.
   * @throws {Error} when there is none
   */
  async disable(clientId: string): Promise<void> {
    await this.change(clientId, (row, now) => ({ disabledAt: row.disabledAt ?? now, heldAt: row.heldAt ?? now }));
  }

  /**
   * Opens a disabled site; what was given to it before counts no more.
   * @throws {Error} when there is none, or when it is open
   */
  async enable(clientId: string): Promise<void> {
    await this.change(clientId, (row, now) => {
      if (!row.heldAt) throw new Error(`${clientId} is not disabled`);
      return { disabledAt: null, heldAt: null, validFrom: now };
    });
  }

  /**
   * Gives a site a new secret. Earlier ones count for the overlap at most.
   * @param overlapHours 0: what counted until now counts no more
   * @returns the new secret, which is shown once and kept sealed
   * @throws {Error} when there is no such site, or it proves itself otherwise
   */
  async rotateSecret(clientId: string, overlapHours: number): Promise<string> {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    await this.change(clientId, (row, now) => {
      if (!row.secret) throw new Error(`${clientId} has no secret: it proves itself otherwise`);
      const until = new Date(now.getTime() + overlapHours * HOUR_MS).toISOString();
      const earlier = row.retiredSecrets.map((one) => ({ ...one, until: one.until < until ? one.until : until }));
      const replaced = hashed(this.cipher.open('site.secret', clientId, row.secret));
      return {
        secret: this.cipher.seal('site.secret', clientId, secret),
        retiredSecrets: [...earlier, { hash: replaced, until }],
      };
    });
    return secret;
  }

  private async change(clientId: string, work: (row: SiteEntity, now: Date) => Change): Promise<void> {
    await this.db.transaction(async (tx: Tx) => {
      await tx.query(SITES_LOCK);
      const row = await tx.findOneBy(SiteEntity, { clientId });
      if (!row) throw unknown(clientId);
      const now = this.clock.now();
      await tx.update(SiteEntity, { clientId }, { ...work(row, now), updatedAt: now });
    });
  }
}
