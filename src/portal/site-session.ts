import { randomBytes } from 'node:crypto';

/** Who is logged in at this site: kept here, the browser has only a random number. */
export interface SiteSession {
  sub: string;
  sid: string;
  level: number;
  kind: string;
  idToken: string;
  name?: string;
  realName?: string;
  idNumber?: string;
  phone?: string;
  seenAt: number;
}

const IDLE_MS = 30 * 60_000;
const MOST = 10_000;

/** Sessions of this site, by cookie; the back channel ends them by `sid` or `sub`. */
export class SiteSessions {
  private readonly sessions = new Map<string, SiteSession>();

  open(session: Omit<SiteSession, 'seenAt'>): string {
    if (this.sessions.size >= MOST) this.sessions.delete(this.sessions.keys().next().value as string);
    const id = randomBytes(24).toString('base64url');
    this.sessions.set(id, { ...session, seenAt: Date.now() });
    return id;
  }

  get(id: string | undefined): SiteSession | undefined {
    const session = id === undefined ? undefined : this.sessions.get(id);
    if (!session) return undefined;
    if (Date.now() - session.seenAt > IDLE_MS) {
      this.sessions.delete(id as string);
      return undefined;
    }
    session.seenAt = Date.now();
    return session;
  }

  close(id: string | undefined): void {
    if (id !== undefined) this.sessions.delete(id);
  }

  /** Ends what a logout token names. */
  closeBy({ sid, sub }: { sid?: string; sub?: string }): void {
    for (const [id, session] of this.sessions) {
      const named = sid === undefined ? session.sub === sub : session.sid === sid;
      if (named) this.sessions.delete(id);
    }
  }
}
