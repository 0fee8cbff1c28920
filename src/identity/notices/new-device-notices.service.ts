import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Database } from '../../storage/transactions.js';
import { Limits } from '../limits/limits.service.js';
import { Notices } from './notices.service.js';

/** A login on a new device or at a new place is told to the account, some times a day: whoever tries many must not flood its number. */
@Injectable()
export class NewDeviceNotices {
  constructor(
    private readonly notices: Notices,
    private readonly limits: Limits,
    private readonly db: Database,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  async tell(account: string): Promise<void> {
    const told = await this.limits.add('told-new-device', account);
    if (told > this.jurisdiction.limits.login.newDeviceNoticesPerDay) return;
    await this.db.transaction(async (tx) => this.notices.tell(tx, { account, purpose: 'new-device' }));
  }
}
