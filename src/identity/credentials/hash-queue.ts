import { availableParallelism } from 'node:os';
import { Unavailable } from '../../shared/refusal.js';

const LONGEST_QUEUE = 64;

/**
 * At most cores − 1 hashes at once, or pages and hops starve beside a storm of logins (PERFORMANCE 4.2). Beyond a
 * bounded queue the answer is 503 with a time to come back.
 */
export class HashQueue {
  private readonly most = Math.max(1, availableParallelism() - 1);
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @throws {Unavailable} when the queue is full */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.turn();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async turn(): Promise<void> {
    if (this.running < this.most) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= LONGEST_QUEUE) throw new Unavailable('password-hash', 5);
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** The place goes to who has waited longest: a newcomer cannot take it and send that one to the end again. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) return next();
    this.running -= 1;
  }
}
