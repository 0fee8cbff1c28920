import { Injectable } from '@nestjs/common';
import { Phone } from '../../shared/phone.js';
import { Records } from '../../storage/records.js';

const KIND = 'proved-number';
const LIFE_SECONDS = 20 * 60;

/**
 * The number that an SMS code of its own has proved in this journey: carried from page to page, so that nobody types a
 * second code for the same number (login → registration, registration → reset). Bound to the journey's `cid`.
 */
@Injectable()
export class ProvedNumbers {
  constructor(private readonly records: Records) {}

  async keep(cid: string, phone: Phone): Promise<void> {
    await this.records.put(KIND, cid, { phone: phone.reveal() }, LIFE_SECONDS);
  }

  async of(cid: string): Promise<Phone | undefined> {
    const kept = await this.records.get<{ phone: string }>(KIND, cid);
    return kept && Phone.fromCanonical(kept.phone);
  }

  async is(cid: string, phone: Phone): Promise<boolean> {
    return (await this.of(cid))?.reveal() === phone.reveal();
  }

  /** Used up. @returns whether it was there: of any number of takers, one gets it */
  async take(cid: string, phone: Phone): Promise<boolean> {
    const kept = await this.records.take<{ phone: string }>(KIND, cid);
    return kept?.phone === phone.reveal();
  }
}
