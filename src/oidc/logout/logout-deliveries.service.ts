import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Jobs } from '../../storage/jobs.service.js';
import { Database } from '../../storage/transactions.js';
import { CurrentProvider } from '../current-provider.service.js';
import { SessionStore } from '../session-store.js';

/** Whether a site has taken its logout token. */
export interface Told {
  site: string;
  ok: boolean;
}

/** A logout token to be delivered: signed when its time has come. */
export interface Delivery {
  account: string;
  site: string;
  /** Absent: all that the site knows of the subject. */
  sid?: string;
  tries: number;
}

const JOB = 'oidc.logout-token';
/** Three tries in ten minutes after the first one failed. */
const AGAIN_AFTER_SECONDS = [30, 120, 420];

type Tellable = { backchannelLogoutUri?: string; backchannelLogout(sub: string, sid?: string): Promise<void> };

/** Logout tokens by the back channel: side by side, and what fails becomes a job that signs a new token. */
@Injectable()
export class LogoutDeliveries implements OnModuleInit {
  private readonly log = new Logger('LogoutDeliveries');

  constructor(
    private readonly engine: CurrentProvider,
    private readonly jobs: Jobs,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly sessions: SessionStore,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, async (payload) => this.again(payload as unknown as Delivery));
  }

  /** Tells each site that wants to know. The guarded fetch bounds the time that a dead one costs. */
  async tell(account: string, logins: readonly { site: string; sid?: string }[]): Promise<Told[]> {
    const told = await Promise.all(
      logins.map(async ({ site, sid }) => {
        const ok = await this.deliver(account, site, sid);
        if (ok === false) await this.keep({ account, site, sid, tries: 0 });
        return ok === undefined ? undefined : { site, ok };
      }),
    );
    return told.filter((one) => one !== undefined);
  }

  /** Keeps a first delivery that failed. What cannot be kept does not keep anybody signed in. */
  async keep(delivery: Delivery): Promise<void> {
    await this.later(delivery).catch((error: Error) => this.log.warn(`${delivery.site}: ${error.constructor.name}`));
  }

  /** The token is signed when its time has come. */
  private async later(delivery: Delivery): Promise<void> {
    const wait = AGAIN_AFTER_SECONDS[delivery.tries];
    if (wait === undefined) return;
    const due = new Date(this.clock.ms() + wait * 1000);
    await this.db.transaction(async (tx) => this.jobs.add(tx, { kind: JOB, payload: delivery, due }));
  }

  private async again(delivery: Delivery): Promise<void> {
    if (delivery.sid === undefined && (await this.isBack(delivery))) return;
    const ok = await this.deliver(delivery.account, delivery.site, delivery.sid);
    if (ok === false) await this.later({ ...delivery, tries: delivery.tries + 1 });
  }

  /** Whether the account has logged in at the site anew: a late token for the subject would end that login as well. */
  private async isBack({ account, site }: Delivery): Promise<boolean> {
    const uids = await this.sessions.ofAccount(account);
    const found = await Promise.all(uids.map(async (uid) => this.sessions.find(uid, site)));
    return found.some((session) => session?.sites[site] !== undefined);
  }

  /** @returns `undefined` when the site takes no logout tokens */
  private async deliver(account: string, site: string, sid?: string): Promise<boolean | undefined> {
    try {
      const client = (await this.engine.get().Client.find(site)) as Tellable | undefined;
      if (!client?.backchannelLogoutUri) return undefined;
      await client.backchannelLogout(account, sid);
      return true;
    } catch {
      return false;
    }
  }
}
