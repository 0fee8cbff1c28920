import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Jobs } from '../../storage/jobs.service.js';
import { Database } from '../../storage/transactions.js';
import { uuidv7 } from '../../storage/uuid.js';
import { CurrentProvider } from '../current-provider.service.js';
import { SessionStore } from '../session-store.js';
import { failedBy } from './delivery-reasons.js';
import type { Failed } from './delivery-reasons.js';
import type { Tellable } from './held-back.js';
import type { DeliveryState, LogoutDeliveryEntity } from './logout-delivery.entity.js';
import { LogoutRecords } from './logout-records.service.js';

/** Whether a site has taken its logout token. */
export interface Told {
  site: string;
  ok: boolean;
}

/** A site's part of a session that is over. */
export interface SiteLeft {
  site: string;
  /** Absent: all that the site knows of the subject. */
  sid?: string;
}

/** A logout token to be delivered: signed when its time has come. */
interface Delivery extends SiteLeft {
  account: string;
  tries: number;
  /** Under which it is kept, and when it began, in `Clock` milliseconds. */
  id: string;
  at: number;
}

type Outcome = { state: 'told' } | ({ state: 'waiting' | 'dropped' } & Failed);

const JOB = 'oidc.logout-token';
/** Three tries in ten minutes after the first one failed. */
const AGAIN_AFTER_SECONDS = [30, 120, 420];

/** Logout tokens by the back channel: side by side, and what fails becomes a job that signs a new token. */
@Injectable()
export class LogoutDeliveries implements OnModuleInit {
  private readonly log = new Logger('LogoutDeliveries');

  constructor(
    private readonly engine: CurrentProvider,
    private readonly jobs: Jobs,
    private readonly records: LogoutRecords,
    private readonly clock: Clock,
    private readonly sessions: SessionStore,
    private readonly db: Database,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, async (payload) => this.again(payload as unknown as Delivery));
  }

  /** Tells each site that wants to know. The guarded fetch bounds the time that a dead one costs. */
  async tell(account: string, left: readonly SiteLeft[]): Promise<Told[]> {
    const told = await Promise.all(left.map(async (one) => this.first(account, one)));
    return told.filter((one) => one !== undefined);
  }

  /** @returns `undefined` when the site takes no logout tokens */
  private async first(account: string, left: SiteLeft): Promise<Told | undefined> {
    const at = this.clock.ms();
    const delivery = { ...left, account, tries: 1, id: uuidv7(at), at };
    const outcome = await this.deliver(delivery);
    if (outcome.state === 'dropped') return undefined;
    if (outcome.state === 'told') this.records.note(this.kept(delivery, outcome));
    // What cannot be kept does not keep anybody signed in.
    if (outcome.state === 'waiting')
      await this.later(delivery, outcome).catch((error: Error) =>
        this.log.warn(`${left.site}: ${error.constructor.name}`),
      );
    return { site: left.site, ok: outcome.state === 'told' };
  }

  /** What is tried again is a job of the transaction that says so. */
  private async later(delivery: Delivery, outcome: Outcome): Promise<void> {
    const wait = AGAIN_AFTER_SECONDS[delivery.tries - 1];
    if (wait === undefined) return this.records.save([this.kept(delivery, { ...outcome, state: 'given-up' })]);
    const due = new Date(this.clock.ms() + wait * 1000);
    await this.db.transaction(async (tx) => {
      await this.records.save([this.kept(delivery, outcome, due)], tx);
      await this.jobs.add(tx, { kind: JOB, payload: delivery, due });
    });
  }

  /** The token is signed when its time has come. A job of an earlier release has no `id`, and counts its tries from 0. */
  private async again(job: Delivery): Promise<void> {
    const at = job.at ?? this.clock.ms();
    const delivery = { ...job, at, id: job.id ?? uuidv7(at), tries: job.tries + (job.id ? 1 : 2) };
    const isBack = delivery.sid === undefined && (await this.isBack(delivery));
    const outcome: Outcome = isBack ? { state: 'dropped', reason: 'logged-in-again' } : await this.deliver(delivery);
    if (outcome.state === 'waiting') return this.later(delivery, outcome);
    this.records.note(this.kept(delivery, outcome));
  }

  /** Whether the account has logged in at the site anew: a late token for the subject would end that login as well. */
  private async isBack({ account, site }: Delivery): Promise<boolean> {
    const uids = await this.sessions.ofAccount(account);
    const found = await Promise.all(uids.map(async (uid) => this.sessions.find(uid, site)));
    return found.some((session) => session?.sites[site] !== undefined);
  }

  private async deliver({ account, site, sid }: Delivery): Promise<Outcome> {
    try {
      const client = (await this.engine.get().Client.find(site)) as Tellable | undefined;
      if (!client?.backchannelLogoutUri) return { state: 'dropped', reason: 'no-client' };
      await client.sendLogoutToken(account, sid);
      return { state: 'told' };
    } catch (error) {
      return { state: 'waiting', ...failedBy(error) };
    }
  }

  private kept(
    { id, site, tries, at }: Delivery,
    outcome: { state: DeliveryState } & Partial<Failed>,
    nextAt: Date | null = null,
  ): LogoutDeliveryEntity {
    const { state, reason = null, status = null } = outcome;
    const lastAt = this.clock.now();
    return { id, clientId: site, state, tries, reason, status, at: new Date(at), lastAt, nextAt, test: false };
  }
}
