import { Refusal } from './refusal.js';
import { Sensitive } from './sensitive.js';

/** No I, O, S, V, Z (GB 32100-2015). */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const SHAPE = new RegExp(`^[${ALPHABET}]{18}$`);
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

const checkCharacter = (text: string): string => {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * ALPHABET.indexOf(text[at] as string), 0);
  return ALPHABET[(31 - (sum % 31)) % 31] as string;
};

/** NFKC, spaces and hyphens out, upper case: the one spelling that is stored and compared. */
const canonical = (raw: string): string => raw.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

const refuse = (code: 'missing' | 'malformed' | 'checksum' | 'fifteen-digits') =>
  new Refusal(`credit-code.${code}`, { field: 'creditCode' });

/**
 * A unified social credit code (统一社会信用代码, GB 32100): registering department, category, region, organisation code,
 * check character. The inner check of the organisation code is not judged: some real codes are said to break it.
 */
export class CreditCode extends Sensitive {
  static fromCanonical(text: string): CreditCode {
    return new CreditCode(text);
  }

  /** @throws {Refusal} credit-code.missing, .fifteen-digits (an old registration number), .malformed, .checksum */
  static parse(raw: string): CreditCode {
    const text = canonical(raw);
    if (text === '') throw refuse('missing');
    if (/^\d{15}$/.test(text)) throw refuse('fifteen-digits');
    if (!SHAPE.test(text)) throw refuse('malformed');
    if (checkCharacter(text) !== text[17]) throw refuse('checksum');
    return new CreditCode(text);
  }

  /** @returns `undefined` for what is no code: how a certificate's fields are read */
  static find(raw: string): CreditCode | undefined {
    const text = canonical(raw);
    return SHAPE.test(text) && checkCharacter(text) === text[17] ? new CreditCode(text) : undefined;
  }

  /** Department and category, which tell the type. */
  get prefix(): string {
    return this.reveal().slice(0, 2);
  }

  masked(): string {
    return `${this.reveal().slice(0, 4)}${'*'.repeat(12)}${this.reveal().slice(-2)}`;
  }
}
