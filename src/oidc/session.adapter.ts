import type { Adapter, AdapterPayload } from 'oidc-provider';
import { Provider } from 'oidc-provider';
import type { Clock } from '../shared/clock.js';
import { visitedFrom } from '../shared/visit.js';
import type { SessionBase, SessionStore, SiteLogin, StoredSession } from './session-store.js';
import { askedAhead, loginName } from './asked-ahead.js';
import { beganAt, notesNow } from './notes.js';

/** The site this request is about, when it is known before the session is read; else all sites are read. */
function siteOfRequest(): string | undefined {
  const ctx = Provider.ctx;
  if (!ctx) return undefined;
  const route = ctx.oidc?.route as string | undefined;
  if (route === 'resume' || route?.startsWith('end_session')) return undefined;
  const asked = ctx.oidc?.client?.clientId ?? notesNow().tokenSite ?? ctx.query['client_id'];
  return typeof asked === 'string' ? asked : undefined;
}

/** How old the login is that this request brings, when it brings one. */
const loginStamp = (): number | undefined => {
  const login = Provider.ctx?.oidc?.result?.login as { stamp?: number } | undefined;
  return login?.stamp;
};

/** The engine's Session on `SessionStore`: a save writes the fields that have changed, and nothing else. */
export class SessionAdapter implements Adapter {
  constructor(
    private readonly sessions: SessionStore,
    private readonly clock: Clock,
  ) {}

  async find(cookieId: string): Promise<AdapterPayload | undefined> {
    const uid = await this.sessions.uidOf(cookieId);
    if (!uid) return undefined;
    const found = await this.load(uid, cookieId);
    return found && { ...found, jti: cookieId };
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.load(uid);
  }

  async upsert(cookieId: string, payload: AdapterPayload): Promise<void> {
    const uid = payload.uid as string;
    const notes = notesNow();
    const before = notes.sessions.get(uid);
    const now = this.clock.ms();
    const base = this.baseOf(payload, before?.base, now);
    const baseText = JSON.stringify(base);
    const sites = new Map(
      Object.entries((payload.authorizations ?? {}) as Record<string, SiteLogin>).map(([id, login]) => [
        id,
        JSON.stringify(login),
      ]),
    );
    const changed = new Map([...sites].filter(([id, text]) => before?.sites.get(id) !== text));
    const seen = before && !this.sessions.stale(before.seen) ? before.seen : now;
    const signsIn = base.accountId !== undefined && !before?.signedIn;
    if (base.accountId && signsIn) {
      await this.sessions.tidy(base.accountId);
      await this.sessions.announce(base.accountId, uid);
    }
    await this.sessions.write(
      uid,
      {
        base: before?.base === baseText ? undefined : baseText,
        sites: changed,
        seen: seen === before?.seen ? undefined : seen,
        from: signsIn ? visitedFrom() : undefined,
      },
      before !== undefined,
    );
    // Whoever read the index in between did not find the session and took it off again.
    if (base.accountId && signsIn) await this.sessions.announce(base.accountId, uid);
    if (before)
      await this.sessions.forgetSites(
        uid,
        [...before.sites.keys()].filter((id) => !sites.has(id)),
      );
    await this.moveCookie(cookieId, uid, before, seen);
    notes.sessions.set(uid, { base: baseText, sites, seen, cookieId, signedIn: base.accountId !== undefined });
  }

  /** Called for the old cookie when it is renewed, and for the session itself when it ends. */
  async destroy(cookieId: string): Promise<void> {
    const session = Provider.ctx?.oidc?.session as { oldId?: string; uid: string } | undefined;
    if (session?.oldId === cookieId) {
      const before = notesNow().sessions.get(session.uid);
      await this.sessions.retirePointer(cookieId, session.uid, before?.signedIn ?? false);
      return;
    }
    const uid = await this.sessions.uidOf(cookieId);
    if (!uid) return;
    const found = await this.sessions.find(uid, '');
    await this.sessions.destroy(uid, found?.base.accountId, cookieId);
  }

  async consume(): Promise<void> {}

  async revokeByGrantId(): Promise<void> {}

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  private async load(uid: string, cookieId?: string): Promise<AdapterPayload | undefined> {
    beganAt(this.clock);
    const site = siteOfRequest();
    const ahead = site === undefined ? undefined : askedAhead<StoredSession | undefined>(loginName(uid, site));
    const found = await (ahead ?? this.sessions.find(uid, site));
    if (!found) return undefined;
    if (Provider.ctx) this.remember(found, cookieId);
    const { stamp: _stamp, ...base } = found.base;
    const authorizations = Object.keys(found.sites).length > 0 ? found.sites : undefined;
    const exp = Math.floor(Date.now() / 1000) + this.sessions.longest;
    return { ...base, authorizations, exp } as AdapterPayload;
  }

  private remember(found: StoredSession, cookieId?: string): void {
    const notes = notesNow();
    notes.stamps.set('Session', found.base.stamp);
    notes.sessions.set(found.base.uid, {
      base: found.baseText,
      sites: found.siteTexts,
      seen: found.seen,
      cookieId,
      signedIn: found.base.accountId !== undefined,
    });
  }

  private baseOf(payload: AdapterPayload, before: string | undefined, now: number): SessionBase {
    const { jti: _id, exp: _exp, authorizations: _sites, ...rest } = payload;
    const last = before === undefined ? undefined : (JSON.parse(before) as SessionBase);
    const sameLogin = last?.accountId === payload.accountId && last?.loginTs === payload.loginTs;
    return { ...(rest as unknown as SessionBase), stamp: last && sameLogin ? last.stamp : (loginStamp() ?? now) };
  }

  private async moveCookie(
    cookieId: string,
    uid: string,
    before: { cookieId?: string; seen: number } | undefined,
    seen: number,
  ): Promise<void> {
    if (before?.cookieId !== cookieId) {
      await this.sessions.point(cookieId, uid);
      return;
    }
    if (before.seen !== seen) await this.sessions.keepPointer(cookieId, uid);
  }
}
