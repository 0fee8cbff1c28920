import { Injectable } from '@nestjs/common';
import { Notices } from '../../identity/notices/notices.service.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { Sites } from '../sites/sites.service.js';
import { Operators } from './operators.service.js';
import type { WhichRole } from './operators.service.js';

/** Roles given and taken away: whom it is about is told by SMS, a job of the same commit. */
@Injectable()
export class RoleChanges {
  constructor(
    private readonly db: Database,
    private readonly operators: Operators,
    private readonly notices: Notices,
    private readonly sites: Sites,
  ) {}

  /**
   * The caller has looked at whom it is (`Candidates`).
   * @returns whether it is new
   * @throws {Refusal} account.ended when the account is closed or disabled in the same moment
   */
  async grant(which: WhichRole): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const isNew = await this.operators.grant(tx, which);
      if (isNew) await this.tell(tx, 'role-granted', which);
      return isNew;
    });
  }

  /** @returns whether there was one to take away */
  async revoke(which: WhichRole): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const done = await this.operators.revoke(tx, which);
      if (done) await this.tell(tx, 'role-ended', which);
      return done;
    });
  }

  /** Named is the site of a developer, the portal to an operator. */
  private async tell(tx: Tx, purpose: 'role-granted' | 'role-ended', { accountId, clientId }: WhichRole) {
    const object = clientId === undefined ? undefined : (this.sites.remembered(clientId)?.name['zh-CN'] ?? clientId);
    await this.notices.tell(tx, { account: accountId, purpose, object });
  }
}
