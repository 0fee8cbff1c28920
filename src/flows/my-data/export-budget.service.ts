import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Limits } from '../../identity/limits/limits.service.js';

const CODE = 'export.day-cap';

/** How often a data file may be made: for one account, from one address, by the whole service. */
@Injectable()
export class ExportBudget {
  private readonly table: Jurisdiction['limits']['export'];

  constructor(
    private readonly limits: Limits,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits.export;
  }

  /** The account first: what it is refused costs its neighbours nothing. @throws {Refusal} export.day-cap, limit.wait */
  async spend(accountId: string, address: string): Promise<void> {
    await this.limits.guard('export.account', accountId, this.table.perAccountDay, 'day', CODE);
    await this.limits.count('export.address', 'address', address, this.table.perAddressDay, 'day');
    await this.limits.count('export.service', 'service', '', this.table.serviceHour, 'hour');
  }
}
