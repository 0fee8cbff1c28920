import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Amr } from '../../shared/account.js';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import type { Whereabouts } from '../../shared/whereabouts.js';
import { Records } from '../../storage/records.js';
import { drawNumbers } from './numbers.js';
import { refuseUnanswerable, refuseUnscannable, stateOf } from './ticket.js';
import type { Ticket, TicketHolder, TicketState } from './ticket.js';
import { TicketChanges } from './ticket-changes.service.js';
import { TicketLocks } from './ticket-locks.service.js';

const KIND = 'app-ticket';
const JOURNEY = 'app-journey';
const TICKET_BYTES = 16;
const LIFE_MS = 120_000;
/** Whoever scans at the last moment still has the time to pick a number. */
const SCANNED_MS = 60_000;
/** For so long it is told what became of a ticket. */
const REMEMBERED_SECONDS = 1200;
const LONGEST_LOGIN_MS = 30 * 86_400_000;

/** The ticket of a waiting page. */
export interface WaitingTicket {
  ticket: string;
  state: TicketState;
  secondsLeft: number;
  number?: number;
  byLink: boolean;
  wrongNumber: boolean;
}

/** A login of the app, as far as tickets ask. */
export interface TicketApp extends TicketHolder {
  loginAt: Date;
  amr: readonly Amr[];
}

/** Whose login it was that the app has confirmed. */
export interface ConfirmedTicket extends TicketHolder {
  confirmedAt: Date;
  amr: readonly Amr[];
}

/**
 * Logins that wait to be confirmed in the government app. The ticket in the picture only lets an app scan; only
 * the browser's own interaction can use what was confirmed. Each step is one compare-and-set.
 */
@Injectable()
export class AppTickets {
  constructor(
    private readonly records: Records,
    private readonly changes: TicketChanges,
    private readonly locks: TicketLocks,
    private readonly clock: Clock,
  ) {}

  /** Makes the journey's new ticket, of 128 bits; the one before is over. */
  async issue(journey: string, site: string, from: Whereabouts): Promise<WaitingTicket> {
    await this.close(journey);
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    const at = this.clock.ms();
    const kept: Ticket = { state: 'created', journey, site, from, at, until: at + LIFE_MS };
    await this.records.put(KIND, ticket, kept, REMEMBERED_SECONDS);
    await this.records.put(JOURNEY, journey, { ticket }, REMEMBERED_SECONDS);
    return this.waiting(ticket, kept);
  }

  /** The journey's ticket, as its page shows it; `undefined` before there is one. */
  async of(journey: string): Promise<WaitingTicket | undefined> {
    const ticket = await this.ticketOf(journey);
    const kept = ticket === undefined ? undefined : await this.records.get<Ticket>(KIND, ticket);
    return ticket === undefined || !kept ? undefined : this.waiting(ticket, kept);
  }

  private waiting(ticket: string, kept: Ticket): WaitingTicket {
    const now = this.clock.ms();
    return {
      ticket,
      state: stateOf(kept, now),
      secondsLeft: Math.max(0, Math.ceil((kept.until - now) / 1000)),
      number: kept.number,
      byLink: kept.byLink === true,
      wrongNumber: kept.wrongNumber === true,
    };
  }

  /** Marks it as scanned by this login of the app. @throws {Refusal} ticket.unknown (404), .closed, and as `refuseUnscannable` */
  async scan(ticket: string, app: TicketApp, byLink: boolean): Promise<Ticket> {
    await this.locks.refuseClosed(app.accountId);
    return this.step(ticket, (kept, now) => {
      refuseUnscannable(kept, now);
      const until = Math.max(kept.until, now + SCANNED_MS);
      return { ...kept, ...drawNumbers(), state: 'scanned', holder: holderOf(app), byLink, until };
    });
  }

  /**
   * @throws {Refusal} ticket.wrong-number, which ends it; app.login-old, app.login-scanned (403): a login of the app that
   * may not confirm others; ticket.closed, .unknown (404), and as `refuseUnanswerable`
   */
  async confirm(ticket: string, app: TicketApp, number: number): Promise<void> {
    await this.locks.refuseClosed(app.accountId);
    this.refuseWeak(app);
    const { wrongNumber } = await this.step(ticket, (kept, now) => {
      refuseUnanswerable(kept, app, now);
      if (kept.number !== number) return { ...kept, state: 'denied', wrongNumber: true };
      return { ...kept, state: 'confirmed', confirmedAt: now, amr: app.amr };
    });
    if (!wrongNumber) return;
    await this.locks.wrong(app.accountId);
    throw new Refusal('ticket.wrong-number', { field: 'number' });
  }

  /** @throws {Refusal} ticket.unknown (404), and as `refuseUnanswerable` */
  async deny(ticket: string, app: TicketApp): Promise<void> {
    await this.step(ticket, (kept, now) => {
      refuseUnanswerable(kept, app, now);
      return { ...kept, state: 'denied' };
    });
  }

  /** Uses what was confirmed for this journey: of any number at once, one does. @returns `undefined` when there is nothing to use */
  async use(journey: string): Promise<ConfirmedTicket | undefined> {
    const ticket = await this.ticketOf(journey);
    const held = ticket === undefined ? undefined : await this.records.held<Ticket>(KIND, ticket);
    if (ticket === undefined || !held) return undefined;
    const { value } = held;
    if (stateOf(value, this.clock.ms()) !== 'confirmed' || value.journey !== journey) return undefined;
    if (!(await held.step({ ...value, state: 'used' }, REMEMBERED_SECONDS))) return undefined;
    await this.changes.tell(ticket);
    const { holder, confirmedAt, amr } = value as Ticket & { holder: TicketHolder; confirmedAt: number };
    return { ...holder, confirmedAt: new Date(confirmedAt), amr: amr ?? [] };
  }

  /** A code that is not shown any more says so to whoever scans it. */
  private async close(journey: string): Promise<void> {
    const ticket = await this.ticketOf(journey);
    const held = ticket === undefined ? undefined : await this.records.held<Ticket>(KIND, ticket);
    if (held && stateOf(held.value, this.clock.ms()) !== 'expired')
      await held.step({ ...held.value, state: 'used' }, REMEMBERED_SECONDS);
  }

  /** An old login of the app may be a thief's, and one that was itself confirmed by another app would live for ever. */
  private refuseWeak({ loginAt, amr }: TicketApp): void {
    if (this.clock.ms() - loginAt.getTime() >= LONGEST_LOGIN_MS) throw new Refusal('app.login-old', { status: 403 });
    if (amr.includes('mca')) throw new Refusal('app.login-scanned', { status: 403 });
  }

  private async step(ticket: string, next: (kept: Ticket, now: number) => Ticket): Promise<Ticket> {
    for (;;) {
      const held = await this.records.held<Ticket>(KIND, ticket);
      if (!held) throw new Refusal('ticket.unknown', { status: 404 });
      const stepped = next(held.value, this.clock.ms());
      // Who comes second finds what the first has made of it, and is refused for that.
      if (!(await held.step(stepped, REMEMBERED_SECONDS))) continue;
      await this.changes.tell(ticket);
      return stepped;
    }
  }

  private async ticketOf(journey: string): Promise<string | undefined> {
    return (await this.records.get<{ ticket: string }>(JOURNEY, journey))?.ticket;
  }
}

const holderOf = ({ accountId, clientId, tokenId, grantId }: TicketApp): TicketHolder => ({
  accountId,
  clientId,
  tokenId,
  grantId,
});
