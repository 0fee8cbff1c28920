import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import type { Refusal } from '../../shared/refusal.js';
import { Limits } from '../limits/limits.service.js';

const MISMATCH = 'register-mismatch';
const AGAIN = 'register-again';
/** Questions about one account a China day: each stands behind a login or a proof. */
const MOST_AGAIN = 30;

/** One question to the register. */
export interface Asking<A> {
  address: string;
  /** Under whom and what a mismatch is counted. */
  subjects: readonly string[];
  ask: () => Promise<A>;
  agrees: (answer: A) => boolean;
}

/** Questions to the enterprise register: what does not agree is counted, five times a China day for whom it is about. */
@Injectable()
export class RegisterTries {
  readonly hotline: string;
  private readonly table: Jurisdiction['limits']['verification'];

  constructor(
    private readonly limits: Limits,
    jurisdiction: Jurisdiction,
  ) {
    this.hotline = jurisdiction.hotline.number;
    this.table = jurisdiction.limits.verification;
  }

  /** @returns the answer, and how many tries are left when it does not agree @throws {Refusal} limit.wait, register.closed-till-tomorrow */
  async ask<A>({ address, subjects, ask, agrees }: Asking<A>): Promise<{ answer: A; left: number }> {
    await this.count(address);
    const used = await this.spend(subjects);
    const answer = await ask().catch(async (problem: unknown) => {
      await this.giveBack(subjects);
      throw problem;
    });
    if (agrees(answer)) {
      await this.giveBack(subjects);
      return { answer, left: this.table.mismatchesPerDay };
    }
    const left = this.table.mismatchesPerDay - used;
    if (left <= 0) throw this.closed();
    return { answer, left };
  }

  /** A question without a claim of anybody's: only its cost counts. @throws {Refusal} limit.wait, register.closed-till-tomorrow */
  async again(accountId: string, address?: string): Promise<void> {
    if ((await this.limits.add(AGAIN, accountId)) > MOST_AGAIN) throw this.closed();
    await this.count(address);
  }

  private async count(address?: string): Promise<void> {
    const { perAddressDay, serviceHour } = this.table;
    if (address !== undefined) await this.limits.count('register.address', 'address', address, perAddressDay, 'day');
    await this.limits.count('register.service', 'service', '', serviceHour, 'hour');
  }

  /**
   * A try counts as a mismatch until the authority has said otherwise, so that many at once are no more than five; outside
   * of any transaction, so that a refusal does not roll it back. @returns tries used, this one included
   */
  private async spend(subjects: readonly string[]): Promise<number> {
    const counts = await Promise.all(subjects.map(async (subject) => this.limits.add(MISMATCH, subject)));
    const used = Math.max(...counts);
    if (used <= this.table.mismatchesPerDay) return used;
    await this.giveBack(subjects);
    throw this.closed();
  }

  private async giveBack(subjects: readonly string[]): Promise<void> {
    await Promise.all(subjects.map(async (subject) => this.limits.giveBack(MISMATCH, subject)));
  }

  private closed(): Refusal {
    return this.limits.closedTillTomorrow('register.closed-till-tomorrow', { values: { hotline: this.hotline } });
  }
}
