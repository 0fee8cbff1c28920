import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { chinaDay } from '../../shared/china-time.js';
import { Clock } from '../../shared/clock.js';
import type { FailureFilter, FailureRecord } from './failure-records.service.js';
import { FailureRecords } from './failure-records.service.js';
import { errorIdOf, keyOf } from './fault.js';
import type { Fault } from './fault.js';

const FLUSH_MS = 1000;
const RETRY_MS = 10_000;
/** Of one site, endpoint and cause on one day; whatever else comes is counted in one more record. */
const MOST_DIFFERENT = 10;

/**
 * Failed protocol requests, gathered in memory and written together, once a second at most: a request never waits for
 * it, and a stranger who sends thousands of bad ones makes a handful of rows. What a process has gathered and not yet
 * written is lost with it if it dies.
 */
@Injectable()
export class Failures implements BeforeApplicationShutdown {
  private readonly log = new Logger('Failures');
  private waiting = new Map<string, FailureRecord>();
  /** Keys of this day that have a record of their own, by site, endpoint and cause. */
  private different = new Map<string, Set<string>>();
  private day = '';
  private timer?: NodeJS.Timeout;
  private writing?: Promise<void>;

  constructor(
    private readonly records: FailureRecords,
    private readonly clock: Clock,
  ) {}

  /** The id under which this failure is found; equal failures of a day have the same one. */
  idOf(fault: Fault): string {
    return errorIdOf(this.placed(fault).key);
  }

  /** Counts it; written a little later. */
  add(fault: Fault): void {
    const { key, kept } = this.placed(fault);
    const latest = recordOf(key, kept, this.clock.now());
    this.waiting.set(key, together(this.waiting.get(key), latest));
    this.later(FLUSH_MS);
  }

  /** Those of one site, the latest of this process included. @see FailureRecords.of */
  async of(clientId: string, filter?: FailureFilter): Promise<FailureRecord[]> {
    await this.flush();
    return this.records.of(clientId, filter);
  }

  /** @see FailureRecords.byId */
  async byId(errorId: string): Promise<FailureRecord[]> {
    await this.flush();
    return this.records.byId(errorId);
  }

  /** Before the connections are closed. */
  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.flush();
    clearTimeout(this.timer);
  }

  /** Writes what has been gathered, one flush after the other; what cannot be written waits for the next. */
  async flush(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.waiting.size === 0) return;
    this.writing = this.write().finally(() => {
      this.writing = undefined;
    });
    await this.writing;
  }

  private async write(): Promise<void> {
    const batch = this.waiting;
    this.waiting = new Map();
    try {
      await this.records.add([...batch.values()]);
    } catch (error) {
      this.log.warn(`not written yet: ${(error as Error).constructor.name}`);
      for (const [key, one] of batch) {
        const since = this.waiting.get(key);
        this.waiting.set(key, since ? together(one, since) : one);
      }
      this.later(RETRY_MS);
    }
  }

  private later(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, ms).unref();
  }

  /** Which record it belongs to: its own, or the common one when there are too many different ones of its kind. */
  private placed(fault: Fault): { key: string; kept: Fault } {
    const day = chinaDay(this.clock.now());
    if (day !== this.day) this.different = new Map();
    this.day = day;
    const kind = JSON.stringify([fault.site, fault.endpoint, fault.cause]);
    const own = this.different.get(kind) ?? new Set();
    this.different.set(kind, own);
    const key = keyOf(day, fault);
    if (own.size < MOST_DIFFERENT) own.add(key);
    if (own.has(key)) return { key, kept: fault };
    const kept = { ...fault, various: true };
    return { key: keyOf(day, kept), kept };
  }
}

/** Counted together, by the values of the later one: who mends one thing looks at what came of it. */
function together(before: FailureRecord | undefined, latest: FailureRecord): FailureRecord {
  if (!before) return latest;
  return { ...latest, count: before.count + latest.count, firstAt: before.firstAt };
}

function recordOf(key: string, fault: Fault, now: Date): FailureRecord {
  const { site, endpoint, error, cause, parameter, expected, came, various } = fault;
  return {
    key,
    errorId: errorIdOf(key),
    clientId: site,
    endpoint,
    error,
    cause,
    parameter: parameter ?? null,
    expected: expected.length > 0 ? expected.join('\n') : null,
    received: came.text ?? null,
    receivedLength: came.length ?? null,
    various: various ?? false,
    count: 1,
    firstAt: now,
    lastAt: now,
  };
}
