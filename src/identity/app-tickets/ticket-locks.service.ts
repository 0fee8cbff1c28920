import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import { ShortLived, storeKey } from '../../storage/short-lived.js';

const HOUR_SECONDS = 3600;

const wrongKey = (accountId: string): string => storeKey('ticket-wrong', accountId);
const closedKey = (accountId: string): string => storeKey('ticket-closed', accountId);

/** Whoever picks wrong numbers is being shown somebody else's code: after some within an hour the account's logins by scan rest. */
@Injectable()
export class TicketLocks {
  constructor(
    private readonly store: ShortLived,
    private readonly clock: Clock,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @throws {Refusal} ticket.closed with the time left */
  async refuseClosed(accountId: string): Promise<void> {
    const until = Number((await this.store.get(closedKey(accountId))) ?? 0);
    const seconds = Math.ceil((until - this.clock.ms()) / 1000);
    if (seconds <= 0) return;
    throw new Refusal('ticket.closed', { retryAfter: seconds, values: { minutes: Math.ceil(seconds / 60) } });
  }

  /** Counts a wrong number, whatever the hour by the clock: the last so many minutes count. */
  async wrong(accountId: string): Promise<void> {
    const { wrongNumbers, closedMinutes } = this.jurisdiction.limits.app;
    const now = this.clock.ms();
    await this.store.addMember(wrongKey(accountId), `${now}-${randomUUID()}`, HOUR_SECONDS);
    const times = (await this.store.members(wrongKey(accountId))).map((member) => Number.parseInt(member, 10));
    const lately = times.filter((at) => now - at < HOUR_SECONDS * 1000);
    if (lately.length < wrongNumbers) return;
    await this.store.set(closedKey(accountId), String(now + closedMinutes * 60_000), closedMinutes * 60);
  }
}
