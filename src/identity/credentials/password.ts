import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { Sensitive } from '../../shared/sensitive.js';
import { isCommon } from './common-passwords.js';

const SHORTEST = 8;
const LONGEST = 128;
const refuse = (code: 'missing' | 'short' | 'long' | 'one-kind' | 'equals-number' | 'common') =>
  new Refusal(`password.${code}`, { field: 'password' });

/** Digits, letters, and everything else as symbols: Chinese characters and emoji count as symbols. */
const KINDS = [/\d/u, /[A-Za-z]/u, /[^\dA-Za-z]/u];

/** The number, however it is spaced and with or without the country's code. */
const isNumber = (text: string, phone: Phone): boolean =>
  /^[\d ()+-]+$/.test(text) && text.replaceAll(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '') === phone.national;

/** A password somebody chose: NFKC, judged by the rules. */
export class Password extends Sensitive {
  /**
   * @param phone the account's number, which the password may not be
   * @throws {Refusal} password.missing, .short, .long, .one-kind, .equals-number, .common
   */
  static parse(raw: string, phone?: Phone): Password {
    const text = raw.normalize('NFKC');
    const length = [...text].length;
    if (length === 0) throw refuse('missing');
    if (phone && isNumber(text, phone)) throw refuse('equals-number');
    if (length < SHORTEST) throw refuse('short');
    if (length > LONGEST) throw refuse('long');
    if (KINDS.filter((kind) => kind.test(text)).length < 2) throw refuse('one-kind');
    if (isCommon(text)) throw refuse('common');
    return new Password(text);
  }

  masked(): string {
    return '***';
  }
}
