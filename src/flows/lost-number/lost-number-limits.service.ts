import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Limits } from '../../identity/limits/limits.service.js';
import type { Refusal } from '../../shared/refusal.js';
import type { ResidentId } from '../../shared/resident-id.js';
import { BlindIndex } from '../../storage/blind-index.js';

const TRIES = 'lost-number';
const ASKS = 'lost-number-ask';
const WRONG = 'lost-number-wrong';
const STOPS = 'stop-code-wrong';
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/**
 * How often a lost number may be tried, counted by what was typed, whether or not it is anybody's. A hall's code is not
 * counted by person: nobody guesses it, and a stranger's tries must not shut out who stands at the counter.
 */
@Injectable()
export class LostNumberLimits {
  private readonly table: Jurisdiction['limits']['lostNumber'];
  private readonly hotline: string;

  constructor(
    private readonly limits: Limits,
    private readonly blind: BlindIndex,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits.lostNumber;
    this.hotline = jurisdiction.hotline.number;
  }

  /** Before any proof is looked at. @throws {Refusal} limit.wait */
  async refuseWaiting(address: string): Promise<void> {
    await this.limits.count('lost-number.service', 'service', '', this.table.serviceHour, 'hour');
    await this.refuseFull(WRONG, address, this.table.perAddressDay, 'day');
  }

  /** A proof was wrong. */
  async failed(address: string): Promise<void> {
    await this.limits.count(WRONG, 'address', address, UNBOUNDED, 'day');
  }

  /** Counts a try at a password before it is judged. @returns tries left @throws {Refusal} lost-number.closed */
  async spend(idNumber: ResidentId): Promise<number> {
    const used = await this.limits.add(TRIES, this.target(idNumber));
    if (used > this.table.triesPerPersonDay) throw this.closed();
    return this.table.triesPerPersonDay - used;
  }

  /** It was right, or could not be judged. */
  async giveBack(idNumber: ResidentId): Promise<void> {
    await this.limits.giveBack(TRIES, this.target(idNumber));
  }

  /** Counts a move that is asked for without a proof. @throws {Refusal} limit.wait, lost-number.closed */
  async ask(idNumber: ResidentId, address: string): Promise<void> {
    await this.limits.count('lost-number.service', 'service', '', this.table.serviceHour, 'hour');
    await this.limits.count(ASKS, 'address', address, this.table.perAddressDay, 'day');
    if ((await this.limits.add(ASKS, this.target(idNumber))) > this.table.asksPerPersonDay) throw this.closed();
  }

  /** Before a stop code is looked up. @throws {Refusal} limit.wait */
  async refuseStops(address: string): Promise<void> {
    await this.refuseFull(STOPS, address, this.table.stopsPerAddressHour, 'hour');
  }

  /** A stop code was wrong. */
  async stopFailed(address: string): Promise<void> {
    await this.limits.count(STOPS, 'address', address, UNBOUNDED, 'hour');
  }

  closed(): Refusal {
    return this.limits.closedTillTomorrow('lost-number.closed', { values: { hotline: this.hotline } });
  }

  /** Only what fails is counted: everybody in a hall comes from one address. */
  private async refuseFull(name: string, address: string, most: number, window: 'hour' | 'day'): Promise<void> {
    if ((await this.limits.seen(name, 'address', address, window)) < most) return;
    await this.limits.count(name, 'address', address, most, window);
  }

  private target(idNumber: ResidentId): string {
    return this.blind.text('resident-id', idNumber.reveal());
  }
}
