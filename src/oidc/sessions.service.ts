import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Amr } from '../shared/account.js';
import { Activity } from '../identity/activity/activity.service.js';
import type { Whereabouts } from '../shared/whereabouts.js';
import { ShortLived } from '../storage/short-lived.js';
import { endGrant, grantsOf } from './adapter.js';
import { CurrentProvider } from './current-provider.service.js';
import { LogoutDeliveries } from './logout-deliveries.service.js';
import type { Told } from './logout-deliveries.service.js';
import { hashed, SessionStore } from './session-store.js';
import type { StoredSession } from './session-store.js';

/** Who is signed in on this browser. */
export interface SignedIn {
  uid: string;
  accountId: string;
  amr: Amr[];
  /** When the session's account last gave its proof, by `Clock`. */
  loginAt: Date;
  /** When the session was signed in to, in `Clock` milliseconds: what the account's `validFrom` is compared with. */
  stamp: number;
  acr?: string;
}

/** A session as its account may see it. */
export interface LiveSession extends SignedIn {
  /** Names the session on a page; says nothing of its cookie. */
  mark: string;
  seenAt: Date;
  from?: Whereabouts;
  sites: string[];
}

/** The one session of each browser, and the only ways to end things (DESIGN 4). */
@Injectable()
export class Sessions {
  constructor(
    private readonly engine: CurrentProvider,
    private readonly sessions: SessionStore,
    private readonly store: ShortLived,
    private readonly deliveries: LogoutDeliveries,
    private readonly activity: Activity,
  ) {}

  /** Who is signed in; `undefined` for nobody. Asking keeps the session alive: a page counts like a hop. */
  async current(request: IncomingMessage, response: ServerResponse): Promise<SignedIn | undefined> {
    const provider = this.engine.get();
    const cookie = provider
      .createContext(request, response)
      .cookies.get(provider.cookieName('session'), { signed: true });
    const uid = cookie && (await this.sessions.uidOf(cookie));
    const found = uid ? await this.sessions.find(uid, '') : undefined;
    if (!uid || !found?.base.accountId) return undefined;
    if (this.sessions.stale(found.seen)) {
      await this.sessions.touch(uid, found.seen);
      await this.sessions.keepPointer(cookie, uid);
    }
    return this.signedIn(found);
  }

  /** The `sid` a site knows this session by. */
  async sidOf(uid: string, clientId: string): Promise<string | undefined> {
    return (await this.sessions.find(uid, clientId))?.sites[clientId]?.sid;
  }

  /** Marks the session as used. @returns who is signed in to it; `undefined` when it is over, or nobody's */
  async touch(uid: string): Promise<SignedIn | undefined> {
    const found = await this.sessions.find(uid, '');
    if (!found?.base.accountId) return undefined;
    await this.sessions.touch(uid, found.seen);
    return this.signedIn(found);
  }

  /** Ends one session: its grants and tokens die, its sites are told. @returns which sites were told */
  async end(uid: string): Promise<Told[]> {
    const found = await this.sessions.find(uid);
    if (!found) {
      await this.sessions.destroy(uid);
      return [];
    }
    const { accountId } = found.base;
    await this.sessions.destroy(uid, accountId);
    if (!accountId) return [];
    const logins = Object.entries(found.sites);
    await Promise.all(
      logins
        .filter(([, login]) => login.grantId && !login.persistsLogout)
        .map(([site, login]) => endGrant(this.store, accountId, site, login.grantId as string)),
    );
    return this.deliveries.tell(
      accountId,
      logins.map(([site, login]) => ({ site, sid: login.sid })),
    );
  }

  /** Its owner signs out: the session ends, and the account's trail says so. @param site where the wish came from */
  async logOut(uid: string, site?: string): Promise<Told[]> {
    const accountId = (await this.sessions.find(uid, ''))?.base.accountId;
    const told = await this.end(uid);
    if (accountId) await this.noteLogOut(accountId, site);
    return told;
  }

  /** Signing out never fails: a line that cannot be written does not keep anybody signed in. */
  async noteLogOut(account: string, clientId?: string): Promise<void> {
    await this.activity.note({ account, kind: 'logged-out', clientId }).catch(() => undefined);
  }

  /**
   * Ends every session of the account and its offline grants: what follows a reset, a disabling, a change of number, a
   * deregistration. A site that had a grant and no live session is told by the subject alone.
   * The caller has set the account's `validFrom` in its transaction.
   * @param except the session that is spared: it is stamped anew, or `validFrom` would end it too
   */
  async endAll(accountId: string, except?: string): Promise<void> {
    await this.sessions.invalidateBefore(accountId);
    const spared = except ? await this.sessions.find(except) : undefined;
    if (spared && except) await this.sessions.restamp(except, spared.base);
    const uids = (await this.sessions.ofAccount(accountId)).filter((uid) => uid !== except);
    const granted = await grantsOf(this.store, accountId);
    const told = await Promise.all(uids.map(async (uid) => this.end(uid)));
    const kept = new Set(Object.values(spared?.sites ?? {}).map((login) => login.grantId));
    const grants = (await grantsOf(this.store, accountId)).filter(([, grantId]) => !kept.has(grantId));
    await Promise.all(grants.map(async ([site, grantId]) => endGrant(this.store, accountId, site, grantId)));
    const knowing = new Set([...told.flat().map(({ site }) => site), ...Object.keys(spared?.sites ?? {})]);
    const sites = [...new Set(granted.map(([site]) => site))].filter((site) => !knowing.has(site));
    await this.deliveries.tell(
      accountId,
      sites.map((site) => ({ site })),
    );
  }

  /** Takes one site's grants back, offline ones too, and tells it: in each session it is part of, or else of the account. */
  async revokeSite(accountId: string, clientId: string): Promise<void> {
    const grants = (await grantsOf(this.store, accountId)).filter(([site]) => site === clientId);
    await Promise.all(grants.map(async ([site, grantId]) => endGrant(this.store, accountId, site, grantId)));
    const logins: { site: string; sid?: string }[] = [];
    for (const uid of await this.sessions.ofAccount(accountId)) {
      const login = (await this.sessions.find(uid, clientId))?.sites[clientId];
      if (!login) continue;
      await this.sessions.forgetSites(uid, [clientId]);
      logins.push({ site: clientId, sid: login.sid });
    }
    await this.deliveries.tell(accountId, logins.length > 0 ? logins : [{ site: clientId }]);
  }

  /** Where the account is signed in now, the newest login first. Sessions that have lapsed meanwhile leave its index. */
  async list(accountId: string): Promise<LiveSession[]> {
    const uids = await this.sessions.ofAccount(accountId);
    const found = await Promise.all(uids.map(async (uid) => ({ uid, session: await this.sessions.find(uid) })));
    const gone = found.filter(({ session }) => !session);
    await Promise.all(gone.map(async ({ uid }) => this.sessions.destroy(uid, accountId)));
    const live = found.flatMap(({ session }) => (session ? [this.live(session)] : []));
    return live.toSorted((a, b) => b.loginAt.getTime() - a.loginAt.getTime());
  }

  private live(session: StoredSession): LiveSession {
    const { seen, from, sites } = session;
    const signedIn = this.signedIn(session);
    return { ...signedIn, mark: hashed(signedIn.uid), seenAt: new Date(seen), from, sites: Object.keys(sites) };
  }

  private signedIn({ base }: StoredSession): SignedIn {
    return {
      uid: base.uid,
      accountId: base.accountId as string,
      amr: base.amr ?? [],
      loginAt: new Date((base.loginTs ?? 0) * 1000),
      stamp: base.stamp,
      acr: base.acr,
    };
  }
}
