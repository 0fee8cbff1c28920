import type { Amr } from '../../shared/account.js';
import { Refusal } from '../../shared/refusal.js';
import type { Whereabouts } from '../../shared/whereabouts.js';

/** A login that waits for the government app: created → scanned → confirmed | denied → used | expired. */
export type TicketState = 'created' | 'scanned' | 'confirmed' | 'denied' | 'used' | 'expired';

/** Which login of the app scanned it: account and token go on together to the end. */
export interface TicketHolder {
  accountId: string;
  clientId: string;
  tokenId: string;
  grantId: string;
}

/** As it is kept. Times are `Clock` milliseconds. */
export interface Ticket {
  state: Exclude<TicketState, 'expired'>;
  /** The browser's interaction: no other one can use it. */
  journey: string;
  /** The site that is logged in to. */
  site: string;
  from: Whereabouts;
  at: number;
  until: number;
  holder?: TicketHolder;
  /** Opened by its link instead of being scanned. */
  byLink?: boolean;
  /** What the waiting page shows, and the three that the app offers. */
  number?: number;
  numbers?: readonly number[];
  /** Denied because another number was picked. */
  wrongNumber?: boolean;
  confirmedAt?: number;
  /** How the app's own login was proved. */
  amr?: readonly Amr[];
}

/** Where it stands now: what nobody has used in time is over. */
export function stateOf({ state, until }: Ticket, now: number): TicketState {
  const waits = state === 'created' || state === 'scanned' || state === 'confirmed';
  return waits && now >= until ? 'expired' : state;
}

const over = () => new Refusal('ticket.over', { status: 409 });
const expired = () => new Refusal('ticket.expired', { status: 410 });

/** Why it cannot be scanned. */
const UNSCANNABLE: Record<Exclude<TicketState, 'created'>, () => Refusal> = {
  scanned: () => new Refusal('ticket.scanned', { status: 409 }),
  confirmed: () => new Refusal('ticket.scanned', { status: 409 }),
  denied: over,
  used: over,
  expired,
};

/** Why nothing can be answered to it. */
const UNANSWERABLE: Record<Exclude<TicketState, 'scanned'>, () => Refusal> = {
  created: () => new Refusal('ticket.not-scanned', { status: 409 }),
  confirmed: over,
  denied: over,
  used: over,
  expired,
};

/** @throws {Refusal} ticket.scanned, .over (409), .expired (410) */
export function refuseUnscannable(ticket: Ticket, now: number): void {
  const state = stateOf(ticket, now);
  if (state !== 'created') throw UNSCANNABLE[state]();
}

/** @throws {Refusal} ticket.not-scanned, .over (409), .expired (410), .other-app (403) for another account or token than scanned it */
export function refuseUnanswerable(ticket: Ticket, by: TicketHolder, now: number): void {
  const state = stateOf(ticket, now);
  if (state !== 'scanned') throw UNANSWERABLE[state]();
  const { accountId, tokenId } = ticket.holder as TicketHolder;
  if (accountId !== by.accountId || tokenId !== by.tokenId) throw new Refusal('ticket.other-app', { status: 403 });
}
