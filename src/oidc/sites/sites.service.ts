import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { Jurisdiction } from '../../config/jurisdiction.js';
import type { Text } from '../../config/jurisdiction.js';
import { ServiceCipher } from '../../storage/service-cipher.js';
import { Database } from '../../storage/transactions.js';
import { OWN_SITES, consoleSite, ownSite } from './own-site.js';
import { consoleLevel } from '../raising.js';
import { APP_SCOPE } from '../scopes.js';
import { siteOf } from './site-metadata.js';
import type { Site } from './site.js';
import { SiteEntity } from './site.entity.js';

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

  /** Sites whose duty needs no permission (PIPL art. 13, 35): the user centre lists them as such. What is ours is none. */
  exempt(): Site[] {
    return this.all().filter((site) => !site.permissionRequired && !OWN_SITES.has(site.id));
  }

  /** The government app that logins are confirmed in; the operator's own before a demonstration's. */
  app(): { name: Text; link: string } | undefined {
    const apps = this.all().filter(({ appLink, scopes }) => appLink !== undefined && scopes.includes(APP_SCOPE));
    const app = apps.find(({ id }) => !id.startsWith('demo-')) ?? apps[0];
    return app && { name: app.name, link: app.appLink as string };
  }

  /** Reads the table anew. */
  async refresh(): Promise<void> {
    const rows = await this.db.manager.find(SiteEntity);
    const own = [
      ownSite(this.env.issuer, this.jurisdiction.labels.userCentre),
      consoleSite(this.env.issuer, consoleLevel({ env: this.env, jurisdiction: this.jurisdiction })),
    ];
    const open = rows.filter(({ disabledAt }) => !disabledAt).map((row) => this.site(row));
    const closed = rows.filter(({ disabledAt }) => disabledAt).map(({ metadata }) => siteOf(metadata));
    this.sites = new Map([...own, ...open].map((site) => [site.id, site]));
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
}
