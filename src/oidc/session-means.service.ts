import { Injectable } from '@nestjs/common';
import { ShortLived } from '../storage/short-lived.js';
import { endGrant } from './adapter.js';
import { isCertified } from './levels.js';
import { leftOf } from './logout/logout-claims.service.js';
import { LogoutDeliveries } from './logout/logout-deliveries.service.js';
import { SessionStore } from './session-store.js';

/** What a session keeps when a means that proved it counts no more. */
@Injectable()
export class SessionMeans {
  constructor(
    private readonly sessions: SessionStore,
    private readonly store: ShortLived,
    private readonly deliveries: LogoutDeliveries,
  ) {}

  /**
   * Certificates count no more in this session. What else it was proved by goes on, below level 3: sites it has opened
   * log in anew, since their logins may rest on what is gone.
   * @returns whether anything is left; the session is the caller's to end if not
   */
  async loseCertificates(uid: string): Promise<boolean> {
    const found = await this.sessions.find(uid);
    if (!found?.base.accountId) return false;
    const { base, sites } = found;
    if (!isCertified(base.amr ?? [])) return true;
    const amr = (base.amr ?? []).filter((means) => !isCertified([means]));
    if (amr.length === 0) return false;
    const accountId = found.base.accountId;
    const logins = Object.entries(sites);
    await this.sessions.restamp({ ...base, amr });
    await this.sessions.forgetSites(uid, Object.keys(sites));
    await Promise.all(
      logins.map(async ([site, { grantId }]) => grantId && endGrant(this.store, accountId, site, grantId)),
    );
    await this.deliveries.tell(
      accountId,
      logins.map(([site, login]) => ({ ...leftOf(site, login), grants: login.grantId ? [login.grantId] : [] })),
    );
    return true;
  }
}
