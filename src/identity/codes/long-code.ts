import { randomInt } from 'node:crypto';
import { Refusal } from '../../shared/refusal.js';
import type { RefusalCode } from '../../shared/refusal.js';

/** No look-alikes, as in the pictures: no 0 O, 1 I L, 2 Z, 5 S, 8 B. */
const ALPHABET = 'ACDEFGHJKMNPQRTUVWXY34679';
const LENGTH = 10;
const SHAPE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** A code that stands on its own, copied by hand from paper or a message: 46 bits, so that nobody finds one by trying. */
export const longCode = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** `ACDEF-GHJKM`, as it is shown. */
export const grouped = (code: string): string => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;

/**
 * Reads what was typed: case, width, spaces and dashes do not matter.
 * @param faults what is refused when it is empty, and when it cannot be such a code
 */
export function readLongCode(raw: string, faults: { missing: RefusalCode; malformed: RefusalCode }): string {
  const text = raw.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  if (text === '') throw new Refusal(faults.missing);
  if (!SHAPE.test(text)) throw new Refusal(faults.malformed);
  return text;
}
