import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import type { RefusalCode } from '../../locales/texts.js';
import { chinaDay, secondsLeftOfChinaDay } from '../../shared/china-time.js';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { ShortLived, storeKey } from '../../storage/short-lived.js';

export type Window = 'hour' | 'day';
/** What is counted: who acts, from where, at whom, or the whole service (DESIGN 6). */
export type SubjectKind = 'actor' | 'address' | 'target' | 'device' | 'service';

const HOUR_MS = 3_600_000;
const DAY_SECONDS = 86_400;

/** An IPv6 address is counted by its /64: that is what one subscriber has. */
export function addressSubject(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::') as [string, string?];
  const start = head.split(':').filter(Boolean);
  const end = tail.split(':').filter(Boolean);
  const zeros = address.includes('::') ? Array.from({ length: 8 - start.length - end.length }, () => '0') : [];
  return [...start, ...zeros, ...end].slice(0, 4).join(':');
}

/**
 * Every costly or answering act is counted: `increment(limit:<name>:<subject>:<window by Clock>)`. Days are China days.
 * `LIMITS=off` switches counting per number, address and service off; what guards a single code is counted elsewhere.
 */
@Injectable()
export class Limits {
  constructor(
    private readonly store: ShortLived,
    private readonly blind: BlindIndex,
    private readonly clock: Clock,
    private readonly env: Env,
  ) {}

  /** Counts one act. @throws {Refusal} `code` (`limit.wait` unless given) with the seconds until it is worth trying */
  async count(
    name: string,
    kind: SubjectKind,
    subject: string,
    most: number,
    window: Window,
    code: RefusalCode = 'limit.wait',
  ): Promise<void> {
    if (this.env.limits) await this.guard(name, this.subject(kind, subject), most, window, code);
  }

  /** As `count`, for what guards one account: it holds with `LIMITS=off` too. @throws {Refusal} `code` */
  async guard(name: string, subject: string, most: number, window: Window, code: RefusalCode): Promise<void> {
    const { key, seconds } = this.window(name, subject, window);
    const count = await this.store.increment(key, DAY_SECONDS);
    if (count > most) {
      throw new Refusal(code, { retryAfter: seconds, values: { minutes: Math.ceil(seconds / 60) } });
    }
  }

  /** What says that the tries of this China day are used up, and for how long that holds. */
  closedTillTomorrow(code: RefusalCode, more: { field?: string; values?: Record<string, string> } = {}): Refusal {
    return new Refusal(code, { ...more, retryAfter: secondsLeftOfChinaDay(this.clock.now()) });
  }

  /** Counts one act that guards a person, not a budget: it counts with `LIMITS=off` too. @returns the new count */
  async add(name: string, subject: string, window: Window = 'day'): Promise<number> {
    return this.store.increment(this.window(name, subject, window).key, DAY_SECONDS);
  }

  /** Takes one act back that came to nothing. */
  async giveBack(name: string, subject: string, window: Window = 'day'): Promise<void> {
    await this.store.increment(this.window(name, subject, window).key, DAY_SECONDS, -1);
  }

  /** The count so far. */
  async read(name: string, subject: string, window: Window = 'day'): Promise<number> {
    return Number((await this.store.get(this.window(name, subject, window).key)) ?? 0);
  }

  /** The count of an address, device or target so far, without adding to it. */
  async seen(name: string, kind: SubjectKind, subject: string, window: Window): Promise<number> {
    return this.read(name, this.subject(kind, subject), window);
  }

  private subject(kind: SubjectKind, subject: string): string {
    if (kind === 'address') return this.blind.text('address', addressSubject(subject));
    if (kind === 'device') return this.blind.text('device', subject);
    return subject;
  }

  private window(name: string, subject: string, window: Window): { key: string; seconds: number } {
    const now = this.clock.now();
    const hour = Math.floor(now.getTime() / HOUR_MS);
    const label = window === 'day' ? chinaDay(now) : `h${hour}`;
    const seconds =
      window === 'day' ? secondsLeftOfChinaDay(now) : Math.ceil(((hour + 1) * HOUR_MS - now.getTime()) / 1000);
    return { key: storeKey('limit', `${name}:${subject}:${label}`), seconds };
  }
}
