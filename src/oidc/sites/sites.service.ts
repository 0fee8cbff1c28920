import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { Jurisdiction } from '../../config/jurisdiction.js';
import type { Text } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import { ServiceCipher } from '../../storage/service-cipher.js';
import { Database } from '../../storage/transactions.js';
import { OWN_SITE, ownSite } from './own-site.js';
import { APP_SCOPE } from '../scopes.js';
import { siteOf } from './site-metadata.js';
import type { Site } from './site.js';
import { SiteEntity } from './site.entity.js';
import { SitesFault } from './sites-file.js';
import { hashed } from '../store-keys.js';

/** Says, as `mark`, whether the table has changed since it was read. */
export const SITES_MARK = `select 'sites' as part,
  string_agg(client_id || '@' || extract(epoch from updated_at), ',' order by client_id) as mark from sites`;

/** Whoever changes sites does so one after the other. */
export const SITES_LOCK = `select pg_advisory_xact_lock(hashtext('tongxing.sites'))`;

/** The relying parties: rows of a table, kept in memory, refreshed when they change. */
@Injectable()
export class Sites {
  private sites = new Map<string, Site>();
  private closed = new Map<string, Site>();

  constructor(
    private readonly db: Database,
    private readonly cipher: ServiceCipher,
    private readonly clock: Clock,
    private readonly env: Env,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  get(clientId: string): Site | undefined {
    return this.sites.get(clientId);
  }

  /** A site as pages name it: also one that was closed since, for what was given to it is still shown. */
  remembered(clientId: string): Site | undefined {
    return this.sites.get(clientId) ?? this.closed.get(clientId);
  }

  all(): Site[] {
    return [...this.sites.values()];
  }

  /** Sites whose duty needs no permission (PIPL art. 13, 35): the user centre lists them as such. */
  exempt(): Site[] {
    return this.all().filter((site) => !site.permissionRequired && site.id !== OWN_SITE);
  }

  /** The government app that logins are confirmed in; the operator's own before a demonstration's. */
  app(): { name: Text; link: string } | undefined {
    const apps = this.all().filter(({ appLink, scopes }) => appLink !== undefined && scopes.includes(APP_SCOPE));
    const app = apps.find(({ id }) => !id.startsWith('demo-')) ?? apps[0];
    return app && { name: app.name, link: app.appLink as string };
  }

  /**
   * Upserts checked entries; a site that is no longer among them is disabled, and its tokens end with it: when it comes
   * back, what was given to it before counts no more. What an operator did since outlasts a file from before: a disabled
   * site stays disabled, a rotated secret rotated. Of processes that boot at once, one after the other.
   * @returns where it did so
   * @throws {SitesFault} for a site that has no secret but one that was rotated away
   */
  async apply(entries: readonly Record<string, unknown>[]): Promise<string[]> {
    const now = this.clock.now();
    return this.db.transaction(async (tx) => {
      const remarks: string[] = [];
      await tx.query(SITES_LOCK);
      const before = new Map((await tx.find(SiteEntity)).map((row) => [row.clientId, row]));
      const gone = [...before.values()].filter(
        (row) => !row.disabledAt && !entries.some((entry) => entry.client_id === row.clientId),
      );
      for (const row of gone)
        await tx.update(SiteEntity, { clientId: row.clientId }, { disabledAt: now, updatedAt: now });
      for (const { client_secret: told, ...metadata } of entries) {
        const clientId = metadata.client_id as string;
        const kept = before.get(clientId);
        const secret = this.secretFor(kept, told as string | undefined);
        if (secret !== told) remarks.push(`${clientId}: its secret was rotated away; the newer one stays`);
        if (kept?.heldAt) remarks.push(`${clientId}: disabled by an operator; it stays so`);
        if (kept && (!kept.disabledAt || kept.heldAt) && this.same(kept, metadata, secret)) continue;
        await tx.save(SiteEntity, {
          clientId,
          metadata,
          secret: secret === undefined ? null : this.cipher.seal('site.secret', clientId, secret),
          disabledAt: kept?.heldAt ? kept.disabledAt : null,
          validFrom: kept?.disabledAt ? now : (kept?.validFrom ?? null),
          retiredSecrets: kept?.retiredSecrets ?? [],
          updatedAt: now,
        });
      }
      return remarks;
    });
  }

  /** Reads the table anew. */
  async refresh(): Promise<void> {
    const rows = await this.db.manager.find(SiteEntity);
    const own = ownSite(this.env.issuer, this.jurisdiction.labels.userCentre);
    const open = rows.filter(({ disabledAt }) => !disabledAt).map((row) => this.site(row));
    const closed = rows.filter(({ disabledAt }) => disabledAt).map(({ metadata }) => siteOf(metadata));
    this.sites = new Map([own, ...open].map((site) => [site.id, site]));
    this.closed = new Map(closed.map((site) => [site.id, site]));
  }

  private site(row: SiteEntity): Site {
    const { validFrom, retiredSecrets } = row;
    return { ...siteOf(this.revealed(row)), validFrom: validFrom?.getTime(), retiredSecrets };
  }

  private revealed(row: SiteEntity): Record<string, unknown> {
    if (!row.secret) return row.metadata;
    return { ...row.metadata, client_secret: this.cipher.open('site.secret', row.clientId, row.secret) };
  }

  /** A secret that was rotated away never comes back, whichever file names it. */
  private secretFor(kept: SiteEntity | undefined, told: string | undefined): string | undefined {
    if (!kept || told === undefined) return told;
    if (!kept.retiredSecrets.some(({ hash }) => hash === hashed(told))) return told;
    if (kept.secret) return this.cipher.open('site.secret', kept.clientId, kept.secret);
    throw new SitesFault([`client_secret: that of ${kept.clientId} was rotated away, a new one expected`]);
  }

  private same(row: SiteEntity, metadata: Record<string, unknown>, secret: string | undefined): boolean {
    const sorted = (value: Record<string, unknown>) =>
      JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const { client_secret: kept, ...rest } = this.revealed(row);
    return kept === secret && sorted(rest) === sorted(metadata);
  }
}
