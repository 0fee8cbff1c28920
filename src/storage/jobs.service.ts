import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { Unavailable } from '../shared/refusal.js';
import { outsideVisits } from '../shared/visit.js';
import { JobEntity } from './job.entity.js';
import { Database } from './transactions.js';
import type { Tx } from './transactions.js';
import { uuidv7 } from './uuid.js';

const POLL_MS = 5000;
const BATCH = 20;
const MOST_ATTEMPTS = 8;
/** For so long a job belongs to the process that took it; if that one dies, another takes it then. */
const LEASE_SECONDS = 120;
const FIRST_RETRY_SECONDS = 5;
const LAST_RETRY_SECONDS = 3600;

interface Taken {
  id: string;
  kind: string;
  payload: Record<string, unknown>;
  attempts: number;
}

type Work = (payload: Record<string, unknown>) => Promise<void>;

interface How {
  most?: number;
  lost?: Work;
}

interface Handler {
  work: Work;
  most: number;
  lost?: Work;
}

/**
 * Jobs: rows of the commit that they follow, taken with `for update skip locked`, due by `Clock`. Started at once after
 * the commit; the poller is the safety net. The handler lives with the use case that adds the job.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Jobs');
  private readonly handlers = new Map<string, Handler>();
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  private again = false;
  private closed = false;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @param job.payload ids only, no personal data @param job.due at once unless given */
  async add(tx: Tx, job: { kind: string; payload?: object; due?: Date }): Promise<void> {
    const now = this.clock.now();
    await tx.insert(JobEntity, {
      id: uuidv7(now.getTime()),
      kind: job.kind,
      payload: { ...job.payload } as never,
      due: job.due ?? now,
      attempts: 0,
    });
  }

  /**
   * @param how.most attempts before it is given up; `Infinity` for what was promised to a person
   * @param how.lost what follows when it is given up
   */
  handle(kind: string, work: Work, { most = MOST_ATTEMPTS, lost }: How = {}): void {
    this.handlers.set(kind, { work, most, lost });
  }

  /** Work that comes back, at once and then a period after it was done; however many processes start, one does it. */
  async recur(kind: string, periodMs: number, work: () => Promise<void>): Promise<void> {
    const again = async () => {
      await work();
      await this.addOnce(kind, new Date(this.clock.ms() + periodMs));
    };
    this.handle(kind, again, { most: Infinity });
    await this.addOnce(kind, this.clock.now());
  }

  /** One waiting job of a kind is enough. */
  private async addOnce(kind: string, due: Date): Promise<void> {
    await this.db.transaction(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext($1))`, [`job.${kind}`]);
      const waiting = (await tx.query('select 1 from jobs where kind = $1 and due >= $2 limit 1', [kind, due])) as [];
      if (waiting.length === 0) await this.add(tx, { kind, due });
    });
  }

  onApplicationBootstrap(): void {
    this.db.onCommit(() => this.wake());
    this.timer = setInterval(() => this.wake(), POLL_MS);
    this.timer.unref();
    this.wake();
  }

  /** Before the connections are closed, so that what is done is also struck off. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Does everything that has fallen due. */
  async runDue(): Promise<void> {
    await this.running;
    while (!this.closed && (await this.batch()) > 0);
    await this.running;
  }

  private wake(): void {
    this.again = true;
    if (this.closed || this.running) return;
    this.running = this.drain().finally(() => {
      this.running = undefined;
    });
  }

  private async drain(): Promise<void> {
    while (this.again && !this.closed) {
      this.again = false;
      try {
        while ((await this.batch()) > 0 && !this.closed);
      } catch {
        // The database is away: the poller comes back.
        return;
      }
    }
  }

  /** Takes due jobs by moving their due time ahead, so that a process that dies leaves them to the next one. */
  private async batch(): Promise<number> {
    const kinds = [...this.handlers.keys()];
    if (kinds.length === 0) return 0;
    const now = this.clock.now();
    const until = new Date(now.getTime() + LEASE_SECONDS * 1000);
    const [taken] = (await this.db.query(
      `update jobs set attempts = attempts + 1, due = $4
       where id in (select id from jobs where due <= $1 and kind = any($2) order by due limit $3 for update skip locked)
       returning id, kind, payload, attempts`,
      [now, kinds, BATCH, until],
    )) as unknown as [Taken[], number];
    await outsideVisits(async () => Promise.all(taken.map(async (job) => this.run(job))));
    return taken.length;
  }

  private async run(job: Taken): Promise<void> {
    const { work, most, lost } = this.handlers.get(job.kind) as Handler;
    try {
      await work(job.payload);
    } catch (error) {
      const about = `${job.kind} ${job.id}, attempt ${job.attempts}`;
      if (job.attempts < most) {
        this.log.warn(`${about}: ${(error as Error).constructor.name}`);
        return this.retryLater(job, error);
      }
      this.log.error(`${about}: given up`, error);
      await lost?.(job.payload);
    }
    await this.db.query('delete from jobs where id = $1', [job.id]);
  }

  /** Later with each attempt, and not before what is away says that it is worth trying. */
  private async retryLater({ id, attempts }: Taken, error: unknown): Promise<void> {
    const asked = error instanceof Unavailable ? error.retryAfter : 0;
    const growing = Math.min(FIRST_RETRY_SECONDS * 2 ** (attempts - 1), LAST_RETRY_SECONDS);
    const due = new Date(this.clock.ms() + Math.max(asked, growing) * 1000);
    await this.db.query('update jobs set due = $2 where id = $1', [id, due]);
  }
}
