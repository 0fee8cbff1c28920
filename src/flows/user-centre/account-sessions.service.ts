import { Injectable } from '@nestjs/common';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { Activity } from '../../identity/activity/activity.service.js';
import type { Language } from '../../locales/texts.js';
import { Endings } from '../../oidc/endings.service.js';
import { Sessions } from '../../oidc/sessions.service.js';
import type { LiveSession, SignedIn } from '../../oidc/sessions.service.js';
import { Sites } from '../../oidc/sites/sites.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';

/** A session as the page shows it; its sites are named. */
export interface SessionLine extends Pick<LiveSession, 'mark' | 'loginAt' | 'seenAt' | 'from' | 'sites'> {
  current: boolean;
}

/** Where an account is signed in, and ending it there. */
@Injectable()
export class AccountSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly sites: Sites,
    private readonly accounts: Accounts,
    private readonly activity: Activity,
    private readonly endings: Endings,
    private readonly db: Database,
  ) {}

  /** The session that asks comes first. */
  async list(who: SignedIn, language: Language): Promise<SessionLine[]> {
    const named = (clientId: string) => this.sites.remembered(clientId)?.name[language] ?? clientId;
    const lines = (await this.sessions.list(who.accountId)).map((session) => ({
      ...session,
      current: session.uid === who.uid,
      sites: session.sites.map(named),
    }));
    return lines.toSorted((a, b) => Number(b.current) - Number(a.current));
  }

  /**
   * Ends the session with this mark, at its sites too. Another account's is not told from one that has ended.
   * @returns whether it was the very session that asks: it has signed out then
   * @throws {Refusal} session.unknown (404)
   */
  async end({ accountId, uid }: SignedIn, mark: string): Promise<boolean> {
    const session = (await this.sessions.list(accountId)).find((one) => one.mark === mark);
    if (!session) throw new Refusal('session.unknown', { status: 404 });
    const own = session.uid === uid;
    await (own ? this.sessions.logOut(uid) : this.endElsewhere(session));
    return own;
  }

  /** Ends every session but the one that asks, and what sites may do while nobody is there. */
  async endOthers({ accountId, uid }: SignedIn): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.accounts.invalidateSessions(tx, accountId);
      await this.activity.record(tx, { account: accountId, kind: 'sessions-ended' });
      await this.endings.promise(tx, accountId, uid);
    });
    await this.endings.endNow(accountId, uid);
  }

  private async endElsewhere({ uid, accountId, from }: LiveSession): Promise<void> {
    await this.sessions.end(uid);
    await this.activity.note({ account: accountId, kind: 'session-ended', details: { ended: from } });
  }
}
