import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { chinaDay } from '../../shared/china-time.js';
import { Clock } from '../../shared/clock.js';
import type { PersonName } from '../../shared/person-name.js';
import { Refusal } from '../../shared/refusal.js';
import type { ResidentId } from '../../shared/resident-id.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { Records } from '../../storage/records.js';
import { Limits } from '../limits/limits.service.js';

/** Who says to be whom, and from where. */
export interface Claimed {
  accountId: string;
  name: PersonName;
  idNumber: ResidentId;
  /** The client's, for its own limit. */
  address: string;
}

type No = 'mismatch' | 'not-found';

const MISMATCH = 'mismatch';
const REMEMBERED = 'real-name-no';
const NEEDS_NO_GUARDIAN = 14;

/** What stands before a question to the authority, which is paid for and answers (DESIGN 6); and what a "no" leads to. */
@Injectable()
export class RealNameGates {
  private readonly table: Jurisdiction['limits']['verification'];
  private readonly hotline: string;

  constructor(
    private readonly limits: Limits,
    private readonly records: Records,
    private readonly blind: BlindIndex,
    private readonly clock: Clock,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits.verification;
    this.hotline = jurisdiction.hotline.number;
  }

  /** PIPL art. 31: the consent of a guardian, which nobody can give here. @throws {Refusal} verification.under-fourteen */
  refuseChild(idNumber: ResidentId): void {
    if (idNumber.ageOn(chinaDay(this.clock.now())) >= NEEDS_NO_GUARDIAN) return;
    throw new Refusal('verification.under-fourteen', { field: 'idNumber', values: { hotline: this.hotline } });
  }

  /**
   * @returns tries used, this one included; who gets no "no" gives them back
   * @throws {Refusal} limit.wait, verification.closed-till-tomorrow, .service-cap; .mismatch and .not-found where the same
   * name and number were refused minutes ago: no try is used, and nobody is asked
   */
  async pass(claimed: Claimed): Promise<number> {
    const { perAddressDay, serviceHour } = this.table;
    await this.limits.count('verification.address', 'address', claimed.address, perAddressDay, 'day');
    await this.recall(claimed);
    const used = await this.spend(claimed);
    try {
      await this.limits.count('verification.service', 'service', '', serviceHour, 'hour', 'verification.service-cap');
    } catch (refusal) {
      await this.giveBack(claimed);
      throw refusal;
    }
    return used;
  }

  async giveBack(claimed: Claimed): Promise<void> {
    await Promise.all(this.subjects(claimed).map(async (subject) => this.limits.giveBack(MISMATCH, subject)));
  }

  /** The authority says no. It is remembered for minutes, by blind index; a match never is. @returns what to throw */
  async refused(claimed: Claimed, answer: No, used: number): Promise<Refusal> {
    await this.records.put(REMEMBERED, this.place(claimed), { answer }, this.table.mismatchMinutes * 60);
    return this.refusal(answer, used);
  }

  /** Another account holds the number: where to go. */
  withHotline(error: unknown): unknown {
    if (!(error instanceof Refusal) || error.code !== 'verification.id-taken') return error;
    return new Refusal(error.code, { values: { hotline: this.hotline } });
  }

  private async recall(claimed: Claimed): Promise<void> {
    const known = await this.records.get<{ answer: No }>(REMEMBERED, this.place(claimed));
    if (!known) return;
    const counts = this.subjects(claimed).map(async (subject) => this.limits.read(MISMATCH, subject));
    throw this.refusal(known.answer, Math.max(...(await Promise.all(counts))));
  }

  /**
   * A try counts as a mismatch until the authority has said otherwise, so that many at once are no more than five; outside
   * of any transaction, so that a refusal does not roll it back.
   */
  private async spend(claimed: Claimed): Promise<number> {
    const counts = this.subjects(claimed).map(async (subject) => this.limits.add(MISMATCH, subject));
    const used = Math.max(...(await Promise.all(counts)));
    if (used <= this.table.mismatchesPerDay) return used;
    await this.giveBack(claimed);
    throw this.closed();
  }

  private refusal(answer: No, used: number): Refusal {
    const left = this.table.mismatchesPerDay - used;
    if (left <= 0) return this.closed();
    return new Refusal(`verification.${answer}`, { values: { left, hotline: this.hotline } });
  }

  private closed(): Refusal {
    return this.limits.closedTillTomorrow('verification.closed-till-tomorrow', { values: { hotline: this.hotline } });
  }

  /** Account, name and ID number: five mismatches a day each, so that nobody tries one name with many numbers. */
  private subjects(claimed: Claimed): string[] {
    const [name, number] = this.indexes(claimed);
    return [`account-${claimed.accountId}`, `name-${name}`, `number-${number}`];
  }

  private place(claimed: Claimed): string {
    return this.indexes(claimed).join('|');
  }

  private indexes({ name, idNumber }: Claimed): [string, string] {
    return [this.blind.text('name', name.reveal()), this.blind.text('resident-id', idNumber.reveal())];
  }
}
