import { Injectable } from '@nestjs/common';
import { Activity } from '../../identity/activity/activity.service.js';
import { Permissions } from '../../identity/permissions/permissions.service.js';
import type { Language } from '../../locales/texts.js';
import { Sessions } from '../../oidc/sessions.service.js';
import { Sites } from '../../oidc/sites/sites.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';

/** A site and what it may have, as the page shows it. */
export interface PermissionLine {
  clientId: string;
  site: string;
  scopes: string[];
  since: Date;
  purpose?: string;
}

/** One release: to which site, when, the names of what left, what for. */
export interface ReleaseLine {
  id: string;
  at: Date;
  site: string;
  claims: string[];
  purpose?: string;
}

export interface LedgerPart {
  lines: ReleaseLine[];
  /** Where the next page begins, if there is one. */
  older?: string;
}

/** What may leave for which site, what has left, and taking it back. */
@Injectable()
export class AccountSites {
  constructor(
    private readonly permissions: Permissions,
    private readonly activity: Activity,
    private readonly sessions: Sessions,
    private readonly sites: Sites,
    private readonly db: Database,
  ) {}

  async permitted(accountId: string, language: Language): Promise<PermissionLine[]> {
    const permitted = await this.permissions.of(accountId);
    return permitted.map((one) => ({ ...one, ...this.named(one.clientId, language) }));
  }

  /** The ledger of what has left, for as long as it is kept. @param before the last line of the page before */
  async released(accountId: string, language: Language, limit: number, before?: string): Promise<LedgerPart> {
    const found = await this.activity.releases(accountId, { before, limit: limit + 1 });
    const lines = found.slice(0, limit).map(({ id, at, clientId = '', details }) => ({
      id,
      at,
      claims: (details['claims'] ?? []) as string[],
      ...this.named(clientId, language),
    }));
    return { lines, older: found.length > limit ? lines.at(-1)?.id : undefined };
  }

  /** Names of the sites whose duty needs no permission. */
  exempt(language: Language): string[] {
    return this.sites.exempt().map(({ name }) => name[language]);
  }

  /** Takes the permission back: the site's grants and refresh tokens end, and it is told. @throws {Refusal} permission.unknown (404) */
  async revoke(accountId: string, clientId: string): Promise<void> {
    const gone = await this.db.transaction(async (tx) => this.permissions.revoke(tx, accountId, clientId));
    if (!gone) throw new Refusal('permission.unknown', { status: 404 });
    await this.sessions.revokeSite(accountId, clientId);
  }

  private named(clientId: string, language: Language): { site: string; purpose?: string } {
    const site = this.sites.remembered(clientId);
    return { site: site?.name[language] ?? clientId, purpose: site?.dataPurpose?.[language] };
  }
}
