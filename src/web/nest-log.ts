import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/** What the framework, and code below the pages, says by Nest's own logger: warnings and errors go to our log. */
export class NestLog implements LoggerService {
  constructor(private readonly ours: Log) {}

  log(): void {}

  /** @param about whose word it is: the name its logger was made with */
  warn(text: unknown, about?: unknown): void {
    this.ours.warn({ about }, String(text));
  }

  /** @param rest an error or its stack, when there is one, and whose word it is */
  error(text: unknown, ...rest: unknown[]): void {
    this.ours.error({ err: rest.find((one) => one instanceof Error), about: rest.at(-1) }, String(text));
  }
}
