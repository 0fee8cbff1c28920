import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { Activity } from '../activity/activity.service.js';
import { PermissionEntity } from './permission.entity.js';

/** A site and what it may have. */
export interface PermittedSite {
  clientId: string;
  scopes: string[];
  since: Date;
}

/** What a site may have of a person: given on a page of its own, taken back at any time. */
@Injectable()
export class Permissions {
  constructor(
    private readonly db: Database,
    private readonly activity: Activity,
    private readonly clock: Clock,
  ) {}

  async grant(tx: Tx, accountId: string, clientId: string, scopes: readonly string[]): Promise<void> {
    const grantedAt = this.clock.now();
    for (const scope of scopes) {
      await tx.query(
        `insert into permissions (account_id, client_id, scope, granted_at) values ($1, $2, $3, $4) on conflict do nothing`,
        [accountId, clientId, scope, grantedAt],
      );
    }
    await this.activity.record(tx, { account: accountId, kind: 'permission-given', clientId, details: { scopes } });
  }

  /** @returns whether there was a permission to take back */
  async revoke(tx: Tx, accountId: string, clientId: string): Promise<boolean> {
    const gone = await tx.delete(PermissionEntity, { accountId, clientId });
    if (!gone.affected) return false;
    await this.activity.record(tx, { account: accountId, kind: 'permission-taken-back', clientId });
    return true;
  }

  /** All of them, with the account that gave them. */
  async removeAll(tx: Tx, accountId: string): Promise<void> {
    await tx.delete(PermissionEntity, { accountId });
  }

  /** Each permission and when it was given. */
  async all(accountId: string): Promise<{ clientId: string; scope: string; grantedAt: Date }[]> {
    return this.db.manager.find(PermissionEntity, {
      where: { accountId },
      select: { clientId: true, scope: true, grantedAt: true },
      order: { grantedAt: 'asc', clientId: 'asc', scope: 'asc' },
    });
  }

  /** What each site may have, and since when; the newest first. */
  async of(accountId: string): Promise<PermittedSite[]> {
    const rows = await this.db.query<{ client_id: string; scopes: string[]; since: Date }>(
      `select client_id, array_agg(scope order by scope) as scopes, max(granted_at) as since from permissions
       where account_id = $1 group by client_id order by since desc, client_id`,
      [accountId],
    );
    return rows.map(({ client_id: clientId, scopes, since }) => ({ clientId, scopes, since }));
  }
}
