import { Injectable } from '@nestjs/common';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { Env } from '../config/env.js';

/** Our log: JSON lines. Route patterns, ids and codes of refusals; never addresses, codes or personal data. */
@Injectable()
export class Log {
  private readonly logger: Logger;

  constructor(env: Env) {
    this.logger = pino({ level: env.logLevel, base: null });
  }

  info(fields: object, message: string): void {
    this.logger.info(fields, message);
  }

  warn(fields: object, message: string): void {
    this.logger.warn(fields, message);
  }

  /** An error's stack is ours; its message may quote what came in, so only the kind and the frames are kept. */
  error(fields: { err?: unknown } & Record<string, unknown>, message: string): void {
    const { err, ...rest } = fields;
    const { name, stack } = (err ?? {}) as { name?: string; stack?: string };
    const frames = stack
      ?.split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 12);
    this.logger.error({ ...rest, error: name, frames }, message);
  }
}
