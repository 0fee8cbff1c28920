import { Injectable } from '@nestjs/common';
import { Activity } from '../../identity/activity/activity.service.js';
import { Notices } from '../../identity/notices/notices.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Database } from '../../storage/transactions.js';
import { DataFiles } from './data-files.service.js';
import type { Held } from './data-file.js';
import { MyDataBudget } from './my-data-budget.service.js';

/** Exporting one's data: a proof that is not SMS, a budget, and word of it afterwards (PIPL art. 45, DESIGN 6). */
@Injectable()
export class DataExport {
  constructor(
    private readonly proofs: Proofs,
    private readonly budget: MyDataBudget,
    private readonly files: DataFiles,
    private readonly activity: Activity,
    private readonly notices: Notices,
    private readonly db: Database,
  ) {}

  /**
   * A refusal uses no proof up; its row is there before anything leaves.
   * @throws {ProofDue} @throws {Refusal} proof.closed, export.day-cap, limit.wait, account.ended
   */
  async make(who: SignedIn, address: string): Promise<Omit<Held, 'at' | 'issuer' | 'siteName'>> {
    await this.proofs.require(who, 'export');
    await this.budget.spendExport(who.accountId, address);
    const held = await this.files.gather(who);
    await this.proofs.use(who, 'export');
    await this.db.transaction(async (tx) => {
      await this.activity.record(tx, { account: who.accountId, kind: 'data-exported' });
      await this.notices.tell(tx, { account: who.accountId, purpose: 'data-exported' });
    });
    return held;
  }
}
