import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { FreedNumbers } from '../../identity/accounts/freed-numbers.service.js';
import { Limits } from '../../identity/limits/limits.service.js';
import { NumberHolders } from '../../oidc/number-holders.service.js';
import { WaysIn } from '../../oidc/ways-in.service.js';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';

const DAY_MS = 86_400_000;

/** A new owner frees the number of an account long unused, for an account of their own; the old owner may undo it. */
@Injectable()
export class NumberHandover {
  constructor(
    private readonly holders: NumberHolders,
    private readonly freed: FreedNumbers,
    private readonly waysIn: WaysIn,
    private readonly limits: Limits,
    private readonly clock: Clock,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /**
   * Frees it. That its account has been used in the meantime, or that another new owner was faster, is no fault of this
   * one: nothing is done then, and the journey goes on as the number stands now.
   * @throws {Refusal} limit.wait
   */
  async free(cid: string, address: string): Promise<void> {
    const asked = await this.holders.asked(cid);
    if (!asked) return;
    const { perAddressDay, serviceHour } = this.jurisdiction.limits.numberHandover;
    await this.limits.count('number-handover', 'address', address, perAddressDay, 'day');
    await this.limits.count('number-handover', 'service', '', serviceHour, 'hour');
    const { accountId, phone } = asked;
    const due = new Date(this.clock.ms() + this.jurisdiction.lifetimes.numberRestoreDays * DAY_MS);
    const change = { accountId, notice: 'phone-freed', oldPhone: phone, due } as const;
    try {
      await this.waysIn.change(change, async (tx) => this.freed.free(tx, accountId, phone, due));
    } catch (refusal) {
      if (!(refusal instanceof Refusal && refusal.code === 'login.no-account')) throw refusal;
    }
  }
}
