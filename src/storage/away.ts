import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { Unavailable } from '../shared/refusal.js';

/** SQLSTATE classes of a connection lost or refused, too many of them, a shut-down, and of our own time-outs. */
const AWAY = /^(08|28|3D|53|57P|57014|55P03)/;
const LOST = /ECONNREFUSED|ECONNRESET|EPIPE|terminated|timeout|Connection ended/i;

const isAway = (error: unknown): boolean => {
  // What the next statement of a transaction meets when its connection broke between two of them.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  const { code, message } = error as { code?: string; message?: string };
  return AWAY.test(code ?? '') || LOST.test(`${code ?? ''} ${message ?? ''}`);
};

/** An error of PostgreSQL as it is told upwards: away means 503, anything else stays the bug that it is. */
export const told = (error: unknown): unknown =>
  error instanceof Unavailable || !isAway(error) ? error : new Unavailable('postgresql', 5, error);
