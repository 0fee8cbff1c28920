import { readChallenge } from './challenge.js';
import type { ReadChallenge } from './challenge.js';
import type { HeldCertificate } from './held-certificate.js';
import type { UsbKey } from './usb-key.js';

/** Why nothing is signed: what a driver answers (docs/certificates.md). */
export type SigningFault =
  'malformed' | 'not-a-challenge' | 'other-issuer' | 'unknown-certificate' | 'no-key' | 'pin-locked' | 'busy';

/** How a request stands; `waiting` until somebody decides. */
export type Outcome =
  | { state: 'waiting' | 'cancelled' | 'no-key' | 'pin-locked' | 'timed-out' }
  | { state: 'wrong-pin'; tries: number }
  | { state: 'signed'; certificate: string; signature: string };

/** Something to sign that waits for its person. */
export interface SigningRequest {
  ticket: string;
  origin: string;
  challenge: ReadChallenge;
  by: HeldCertificate;
  outcome: Outcome;
  /** Milliseconds. */
  begun: number;
}

const TICKET = /^[0-9a-f]{32}$/;
const LIFE_MS = 2 * 60_000;
/** An answer is there to be read so much longer. */
const KEPT_MS = 5 * 60_000;
const MOST_WAITING = 10;

/** What pages have asked to be signed. Each is decided once, by the person, at the assistant's own window. */
export class SigningRequests {
  private readonly all = new Map<string, SigningRequest>();

  constructor(
    private readonly key: UsbKey,
    private readonly now: () => number,
  ) {}

  /** @param origin of the page that asks @returns what is wrong with it */
  order(origin: string, asked: { ticket?: unknown; bytes?: unknown; thumbprint?: unknown }): SigningFault | undefined {
    this.forget();
    const { ticket, bytes, thumbprint } = asked;
    if (typeof ticket !== 'string' || !TICKET.test(ticket) || this.all.has(ticket)) return 'malformed';
    const challenge = readChallenge(bytes);
    if (!challenge) return 'not-a-challenge';
    if (challenge.issuer !== origin) return 'other-issuer';
    if (!this.key.inserted) return 'no-key';
    if (this.key.triesLeft <= 0) return 'pin-locked';
    const by = this.key.find(thumbprint);
    if (!by) return 'unknown-certificate';
    if (this.waiting() >= MOST_WAITING) return 'busy';
    this.all.set(ticket, { ticket, origin, challenge, by, outcome: { state: 'waiting' }, begun: this.now() });
    return undefined;
  }

  /** @returns `undefined` when nothing of this number has been asked, or it was long ago */
  get(ticket: unknown): SigningRequest | undefined {
    const found = typeof ticket === 'string' ? this.all.get(ticket) : undefined;
    if (!found || this.now() - found.begun > KEPT_MS) return undefined;
    const late = found.outcome.state === 'waiting' && this.now() - found.begun > LIFE_MS;
    if (late) found.outcome = { state: 'timed-out' };
    return found;
  }

  /** The person has typed a PIN: a request is worth one try, and then a new one must come. */
  confirm(request: SigningRequest, pin: string): void {
    if (request.outcome.state !== 'waiting') return;
    request.outcome = this.decided(request, pin);
  }

  cancel(request: SigningRequest): void {
    if (request.outcome.state === 'waiting') request.outcome = { state: 'cancelled' };
  }

  private decided({ challenge, by }: SigningRequest, pin: string): Outcome {
    if (!this.key.inserted) return { state: 'no-key' };
    const right = this.key.opensWith(pin);
    const tries = this.key.triesLeft;
    if (!right) return tries > 0 ? { state: 'wrong-pin', tries } : { state: 'pin-locked' };
    return { state: 'signed', certificate: by.text, signature: by.key.sign(challenge.bytes).toString('base64') };
  }

  private waiting(): number {
    return [...this.all.keys()].filter((ticket) => this.get(ticket)?.outcome.state === 'waiting').length;
  }

  private forget(): void {
    for (const [ticket, { begun }] of this.all) if (this.now() - begun > KEPT_MS) this.all.delete(ticket);
  }
}
