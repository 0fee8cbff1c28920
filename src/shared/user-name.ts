import { isReserved, skeletonOf } from './look-alikes.js';
import { Refusal } from './refusal.js';
import { SecretText } from './secret-text.js';
import { Sensitive } from './sensitive.js';

const SHAPE = /^[A-Za-z][A-Za-z0-9]{3,19}$/;
/** Characters of an input method's full-width keyboard: the same letters, typed another way. */
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
// oxlint-disable-next-line no-control-regex -- ASCII is what is meant
const ASCII = /^[\u0000-\u007F]*$/;
/** A unified social credit code that begins with a letter (GB 32100); phones and ID numbers begin with a digit. */
const CREDIT_CODE = /^[A-Y][0-9A-Z]\d{6}[0-9A-Z]{10}$/;

const refuse = (code: 'missing' | 'malformed' | 'foreign-letters' | 'reserved' | 'like-code') =>
  new Refusal(`user-name.${code}`, { field: 'userName' });

/** A user name (用户名, R-4.2): 4–20 ASCII letters and digits, a letter first; never a number, an ID number or a code. */
export class UserName extends Sensitive {
  static fromCanonical(canonical: string): UserName {
    return new UserName(canonical);
  }

  /**
   * Full-width letters become plain, spaces around go; any other character outside of ASCII is refused, not repaired:
   * most of them look like a letter of somebody else's name.
   * @throws {Refusal} user-name.missing, .foreign-letters, .malformed, .like-code, .reserved
   */
  static parse(raw: string): UserName {
    const text = raw.replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).trim();
    if (text === '') throw refuse('missing');
    if (!ASCII.test(text)) throw refuse('foreign-letters');
    if (!SHAPE.test(text)) throw refuse('malformed');
    if (CREDIT_CODE.test(text.toUpperCase())) throw refuse('like-code');
    if (isReserved(text)) throw refuse('reserved');
    return new UserName(text);
  }

  /** What is unique, and what an account is found by: names that look alike have one skeleton. */
  get skeleton(): SecretText {
    return SecretText.of(skeletonOf(this.reveal()));
  }

  /** `zh****`: for pages of anybody but its owner. */
  masked(): string {
    return `${this.reveal().slice(0, 2)}****`;
  }
}
