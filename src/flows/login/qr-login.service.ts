import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { AppTickets } from '../../identity/app-tickets/app-tickets.service.js';
import type { WaitingTicket } from '../../identity/app-tickets/app-tickets.service.js';
import { TicketChanges } from '../../identity/app-tickets/ticket-changes.service.js';
import type { TicketState } from '../../identity/app-tickets/ticket.js';
import { Limits } from '../../identity/limits/limits.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Refusal } from '../../shared/refusal.js';
import { whereaboutsOf } from '../../shared/whereabouts.js';
import { signInBy } from './sign-in.js';
import type { SignIn } from './sign-in.js';

/** Proxies give a silent request up after a minute or half of one. */
const LONGEST_WAIT_MS = 25_000;

/** Either somebody who is logged in by now, or what the page shows. */
export interface QrLook {
  who?: SignIn;
  ticket?: WaitingTicket;
  refusal?: Refusal;
}

/** Nobody keeps the answer, and nobody gets it who has left. */
function tell(response: Response, state: TicketState | undefined): void {
  if (response.closed || response.headersSent) return;
  response.set('cache-control', 'no-store').json({ state });
}

/** Login by a code that the government app scans: its page, and one method a button. */
@Injectable()
export class QrLogin {
  constructor(
    private readonly tickets: AppTickets,
    private readonly changes: TicketChanges,
    private readonly limits: Limits,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** Whether the province has such a login, and an app to scan with. */
  isOffered(i: CurrentInteraction): boolean {
    return this.jurisdiction.login.methods.includes('qr') && i.app !== undefined;
  }

  /** The page as it is now: what was confirmed logs in by itself, so that a page without script goes on. */
  async look(i: CurrentInteraction, request: Request, response: Response): Promise<QrLook> {
    try {
      const ticket = await this.show(i, request);
      return ticket.state === 'confirmed' ? { who: await this.finish(i, request, response) } : { ticket };
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.retryAfter !== undefined) response.set('retry-after', String(refusal.retryAfter));
      return { refusal, ticket: await this.tickets.of(i.uid) };
    }
  }

  /** The ticket of this journey as it is now; made when there is none yet. @throws {Refusal} page.not-found, limit.wait */
  async show(i: CurrentInteraction, request: Request): Promise<WaitingTicket> {
    this.refuseUnoffered(i);
    return (await this.tickets.of(i.uid)) ?? this.issue(i, request);
  }

  /** A new ticket, save that one nobody has scanned yet goes on: a second click changes nothing. @throws {Refusal} page.not-found, limit.wait */
  async renew(i: CurrentInteraction, request: Request): Promise<void> {
    this.refuseUnoffered(i);
    const ticket = await this.tickets.of(i.uid);
    if (ticket?.state !== 'created') await this.issue(i, request);
  }

  /** Logs in by what was confirmed. @throws {Refusal} page.not-found, and as the strategy does */
  async finish(i: CurrentInteraction, request: Request, response: Response): Promise<SignIn> {
    this.refuseUnoffered(i);
    return signInBy('qr', Object.assign(request, { qrLogin: { journey: i.uid } }), response);
  }

  /**
   * Answers when the ticket is no longer as the page has seen it, or after so long as a request may be silent. Nothing but the
   * answer to be given is kept meanwhile: thousands of pages wait at once.
   * @param seen the state on the page; without one it is told at once
   */
  async answer(i: CurrentInteraction, seen: unknown, response: Response): Promise<void> {
    this.refuseUnoffered(i);
    const now = await this.tickets.of(i.uid);
    if (!now || now.state !== seen || now.secondsLeft === 0) return tell(response, now?.state);
    const wait = Math.min(now.secondsLeft * 1000, LONGEST_WAIT_MS);
    const { uid } = i;
    const leave = this.changes.wait(now.ticket, wait, () => void this.tellNow(uid, response));
    response.once('close', leave);
    // What changed between reading it and waiting for it was told to nobody.
    const meanwhile = await this.tickets.of(uid);
    if (meanwhile?.state !== seen && leave()) tell(response, meanwhile?.state);
  }

  private async tellNow(journey: string, response: Response): Promise<void> {
    const ticket = await this.tickets.of(journey).catch(() => undefined);
    if (ticket) return tell(response, ticket.state);
    response.destroy();
  }

  private async issue(i: CurrentInteraction, request: Request): Promise<WaitingTicket> {
    const { app } = this.jurisdiction.limits;
    const address = request.ip ?? '';
    await this.limits.count('ticket.journey', 'actor', i.uid, app.ticketsPerJourneyHour, 'hour');
    await this.limits.count('ticket.address', 'address', address, app.ticketsPerAddressHour, 'hour');
    await this.limits.count('ticket.service', 'service', '', app.serviceHour, 'hour');
    return this.tickets.issue(i.uid, i.site.id, whereaboutsOf(request.headers['user-agent'], address));
  }

  private refuseUnoffered(i: CurrentInteraction): void {
    if (!this.isOffered(i)) throw new Refusal('page.not-found', { status: 404 });
  }
}
