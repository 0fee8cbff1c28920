import { randomBytes } from 'node:crypto';
import type { Ended } from './logout-token.js';

/** Who is logged in at this site: kept here, the browser has only a random number. */
export interface SiteSession {
  sub: string;
  sid: string;
  level: number;
  kind: string;
  idToken: string;
  name?: string;
  /** Masked, as the two below: this site keeps no more than it shows. */
  realName?: string;
  idNumber?: string;
  phone?: string;
  /** Of a legal entity: what its register publishes, the code masked all the same. */
  entityName?: string;
  creditCode?: string;
}

interface Kept {
  session: SiteSession;
  openedAt: number;
  seenAt: number;
}

const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 12 * 3600_000;
const ENDED_MS = 10 * 60_000;
const MOST = 10_000;

/** Sessions of this site, by cookie; the back channel ends them by `sid` or `sub`. */
export class SiteSessions {
  private readonly sessions = new Map<string, Kept>();
  /** `sid`s that have just ended → until when that is remembered. */
  private readonly ended = new Map<string, number>();

  /** @returns the cookie's value; nothing when a logout token has overtaken the login's own answer */
  open(session: SiteSession): string | undefined {
    if ((this.ended.get(session.sid) ?? 0) > Date.now()) return undefined;
    if (this.sessions.size >= MOST) this.sessions.delete(this.sessions.keys().next().value as string);
    const id = randomBytes(24).toString('base64url');
    this.sessions.set(id, { session, openedAt: Date.now(), seenAt: Date.now() });
    return id;
  }

  /** Asking keeps it alive: 30 minutes, 12 hours at most. */
  get(id: string | undefined): SiteSession | undefined {
    const kept = id === undefined ? undefined : this.sessions.get(id);
    if (!kept) return undefined;
    const now = Date.now();
    if (now - kept.seenAt > IDLE_MS || now - kept.openedAt > LONGEST_MS) {
      this.sessions.delete(id as string);
      return undefined;
    }
    kept.seenAt = now;
    return kept.session;
  }

  close(id: string | undefined): void {
    if (id !== undefined) this.sessions.delete(id);
  }

  /** Ends what a logout token names: one session by `sid`, or all of a subject. */
  closeBy({ sid, sub }: Ended): void {
    const now = Date.now();
    for (const [id, until] of this.ended) if (until < now) this.ended.delete(id);
    if (sid !== undefined) this.ended.set(sid, now + ENDED_MS);
    for (const [id, { session }] of this.sessions) {
      const named = (sid === undefined || session.sid === sid) && (sub === undefined || session.sub === sub);
      if (named) this.sessions.delete(id);
    }
  }
}
