import { ownPath } from './exchange.js';
import type { Exchange } from './exchange.js';
import type { Attempt } from './relying-party.js';

/** As long as a person may take at the provider: its interactions live 20 minutes, each page anew. */
const ATTEMPT_SECONDS = 3600;
/** Tabs that may be on their way at once; cookies are shared by all ports of a host, and headers are finite. */
const MOST_ATTEMPTS = 5;

const cookieFor = (state: string): string => `attempt-${state.replace(/[^\w-]/g, '').slice(0, 12)}`;

/** Binds a login attempt to this browser by a cookie of its own, so that two tabs do not collide. */
export function keepAttempt(exchange: Exchange, attempt: Attempt): void {
  for (const old of exchange.cookieNames('attempt-').slice(0, 1 - MOST_ATTEMPTS)) exchange.setCookie(old, '', 0);
  const kept = Buffer.from(JSON.stringify(attempt)).toString('base64url');
  exchange.setCookie(cookieFor(attempt.state), kept, ATTEMPT_SECONDS);
}

/** The attempt that this answer belongs to, if this browser began it. It is used up. */
export function takeAttempt(exchange: Exchange): Attempt | undefined {
  const name = cookieFor(exchange.url.searchParams.get('state') ?? '');
  const kept = exchange.cookie(name);
  if (!kept) return undefined;
  exchange.setCookie(name, '', 0);
  try {
    const attempt = JSON.parse(Buffer.from(kept, 'base64url').toString()) as Attempt;
    return { ...attempt, next: ownPath(attempt.next) ?? '/' };
  } catch {
    return undefined;
  }
}
