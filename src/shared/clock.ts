import { Injectable } from '@nestjs/common';

/** The only source of time for our own records. In a demonstration `/sandbox/clock` moves it; tests do the same. */
@Injectable()
export class Clock {
  private ahead = 0;

  /** Milliseconds since 1970. */
  ms(): number {
    return Date.now() + this.ahead;
  }

  now(): Date {
    return new Date(this.ms());
  }

  /** Moves this process's time forward. @param seconds may not be negative @returns the new time */
  advance(seconds: number): Date {
    this.ahead += Math.max(0, seconds) * 1000;
    return this.now();
  }
}
