import { Injectable } from '@nestjs/common';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Records } from '../../storage/records.js';

/** Who is said to have lost a number, and the new one. */
export interface LostNumberDraft {
  name: PersonName;
  idNumber: ResidentId;
  phone: Phone;
}

/** What was asked for without a proof: what the last page says. */
export interface AskedMove {
  maskedPhone: string;
  due: Date;
}

const DRAFT = 'lost-number';
const ASKED = 'lost-number-asked';
const LIFE_SECONDS = 20 * 60;
/** Apart from what the journey proves elsewhere: a code for this deed opens no other, and no other's this one. */
const provedFor = (cid: string) => `lost-number|${cid}`;

/** A half-done journey, kept by its `cid`: nothing is lost by a reload, a refusal, or the way back. */
@Injectable()
export class LostNumberDrafts {
  constructor(
    private readonly records: Records,
    private readonly proved: ProvedNumbers,
  ) {}

  async of(cid: string): Promise<LostNumberDraft | undefined> {
    const kept = await this.records.get<{ name: string; idNumber: string; phone: string }>(DRAFT, cid);
    return (
      kept && {
        name: PersonName.fromCanonical(kept.name),
        idNumber: ResidentId.fromCanonical(kept.idNumber),
        phone: Phone.fromCanonical(kept.phone),
      }
    );
  }

  async keep(cid: string, { name, idNumber, phone }: LostNumberDraft): Promise<void> {
    const kept = { name: name.reveal(), idNumber: idNumber.reveal(), phone: phone.reveal() };
    await this.records.put(DRAFT, cid, kept, LIFE_SECONDS);
  }

  async isProved(cid: string, phone: Phone): Promise<boolean> {
    return this.proved.is(provedFor(cid), phone);
  }

  async prove(cid: string, phone: Phone): Promise<void> {
    await this.proved.keep(provedFor(cid), phone);
  }

  /** The draft, once its number is proved: what the second page works with. */
  async ready(cid: string): Promise<LostNumberDraft | undefined> {
    const draft = await this.of(cid);
    return draft && (await this.isProved(cid, draft.phone)) ? draft : undefined;
  }

  /** Does what a draft leads to, once: of a form posted twice, one goes on. What fails gives the draft back. */
  async once<R>(cid: string, { phone }: LostNumberDraft, work: () => Promise<R>): Promise<R | undefined> {
    if (!(await this.proved.take(provedFor(cid), phone))) return undefined;
    try {
      const result = await work();
      await this.records.drop(DRAFT, cid);
      return result;
    } catch (problem) {
      await this.prove(cid, phone);
      throw problem;
    }
  }

  async keepAsked(cid: string, phone: Phone, due: Date): Promise<void> {
    await this.records.put(ASKED, cid, { maskedPhone: phone.masked(), due: due.toISOString() }, LIFE_SECONDS);
  }

  async asked(cid: string): Promise<AskedMove | undefined> {
    const kept = await this.records.get<{ maskedPhone: string; due: string }>(ASKED, cid);
    return kept && { maskedPhone: kept.maskedPhone, due: new Date(kept.due) };
  }
}
