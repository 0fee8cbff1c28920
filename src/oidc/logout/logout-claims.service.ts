import { Injectable } from '@nestjs/common';
import { ShortLived, storeKey } from '../../storage/short-lived.js';
import { grantStamp, grantsOf } from '../adapter.js';
import type { SiteLogin } from '../session-store.js';
import { hashed } from '../store-keys.js';

/** A site's part of a session that is over, or of a grant that is. */
export interface SiteLeft {
  site: string;
  /** Absent: all that the site knows of the subject. */
  sid?: string;
  /** Grants that have ended with it. */
  grants?: readonly string[];
}

/** A site's login as it ends with its session: a grant that outlives it is not ended. */
export const leftOf = (site: string, { sid, grantId, persistsLogout }: SiteLogin): SiteLeft => ({
  site,
  sid,
  ...(grantId && !persistsLogout && { grants: [grantId] }),
});

/** Each site once, whose grants have ended without a session of theirs. */
export const leftByGrants = (grants: readonly (readonly [site: string, grantId: string])[]): SiteLeft[] =>
  [...Map.groupBy(grants, ([site]) => site)].map(([site, its]) => ({
    site,
    grants: its.map(([, grantId]) => grantId),
  }));

/** Two ways that end the same thing meet within seconds, or within the minute that a promised ending waits. */
const CLAIM_SECONDS = 600;
/** From the end of the old grants to the first try of a token, and what a new login may have begun before. */
const SLACK_MS = 2000;

const keyOf = (name: string): string => storeKey('logout-claim', hashed(name));

/** Whose it is to tell a site, and whether there is still something to tell. */
@Injectable()
export class LogoutClaims {
  constructor(private readonly store: ShortLived) {}

  /** Of several ways that end a login at once, one tells its site. Without the store it is told rather twice than never. */
  async claim({ sid, grants = [] }: SiteLeft): Promise<boolean> {
    try {
      if (sid !== undefined && !(await this.first(sid))) return false;
      const firsts = await Promise.all(grants.map(async (grant) => this.first(grant)));
      return firsts.length === 0 || firsts.includes(true);
    } catch {
      return true;
    }
  }

  /**
   * Whether the account has logged in at the site anew: a late token for the subject would end that login as well.
   * @param since when it was to be told first, in `Clock` milliseconds
   */
  async isBack(account: string, site: string, since: number): Promise<boolean> {
    const grants = (await grantsOf(this.store, account)).filter(([at]) => at === site);
    const stamps = await Promise.all(grants.map(async ([, grant]) => grantStamp(this.store, grant)));
    return stamps.some((stamp) => stamp > since - SLACK_MS);
  }

  private async first(name: string): Promise<boolean> {
    return this.store.once(keyOf(name), CLAIM_SECONDS);
  }
}
