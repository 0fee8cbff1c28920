import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../config/jurisdiction.js';
import type { Amr } from '../shared/account.js';
import { Clock } from '../shared/clock.js';
import type { Whereabouts } from '../shared/whereabouts.js';
import { ShortLived, storeKey } from '../storage/short-lived.js';
import { accountGrants, accountSessions, grantKey, pointerKey, sessionKey, validFromKey } from './store-keys.js';

/** What a session holds apart from its sites. Times are `Clock` milliseconds, `loginTs` is `Clock` seconds. */
export interface SessionBase {
  uid: string;
  accountId?: string;
  loginTs?: number;
  acr?: string;
  amr?: Amr[];
  transient?: boolean;
  state?: unknown;
  iat?: number;
  kind?: string;
  /** When this account signed in to it: what `validFrom` is compared with. Stamped anew when it is spared. */
  stamp: number;
}

export interface SiteLogin {
  sid?: string;
  grantId?: string;
  persistsLogout?: boolean;
}

export interface StoredSession {
  base: SessionBase;
  baseText: string;
  seen: number;
  /** Where it was opened, coarsely. */
  from?: Whereabouts;
  sites: Record<string, SiteLogin>;
  siteTexts: Map<string, string>;
}

const SITE = 'site:';
const RENEWED_SECONDS = 30;
const THIRTY_DAYS = 30 * 24 * 3600;
/** Ends the value of a pointer whose cookie has been renewed: no hop keeps it alive any more. */
const RETIRED = '~';
/** A twentieth of the idle time may pass before a hop writes "seen" again (PERFORMANCE 4.3). */
const LAZY = 20;

const HOUR_MS = 3_600_000;

/**
 * The provider's session as a hash by its `uid`, one field a site (DESIGN 5). Written whole, sites opened in parallel
 * lose their login; keyed by the cookie, a hop from another tab during a step-up signs the person out.
 */
@Injectable()
export class SessionStore {
  private readonly idleMs: number;
  private readonly longestMs: number;

  constructor(
    private readonly store: ShortLived,
    private readonly clock: Clock,
    jurisdiction: Jurisdiction,
  ) {
    this.idleMs = jurisdiction.lifetimes.sessionIdleMinutes * 60_000;
    this.longestMs = jurisdiction.lifetimes.sessionMaxHours * 3_600_000;
  }

  /** Seconds the store keeps a session after it was last seen; the ages that count are judged by `Clock`. */
  get ttl(): number {
    return Math.ceil((this.idleMs * (1 + 2 / LAZY)) / 1000);
  }

  /** The longest life of a session in seconds. */
  get longest(): number {
    return this.longestMs / 1000;
  }

  /** Whether so much time has passed since `seen` that a hop should write it again. */
  stale(seen: number): boolean {
    return this.clock.ms() - seen > this.idleMs / LAZY;
  }

  async uidOf(cookieId: string): Promise<string | undefined> {
    const uid = await this.store.get(pointerKey(cookieId));
    return uid?.endsWith(RETIRED) ? uid.slice(0, -RETIRED.length) : uid;
  }

  /** @param site only this site's login is read, when given; else all of them. */
  async find(uid: string, site?: string): Promise<StoredSession | undefined> {
    const names = site === undefined ? undefined : ['base', 'seen', `${SITE}${site}`];
    const fields = await this.store.getFields(sessionKey(uid), names);
    if (!fields?.base) return undefined;
    const base = JSON.parse(fields.base) as SessionBase;
    const seen = Number(fields.seen ?? 0);
    const now = this.clock.ms();
    const since = base.loginTs === undefined ? base.stamp : base.loginTs * 1000;
    if (now - seen > this.idleMs || now - since > this.longestMs) return undefined;
    const siteTexts = new Map(
      Object.entries(fields)
        .filter(([name]) => name.startsWith(SITE))
        .map(([name, text]) => [name.slice(SITE.length), text]),
    );
    const sites = Object.fromEntries([...siteTexts].map(([id, text]) => [id, JSON.parse(text) as SiteLogin]));
    const from = fields.from === undefined ? undefined : (JSON.parse(fields.from) as Whereabouts);
    return { base, baseText: fields.base, seen, from, sites, siteTexts };
  }

  /** The account's index is written before the session itself, so that "sign out everywhere" never misses one. */
  async announce(accountId: string, uid: string): Promise<void> {
    await this.store.addMember(accountSessions(accountId), uid, this.longest + this.ttl);
  }

