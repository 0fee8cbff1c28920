import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { within } from '../../shared/within.js';
import { Jobs } from '../../storage/jobs.service.js';
import { Database } from '../../storage/transactions.js';
import { uuidv7 } from '../../storage/uuid.js';
import { Batch } from './batch.js';
import { LogoutCalls } from './logout-calls.service.js';
import type { Outcome } from './logout-calls.service.js';
import { LogoutClaims } from './logout-claims.service.js';
import type { SiteLeft } from './logout-claims.service.js';
import type { Failed } from './delivery-reasons.js';
import type { LogoutDeliveryEntity } from './logout-delivery.entity.js';
import { LogoutRecords } from './logout-records.service.js';

/** What a site knows of a login that is over. */
export interface Told {
  site: string;
  /** `waiting`: not yet, it goes on by itself; `none`: it takes no logout tokens. */
  state: 'told' | 'waiting' | 'none';
  /** Under which the delivery is kept. */
  id?: string;
}

/** A logout token to be delivered: signed when its time has come. */
interface Delivery {
  account: string;
  site: string;
  sid?: string;
  /** With the one that is due. */
  tries: number;
  /** Under which it is kept, and when it began, in `Clock` milliseconds. */
  id: string;
  at: number;
}

/** A delivery and what came of its try. */
interface Try {
  one: Delivery;
  outcome: Outcome;
  /** Nothing yet: the last try of all may succeed still. */
  pending?: boolean;
}

interface Tries {
  known: ReadonlyMap<Delivery, Outcome>;
  fault: Error | undefined;
}

const JOB = 'oidc.logout-token';
/** Three tries in ten minutes after the first one failed. */
const AGAIN_AFTER_SECONDS = [30, 120, 420];
/** A person waits so long at most for what sites answer. */
const HELD_MS = 1000;
/** Other jobs wait so long at most for one. */
const JOB_HELD_MS = 250;

/** No answer in time, so far. */
const PENDING: Outcome = { state: 'waiting', reason: 'timeout' };

/**
 * Logout tokens by the back channel, side by side. What has failed, or has no answer when time is up, is a job from then on
 * that signs a new token (docs/decisions/0050).
 */
@Injectable()
export class LogoutDeliveries implements OnModuleInit, BeforeApplicationShutdown {
  private readonly log = new Logger('LogoutDeliveries');
  private readonly late = new Set<Promise<void>>();
  /** Failures that the database did not take: kept once it is back, for signing out does not wait for it. */
  private readonly unkept = new Batch<Try>(async (failures) => this.keepFailed(failures));

