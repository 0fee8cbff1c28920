import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  ConstantBackoff,
  TimeoutStrategy,
  circuitBreaker,
  handleAll,
  handleWhen,
  retry,
  timeout,
  wrap,
} from 'cockatiel';

/** An outside party does not answer, not in time, or not in a way that we understand. */
export class GatewayDown extends Error {
  /** @param mayHaveArrived the other side may have done what it was asked: a message may be on its way */
  constructor(
    what: string,
    cause?: unknown,
    readonly mayHaveArrived = false,
  ) {
    super(`${what} does not answer`, { cause });
  }
}

/** The other side says that it has done nothing: throttled, no such key, a request that it does not understand. */
export class NotTaken extends Error {}

const TIMEOUT_MS = 3000;
const FAILURES = 5;
const REST_MS = 10_000;
const RETRY_AFTER_MS = 100;
const NO_CONNECTION = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** There was no connection, so nothing of the request has left. */
function neverLeft(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return NO_CONNECTION.has(code ?? cause?.code ?? '');
}

const didNothing = (error: unknown): boolean =>
  error instanceof BrokenCircuitError || error instanceof NotTaken || neverLeft(error);

/**
 * Somebody outside whom we ask: three seconds for an answer; once more where nothing has left yet, and only then, for what
 * was sent may have been done; after five failures in a row nobody waits any more, and one every ten seconds asks for all.
 * Its clock is the real one, as the world's is.
 */
export class OutsideParty {
  private readonly breaker = circuitBreaker(handleAll, {
    halfOpenAfter: REST_MS,
    breaker: new ConsecutiveBreaker(FAILURES),
  });
  private readonly policy;

  constructor(
    private readonly name: string,
    timeoutMs = TIMEOUT_MS,
  ) {
    const once = retry(handleWhen(neverLeft), { maxAttempts: 1, backoff: new ConstantBackoff(RETRY_AFTER_MS) });
    this.policy = wrap(this.breaker, timeout(timeoutMs, TimeoutStrategy.Aggressive), once);
  }

  /**
   * @param work one question; it ends with the signal. What it throws counts as a failure of the other side.
   * @throws {GatewayDown} when it fails, takes too long, or has been failing
   */
  async ask<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    // While one asks again for all, a crowd does not wait for what may still be down.
    if (this.breaker.state === CircuitState.HalfOpen) throw new GatewayDown(this.name);
    try {
      return await this.policy.execute(async ({ signal }) => work(signal));
    } catch (cause) {
      throw new GatewayDown(this.name, cause, !didNothing(cause));
    }
  }
}
