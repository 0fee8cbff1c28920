import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Limits } from '../../identity/limits/limits.service.js';
import type { Phone } from '../../shared/phone.js';
import { BlindIndex } from '../../storage/blind-index.js';

/** How often operators ask who a number belongs to. */
@Injectable()
export class PeopleBudget {
  private readonly table: Jurisdiction['limits']['console'];

  constructor(
    private readonly limits: Limits,
    private readonly blind: BlindIndex,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits.console;
  }

  /** The operator first: what they are refused costs their neighbours nothing. @throws {Refusal} limit.wait */
  async spend(operator: string, phone: Phone, address: string): Promise<void> {
    const { perOperatorDay, perNumberDay, perAddressDay, serviceHour } = this.table;
    await this.limits.count('console.actor', 'actor', operator, perOperatorDay, 'day');
    await this.limits.count('console.number', 'target', this.blind.text('phone', phone.reveal()), perNumberDay, 'day');
    await this.limits.count('console.address', 'address', address, perAddressDay, 'day');
    await this.limits.count('console.service', 'service', '', serviceHour, 'hour');
  }
}
