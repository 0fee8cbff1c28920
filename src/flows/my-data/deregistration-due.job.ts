import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Deregistrations } from '../../identity/accounts/deregistrations.service.js';
import { PendingChanges } from '../../identity/accounts/pending-changes.service.js';
import type { PendingChange } from '../../identity/accounts/pending-changes.service.js';
import { Closing } from '../../identity/closing/closing.service.js';
import { Notices } from '../../identity/notices/notices.service.js';
import { Endings } from '../../oidc/endings.service.js';
import { Database } from '../../storage/transactions.js';

/**
 * Carries a deregistration out on its day, in one transaction: whoever takes the waiting row closes the account, and
 * what follows (sessions, sites, the last message) are jobs of that commit. Done again after a crash, it does nothing.
 */
@Injectable()
export class DeregistrationDue implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly pending: PendingChanges,
    private readonly deregistrations: Deregistrations,
    private readonly closing: Closing,
    private readonly notices: Notices,
    private readonly endings: Endings,
  ) {}

  onModuleInit(): void {
    this.pending.onDue('deregistration', async (change) => this.carryOut(change));
  }

  private async carryOut({ accountId: account, due }: PendingChange): Promise<void> {
    await this.db.transaction(async (tx) => {
      const { taken, putOff } = await this.deregistrations.take(tx, account, due);
      if (putOff) await this.notices.tell(tx, { account, purpose: 'deregistration-asked', due: putOff });
      if (!taken) return;
      const { closed, phone } = await this.closing.close(tx, account);
      if (closed && phone) await this.notices.tell(tx, { account, purpose: 'deregistered', phone });
      if (closed) await this.endings.endAll(tx, account);
    });
  }
}
