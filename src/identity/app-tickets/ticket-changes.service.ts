import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { ShortLived, storeKey } from '../../storage/short-lived.js';

const TICK_MS = 1000;
/** Changes of so many seconds are one set; a process reads this one and the one before. */
const SPAN_MS = 4000;
const SPAN_LIFE_SECONDS = 30;

interface Waiting {
  until: number;
  done: () => void;
}

/** Names a ticket without being it. */
const markOf = (ticket: string): string => createHash('sha256').update(ticket).digest('base64url');
const spanKey = (ms: number): string => storeKey('ticket-changes', String(Math.floor(ms / SPAN_MS)));

/**
 * Tells waiting pages that their ticket has changed, also one that changed in another process: all that has changed
 * within some seconds is one set, which a process reads once a second, however many pages wait in it. Nobody misses more than a moment
 * by it: a page that was not told asks again.
 */
@Injectable()
export class TicketChanges {
  private readonly waiting = new Map<string, Set<Waiting>>();
  private timer?: NodeJS.Timeout;
  private ending = false;

  constructor(
    private readonly store: ShortLived,
    private readonly clock: Clock,
  ) {}

  /** Pages that wait in this process. */
  get count(): number {
    return [...this.waiting.values()].reduce((sum, ones) => sum + ones.size, 0);
  }

  /** After a step: here at once, elsewhere within a second. */
  async tell(ticket: string): Promise<void> {
    const mark = markOf(ticket);
    this.wake(mark);
    await this.store.addMember(spanKey(this.clock.ms()), mark, SPAN_LIFE_SECONDS);
  }

  /**
   * @param milliseconds at most
   * @param done called once: the ticket may have changed, or the time is over
   * @returns waits no longer, and says whether anybody still did
   */
  wait(ticket: string, milliseconds: number, done: () => void): () => boolean {
    const mark = markOf(ticket);
    const one: Waiting = { until: this.clock.ms() + milliseconds, done };
    this.waiting.set(mark, (this.waiting.get(mark) ?? new Set()).add(one));
    this.timer ??= setInterval(() => void this.tick(), TICK_MS).unref();
    if (this.ending) this.end(mark, one);
    return () => this.forget(mark, one);
  }

  /** Nobody is kept waiting by a process that ends. */
  release(): void {
    this.ending = true;
    for (const mark of this.waiting.keys()) this.wake(mark);
  }

  private async tick(): Promise<void> {
    const now = this.clock.ms();
    for (const [mark, ones] of this.waiting) for (const one of ones) if (one.until <= now) this.end(mark, one);
    if (this.waiting.size === 0) return this.rest();
    const spans = [spanKey(now - SPAN_MS), spanKey(now)];
    const changed = await Promise.all(spans.map(async (key) => this.store.members(key))).catch(() => []);
    for (const mark of changed.flat()) this.wake(mark);
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private wake(mark: string): void {
    for (const one of this.waiting.get(mark) ?? []) this.end(mark, one);
  }

  private end(mark: string, one: Waiting): void {
    if (this.forget(mark, one)) one.done();
  }

  private forget(mark: string, one: Waiting): boolean {
    const ones = this.waiting.get(mark);
    const waited = ones?.delete(one) ?? false;
    if (ones?.size === 0) this.waiting.delete(mark);
    return waited;
  }
}