  constructor(
    private readonly calls: LogoutCalls,
    private readonly claims: LogoutClaims,
    private readonly records: LogoutRecords,
    private readonly jobs: Jobs,
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, async (payload) => this.again(payload as unknown as Delivery));
  }

  /** What is under way comes to its end before the connections are closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.late);
    await this.unkept.flush();
    await this.records.flush();
  }

  /** Tells each site once, whatever else ends the same logins now. @returns what is known in a second, without what others tell */
  async tell(account: string, left: readonly SiteLeft[]): Promise<Told[]> {
    const mine = await Promise.all(left.map(async (one) => this.claims.claim(one)));
    const at = this.clock.ms();
    const deliveries = left
      .filter((_one, index) => mine[index])
      .map(({ site, sid }) => ({ account, site, sid, tries: 1, id: uuidv7(at), at }));
    const { known, fault } = await this.inTime(deliveries, HELD_MS);
    if (fault) for (const [one, outcome] of known) if (outcome.state === 'waiting') this.unkept.add({ one, outcome });
    return deliveries.map((one) => toldOf(one, known.get(one)));
  }

  /** The token is signed when its time has come. A job of an earlier release has no `id`, and counts the tries after the first. */
  private async again(job: Delivery): Promise<void> {
    const at = job.at ?? this.clock.ms();
    const delivery = { ...job, at, id: job.id ?? uuidv7(at), tries: job.tries + (job.id ? 1 : 2) };
    const state = (await this.records.states([delivery.id])).get(delivery.id);
    // The try before was answered after this job had been written.
    if (state === 'told' || state === 'dropped') return;
    const { account, site, sid } = delivery;
    if (sid === undefined && (await this.claims.isBack(account, site, at)))
      return this.records.note(this.kept({ one: delivery, outcome: { state: 'dropped', reason: 'logged-in-again' } }));
    const { fault } = await this.inTime([delivery], JOB_HELD_MS);
    // The runner tries a job again that could not leave another one behind.
    if (fault) throw fault;
  }

  /**
   * One try of each. What has no outcome in time comes to it by itself, and is kept as what will be tried again.
   * @returns what is known in time, and why the rest was not kept
   */
  private async inTime(deliveries: readonly Delivery[], ms: number): Promise<Tries> {
    const known = new Map<Delivery, Outcome>();
    let keeping: Promise<Error | undefined> | undefined;
    const running = deliveries.map(async (one) => {
      const outcome = await this.calls.call(one.account, one.site, one.sid);
      if (keeping) return this.arrivedLate({ one, outcome }, await keeping);
      known.set(one, outcome);
    });
    await within(Promise.all(running), ms);
    keeping = this.keep(deliveries, known).then(
      () => undefined,
      (fault: Error) => fault,
    );
    for (const [index, one] of deliveries.entries()) if (!known.has(one)) this.follow(running[index] as Promise<void>);
    return { known, fault: await keeping };
  }

  /** What succeeded is written a little later; what did not, at once and with its jobs. */
  private async keep(deliveries: readonly Delivery[], known: ReadonlyMap<Delivery, Outcome>): Promise<void> {
    // A site that takes none was not to be told; one that took them when this began is.
    for (const [one, outcome] of known)
      if (outcome.state === 'told' || (outcome.state === 'dropped' && one.tries > 1))
        this.records.note(this.kept({ one, outcome }));
    const tries = deliveries.map((one) => ({ one, outcome: known.get(one) ?? PENDING, pending: !known.has(one) }));
    await this.keepFailed(tries.filter(({ outcome }) => outcome.state === 'waiting'));
  }

  private async keepFailed(failed: readonly Try[]): Promise<void> {
    if (failed.length === 0) return;
    await this.db.transaction(async (tx) => {
      await this.records.save(
        failed.map((one) => this.kept(one)),
        tx,
      );
      for (const { one } of failed) {
        const due = this.nextOf(one);
        if (due) await this.jobs.add(tx, { kind: JOB, payload: one, due });
      }
    });
  }

  /** @param fault why it was not kept as pending, if it was not */
  private async arrivedLate(late: Try, fault: Error | undefined): Promise<void> {
    if (late.outcome.state !== 'waiting') return this.records.note(this.kept(late));
    // A job is made again by its runner.
    if (fault) return late.one.tries === 1 ? this.unkept.add(late) : undefined;
    await this.records.save([this.kept(late)]);
  }

  private follow(running: Promise<void>): void {
    const followed = running
      .catch((error: Error) => this.log.warn(`a late one was not kept: ${error.constructor.name}`))
      .finally(() => this.late.delete(followed));
    this.late.add(followed);
  }

  private nextOf({ tries }: Delivery): Date | null {
    const wait = AGAIN_AFTER_SECONDS[tries - 1];
    return wait === undefined ? null : new Date(this.clock.ms() + wait * 1000);
  }

  private kept({ one, outcome, pending = false }: Try): LogoutDeliveryEntity {
    const { id, site, tries, at } = one;
    const { reason = null, status = null } = outcome as Partial<Failed>;
    const nextAt = outcome.state === 'waiting' ? this.nextOf(one) : null;
    const state = outcome.state === 'waiting' && !nextAt && !pending ? 'given-up' : outcome.state;
    const lastAt = this.clock.now();
    return { id, clientId: site, state, tries, reason, status, at: new Date(at), lastAt, nextAt, test: false };
  }
}

function toldOf({ site, id }: Delivery, outcome: Outcome | undefined): Told {
  if (outcome?.state === 'dropped') return { site, state: 'none' };
  return { site, state: outcome?.state === 'told' ? 'told' : 'waiting', id };
}
