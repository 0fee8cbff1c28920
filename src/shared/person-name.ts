import { Refusal } from './refusal.js';
import { Sensitive } from './sensitive.js';

/** Han characters of every plane, the middle dot of minority names, and 〇. */
const CHINESE = /^[\p{Script=Han}〇]+(?:·[\p{Script=Han}〇]+)*$/u;
/** Latin names as on residence permits. */
const LATIN = /^\p{Script=Latin}[\p{Script=Latin}\p{M}'’. -]*$/u;
const LONGEST = 50;
const DOTS = /[•‧∙・･．]/gu;

/** A name as on the ID card. Rare characters (𠮷) and minority names (阿依古丽·买买提) are real names. */
export class PersonName extends Sensitive {
  static fromCanonical(canonical: string): PersonName {
    return new PersonName(canonical);
  }

  /**
   * NFC (NFKC would change rare characters), every kind of middle dot made one, spaces around out.
   * @throws {Refusal} name.missing, name.too-long, name.malformed
   */
  static parse(raw: string): PersonName {
    const text = raw
      .normalize('NFC')
      .replace(/[\s\u3000]+/gu, ' ')
      .trim()
      .replace(DOTS, '·')
      .replace(/ ?· ?/g, '·');
    const name = /\p{Script=Han}/u.test(text) ? text.replaceAll(' ', '') : text;
    if (name === '') throw new Refusal('name.missing', { field: 'name' });
    const length = [...name].length;
    if (length > LONGEST) throw new Refusal('name.too-long', { field: 'name' });
    if (length < 2 || !(CHINESE.test(name) || LATIN.test(name))) throw new Refusal('name.malformed', { field: 'name' });
    return new PersonName(name);
  }

  /** The first character, the rest stars: `张*`, `欧***`. */
  masked(): string {
    const [first, ...rest] = [...this.reveal()];
    return `${first}${'*'.repeat(rest.length)}`;
  }
}
