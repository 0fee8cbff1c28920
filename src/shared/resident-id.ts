import { chinaDay } from './china-time.js';
import { Refusal } from './refusal.js';
import { Sensitive } from './sensitive.js';

const SHAPE = /^[1-9]\d{16}[\dX]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
const REGIONS = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);
const EARLIEST = '1900-01-01';

const checkDigit = (digits: string): string =>
  CHECKS[WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11] as string;

/** A JS `Date` rolls 31 November over, so the date is built and compared. */
function isCalendarDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

const refuse = (code: 'missing' | 'malformed' | 'checksum' | 'date' | 'fifteen-digits') =>
  new Refusal(`id-number.${code}`, { field: 'idNumber' });

/** A resident ID number (GB 11643), also of a residence permit for Hong Kong, Macao and Taiwan residents. */
export class ResidentId extends Sensitive {
  static fromCanonical(canonical: string): ResidentId {
    return new ResidentId(canonical);
  }

  /**
   * NFKC, spaces out, upper case; then shape, region, check digit (ISO 7064 MOD 11-2) and a real birthday that is not
   * in the future. Whether the number exists is the authority's answer.
   * @throws {Refusal} id-number.missing, .malformed, .fifteen-digits, .checksum, .date
   */
  static parse(raw: string, now: Date): ResidentId {
    const text = raw.normalize('NFKC').replace(/\s/g, '').toUpperCase();
    if (text === '') throw refuse('missing');
    if (/^\d{15}$/.test(text)) throw refuse('fifteen-digits');
    if (!SHAPE.test(text) || !REGIONS.has(text.slice(0, 2))) throw refuse('malformed');
    if (checkDigit(text) !== text[17]) throw refuse('checksum');
    const id = new ResidentId(text);
    if (!isCalendarDay(id.birthDate) || id.birthDate < EARLIEST || id.birthDate > chinaDay(now)) throw refuse('date');
    return id;
  }

  /** `YYYY-MM-DD` */
  get birthDate(): string {
    const digits = this.reveal();
    return `${digits.slice(6, 10)}-${digits.slice(10, 12)}-${digits.slice(12, 14)}`;
  }

  /** `19**-**-**`: its day and month are in the last six of no page. */
  get maskedBirthDate(): string {
    return `${this.birthDate.slice(0, 2)}**-**-**`;
  }

  /** The sequence digit is odd for men, even for women. */
  get sex(): 'male' | 'female' {
    return Number(this.reveal()[16]) % 2 === 1 ? 'male' : 'female';
  }

  /**
   * Full years on a day by China's calendar: one more from the birthday on; for who was born on 29 February from 1 March
   * where the year has no such day.
   * @param day `YYYY-MM-DD`
   */
  ageOn(day: string): number {
    const years = Number(day.slice(0, 4)) - Number(this.birthDate.slice(0, 4));
    return day.slice(5) < this.birthDate.slice(5) ? years - 1 : years;
  }

  get last6(): string {
    return this.reveal().slice(-6);
  }

  /** Region and the last two, `4201************12`: the last six are a proof at the reset, so no page shows them whole. */
  masked(): string {
    return `${this.reveal().slice(0, 4)}${'*'.repeat(12)}${this.reveal().slice(-2)}`;
  }
}
