import { Injectable } from '@nestjs/common';
import { Permissions } from '../../identity/permissions/permissions.service.js';
import type { Language } from '../../locales/texts.js';
import { Sessions } from '../../oidc/sessions.service.js';
import { Sites } from '../../oidc/sites.service.js';
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

/** What may leave for which site, and taking it back. */
@Injectable()
export class AccountSites {
  constructor(
    private readonly permissions: Permissions,
    private readonly sessions: Sessions,
    private readonly sites: Sites,
    private readonly db: Database,
  ) {}

  async permitted(accountId: string, language: Language): Promise<PermissionLine[]> {
    return (await this.permissions.of(accountId)).map((permitted) => {
      const site = this.sites.remembered(permitted.clientId);
      return { ...permitted, site: site?.name[language] ?? permitted.clientId, purpose: site?.dataPurpose?.[language] };
    });
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
}
