import { fill } from '../locales/texts.js';
import type { Words } from './en.js';

type Reason = keyof Words['unreachable'];

/** What waiting does not change. */
const FOR_GOOD: readonly Reason[] = ['ENOTFOUND', 'CERTIFICATE'];
const CERTIFICATE = /CERT|SIGNATURE|ERR_TLS|ERR_SSL/;

/** The trial could not be made: nothing has been judged. */
export class NotMade extends Error {
  readonly exitCode = 2;
}

/** `fetch failed` tells nothing; its cause does, of several tries the first. */
function codeOf(error: unknown): string | undefined {
  const { cause, name } = error as { name?: string; cause?: { code?: string; errors?: { code?: string }[] } };
  return cause?.code ?? cause?.errors?.[0]?.code ?? (name === 'TimeoutError' ? 'ETIMEDOUT' : undefined);
}

function reasonOf(code: string, { unreachable }: Words): Reason | undefined {
  if (CERTIFICATE.test(code)) return 'CERTIFICATE';
  return Object.hasOwn(unreachable, code) ? (code as Reason) : undefined;
}

/** Why a portal did not answer, and what to do, in one sentence; what is no fault of the network says it itself. */
export function whyNot(error: unknown, words: Words): string {
  const code = codeOf(error);
  const reason = code === undefined ? undefined : reasonOf(code, words);
  if (code !== undefined && reason) return fill(words.unreachable[reason], { code });
  return code ?? (error as Error).message;
}

/** Whether it is no use to wait. */
export function isForGood(error: unknown, words: Words): boolean {
  const reason = reasonOf(codeOf(error) ?? '', words);
  return reason !== undefined && FOR_GOOD.includes(reason);
}
