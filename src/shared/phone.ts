import { Refusal } from './refusal.js';
import { Sensitive } from './sensitive.js';

const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^0\d{2,3}\d{7,8}$/;
const FOREIGN = /^(?:\+|00)(?!86)\d{6,15}$/;

/** A mainland mobile number. Canonical form `+8613800000000`. */
export class Phone extends Sensitive {
  static fromCanonical(canonical: string): Phone {
    return new Phone(canonical);
  }

  /**
   * Stands, where messages and tries are counted, for a number that whoever asks must not learn, nor whether there is one;
   * it is shown nowhere. @param of what it is the number of
   */
  static hidden(of: Sensitive): Phone {
    return new Phone(`hidden ${of.reveal()}`);
  }

  /**
   * NFKC, spaces and dashes out, one leading +86, 0086 or 86 off. Zero-width characters are refused, not repaired.
   * @throws {Refusal} phone.missing, phone.landline, phone.foreign, phone.malformed
   */
  static parse(raw: string): Phone {
    const text = raw.normalize('NFKC').replace(/[\s()-]/g, '');
    if (text === '') throw new Refusal('phone.missing', { field: 'phone' });
    const national = text.replace(/^(?:\+86|0086|86(?=1\d{10}$))/, '');
    if (MOBILE.test(national)) return new Phone(`+86${national}`);
    if (LANDLINE.test(national)) throw new Refusal('phone.landline', { field: 'phone' });
    if (FOREIGN.test(text)) throw new Refusal('phone.foreign', { field: 'phone' });
    throw new Refusal('phone.malformed', { field: 'phone' });
  }

  /** `13800000000` */
  get national(): string {
    return this.reveal().slice(3);
  }

  /** `138****0000` */
  masked(): string {
    return `${this.national.slice(0, 3)}****${this.national.slice(-4)}`;
  }
}
