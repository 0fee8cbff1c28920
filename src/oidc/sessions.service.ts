import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Amr } from '../shared/account.js';
import { Activity } from '../identity/activity/activity.service.js';
import type { Whereabouts } from '../shared/whereabouts.js';
import { ShortLived } from '../storage/short-lived.js';
import { endGrant, grantsOf } from './adapter.js';
import { CurrentProvider } from './current-provider.service.js';
import { grantsThatEnd } from './grants-that-end.js';
import { isCertified } from './levels.js';
import { leftByGrants, leftOf } from './logout/logout-claims.service.js';
import type { SiteLeft } from './logout/logout-claims.service.js';
import { LogoutDeliveries } from './logout/logout-deliveries.service.js';
import type { Told } from './logout/logout-deliveries.service.js';
import { SessionStore } from './session-store.js';
import { hashed } from './store-keys.js';
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

/** Which of an account's sessions end. */
export interface Ending {
  /** The session that goes on. */
  spare?: string;
  before?: number;
  certified?: boolean;
}

const parted = <T>(all: readonly T[], first: (one: T) => boolean): [T[], T[]] => [
  all.filter((one) => first(one)),
  all.filter((one) => !first(one)),
];

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

  /**
   * The session's account has given one more proof in it, such as a certificate that signed for it: from now on the
   * session carries that too, and counts as opened then.
   * @param at when what brought it came in, in `Clock` milliseconds; now unless given
   */
  async gain(uid: string, means: Amr, at?: number): Promise<void> {
    const found = await this.sessions.find(uid, '');
    if (!found) return;
    const amr = [...new Set([...(found.base.amr ?? []), means])];
    await this.sessions.restamp({ ...found.base, amr }, at);
  }

  /** Ends one session: its grants and tokens die, its sites are told. @returns which sites were told */
  async end(uid: string): Promise<Told[]> {
    const { accountId, left } = await this.over(uid);
    return accountId ? this.deliveries.tell(accountId, left) : [];
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
   * @param options.spare the session that goes on: it is stamped anew, or `validFrom` would end it too
   * @param options.before what is older ends, in `Clock` milliseconds; everything unless given
   * @param options.certified only what a certificate had a part in: the account's `certifiedFrom` was set, not `validFrom`
   */
  async endAll(accountId: string, options: Ending = {}): Promise<void> {
    const { spare, certified = false } = options;
    const before = await this.sessions.invalidateBefore(accountId, options);
    const found = await this.found(accountId);
    const spared = found.find(({ base }) => base.uid === spare);
    if (spared && spared.base.stamp < before) await this.sessions.restamp(spared.base);
    const [ending, staying] = parted(
      found,
      ({ base }) => base.uid !== spare && base.stamp < before && (!certified || isCertified(base.amr ?? [])),
    );
    const granted = await grantsThatEnd(this.store, accountId, { before, certified, ending, staying });

    const over = await Promise.all(ending.map(async ({ base }) => this.over(base.uid)));
    await Promise.all(granted.map(async ([site, grantId]) => endGrant(this.store, accountId, site, grantId)));
    const knowing = new Set([...ending, ...staying].flatMap(({ sites }) => Object.keys(sites)));
    const others = leftByGrants(granted.filter(([site]) => !knowing.has(site)));
    await this.deliveries.tell(accountId, [...over.flatMap(({ left }) => left), ...others]);
  }

  /** Takes one site's grants back, offline ones too, and tells it: in each session it is part of, or else of the account. */
  async revokeSite(accountId: string, clientId: string): Promise<void> {
    const grants = (await grantsOf(this.store, accountId)).filter(([site]) => site === clientId);
    await Promise.all(grants.map(async ([site, grantId]) => endGrant(this.store, accountId, site, grantId)));
    const logins: SiteLeft[] = [];
    for (const uid of await this.sessions.ofAccount(accountId)) {
      const login = (await this.sessions.find(uid, clientId))?.sites[clientId];
      if (!login) continue;
      await this.sessions.forgetSites(uid, [clientId]);
      logins.push({ site: clientId, sid: login.sid, ...(login.grantId && { grants: [login.grantId] }) });
    }
    const [ofAccount = { site: clientId }] = leftByGrants(grants);
    await this.deliveries.tell(accountId, logins.length > 0 ? logins : [ofAccount]);
  }

  /** Where the account is signed in now, the newest login first. */
  async list(accountId: string): Promise<LiveSession[]> {
    const live = (await this.found(accountId)).map((session) => this.live(session));
    return live.toSorted((a, b) => b.loginAt.getTime() - a.loginAt.getTime());
  }

  /** Ends a session and its grants. @returns whose it was, and whom to tell: after everything that ends with it */
  private async over(uid: string): Promise<{ accountId?: string; left: SiteLeft[] }> {
    const found = await this.sessions.find(uid);
    const accountId = found?.base.accountId;
    await this.sessions.destroy(uid, accountId);
    if (!found || !accountId) return { left: [] };
    const left = Object.entries(found.sites).map(([site, login]) => leftOf(site, login));
    await Promise.all(
      left.flatMap(({ site, grants = [] }) =>
        grants.map(async (grantId) => endGrant(this.store, accountId, site, grantId)),
      ),
    );
    return { accountId, left };
  }

  /** The account's sessions. What has lapsed meanwhile leaves its index. */
  private async found(accountId: string): Promise<StoredSession[]> {
    const uids = await this.sessions.ofAccount(accountId);
    const found = await Promise.all(uids.map(async (uid) => ({ uid, session: await this.sessions.find(uid) })));
    const gone = found.filter(({ session }) => !session);
    await Promise.all(gone.map(async ({ uid }) => this.sessions.destroy(uid, accountId)));
    return found.flatMap(({ session }) => (session ? [session] : []));
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