  /** @returns `false` when the session was to exist and is gone: nothing is written then. */
  async write(
    uid: string,
    change: { base?: string; sites?: ReadonlyMap<string, string>; seen?: number; from?: Whereabouts },
    ifExists: boolean,
  ): Promise<boolean> {
    const fields: Record<string, string> = {};
    if (change.base !== undefined) fields.base = change.base;
    if (change.seen !== undefined) fields.seen = String(change.seen);
    if (change.from !== undefined) fields.from = JSON.stringify(change.from);
    for (const [site, text] of change.sites ?? []) fields[`${SITE}${site}`] = text;
    if (Object.keys(fields).length === 0) return true;
    return this.store.setFields(sessionKey(uid), fields, this.ttl, { ifExists });
  }

  /**
   * The session's one login at a site: of requests that open it for the first time at once, all get the first one's.
   * @param drawn what it is when there is none yet @returns it, as it is written
   */
  async settle(uid: string, site: string, drawn: SiteLogin): Promise<string> {
    const text = JSON.stringify(drawn);
    return (await this.store.fieldOnce(sessionKey(uid), `${SITE}${site}`, text)) ?? text;
  }

  async forgetSites(uid: string, sites: readonly string[]): Promise<void> {
    if (sites.length === 0) return;
    await this.store.deleteFields(
      sessionKey(uid),
      sites.map((site) => `${SITE}${site}`),
    );
  }

  async point(cookieId: string, uid: string): Promise<void> {
    await this.store.set(pointerKey(cookieId), uid, this.ttl);
  }

  /** Keeps the cookie alive as long as its session, unless it has been renewed meanwhile. */
  async keepPointer(cookieId: string, uid: string): Promise<void> {
    await this.store.replaceIf(pointerKey(cookieId), uid, uid, this.ttl);
  }

  /**
   * A renewed cookie: the old one of a signed-in session lives 30 s more, so that a hop on its way from another tab is
   * not lost; that of an anonymous session dies at once, or whoever planted it would be signed in (fixation).
   */
  async retirePointer(cookieId: string, uid: string, wasSignedIn: boolean): Promise<void> {
    if (wasSignedIn) {
      await this.store.replaceIf(pointerKey(cookieId), uid, uid + RETIRED, RENEWED_SECONDS);
      return;
    }
    await this.store.delete(pointerKey(cookieId));
  }

  async touch(uid: string, seen: number): Promise<void> {
    if (!this.stale(seen)) return;
    await this.write(uid, { seen: this.clock.ms() }, true);
  }

  /** A session that is spared when the account's others end counts as opened now, or at a time given. It grows no older. */
  async restamp(base: SessionBase, at = this.clock.ms()): Promise<void> {
    const stamp = Math.max(base.stamp, at);
    await this.write(base.uid, { base: JSON.stringify({ ...base, stamp }) }, true);
  }

  /**
   * What is older is not found any more, for as long as anything of it may live. An earlier time takes nothing back.
   * What a certificate made is told from the rest by the account's `certifiedFrom` alone.
   * @param which.before in `Clock` milliseconds, now unless given @returns it
   */
  async invalidateBefore(accountId: string, which: { before?: number; certified?: boolean }): Promise<number> {
    const { before = this.clock.ms(), certified } = which;
    if (certified) return before;
    const kept = Number((await this.store.get(validFromKey(accountId))) ?? 0);
    if (kept < before) await this.store.set(validFromKey(accountId), String(before), THIRTY_DAYS);
    return before;
  }

  /**
   * What has lapsed leaves the account's indexes when it signs in anew, once an hour: nobody else may ever read them, and
   * a login must not grow with the number of sessions.
   */
  async tidy(accountId: string): Promise<void> {
    const hour = Math.floor(this.clock.ms() / HOUR_MS);
    if (!(await this.store.once(storeKey('tidied', `${accountId}-${hour}`), HOUR_MS / 1000))) return;
    const forget = async (index: string, keyOf: (member: string) => string) => {
      const members = await this.store.members(index);
      await Promise.all(
        members.map(async (member) => {
          if (!(await this.store.has(keyOf(member)))) await this.store.removeMember(index, member);
        }),
      );
    };
    await forget(accountSessions(accountId), sessionKey);
    await forget(accountGrants(accountId), (member) => grantKey(member.slice(member.lastIndexOf('|') + 1)));
  }

  async destroy(uid: string, accountId?: string, cookieId?: string): Promise<void> {
    await this.store.delete(sessionKey(uid));
    if (cookieId) await this.store.delete(pointerKey(cookieId));
    if (accountId) await this.store.removeMember(accountSessions(accountId), uid);
  }

  async ofAccount(accountId: string): Promise<string[]> {
    return this.store.members(accountSessions(accountId));
  }
}
