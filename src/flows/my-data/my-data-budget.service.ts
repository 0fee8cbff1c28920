import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Limits } from '../../identity/limits/limits.service.js';

/** How often a data file is made and a deregistration asked for: each ends in a message to the account's number. */
@Injectable()
export class MyDataBudget {
  private readonly table: Jurisdiction['limits'];

  constructor(
    private readonly limits: Limits,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits;
  }

  /** The account first: what it is refused costs its neighbours nothing. @throws {Refusal} export.day-cap, limit.wait */
  async spendExport(accountId: string, address: string): Promise<void> {
    const { perAccountDay, perAddressDay, serviceHour } = this.table.export;
    await this.limits.guard('export.account', accountId, perAccountDay, 'day', 'export.day-cap');
    await this.limits.count('export.address', 'address', address, perAddressDay, 'day');
    await this.limits.count('export.service', 'service', '', serviceHour, 'hour');
  }

  /** @throws {Refusal} deregister.day-cap, limit.wait */
  async spendDeregistration(accountId: string, address: string): Promise<void> {
    const { perAccountDay, perAddressDay, serviceHour } = this.table.deregistration;
    await this.limits.guard('deregister.account', accountId, perAccountDay, 'day', 'deregister.day-cap');
    await this.limits.count('deregister.address', 'address', address, perAddressDay, 'day');
    await this.limits.count('deregister.service', 'service', '', serviceHour, 'hour');
  }
}
