import type { Clock } from '../shared/clock.js';

/** An outside party does not answer, or not in time. */
export class GatewayDown extends Error {
  constructor(what: string, cause?: unknown) {
    super(`${what} does not answer`, { cause });
  }
}

const FAILURES = 5;
const REST_MS = 10_000;

/** After five failures in a row nobody waits for an outside party that is down: one try every ten seconds asks again. */
export class CircuitBreaker {
  private failures = 0;
  private closedUntil = 0;

  constructor(
    private readonly what: string,
    private readonly clock: Clock,
    private readonly timeoutMs: number,
  ) {}

  /** @throws {GatewayDown} when the work fails, takes too long, or has been failing */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.clock.ms() < this.closedUntil) throw new GatewayDown(this.what);
    // The one that asks again closes the door behind it: a crowd does not wait for what is still down.
    if (this.failures >= FAILURES) this.closedUntil = this.clock.ms() + REST_MS;
    try {
      const result = await this.inTime(work);
      this.failures = 0;
      this.closedUntil = 0;
      return result;
    } catch (cause) {
      this.failures += 1;
      if (this.failures >= FAILURES) this.closedUntil = this.clock.ms() + REST_MS;
      throw new GatewayDown(this.what, cause);
    }
  }

  private async inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    const late = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    return Promise.race([work(signal), late]);
  }
}
