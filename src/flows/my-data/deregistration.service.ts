import { Injectable } from '@nestjs/common';
import { Deregistrations } from '../../identity/accounts/deregistrations.service.js';
import { EntityStanding } from '../../identity/entity-standing/entity-standing.service.js';
import { Notices } from '../../identity/notices/notices.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Database } from '../../storage/transactions.js';
import { MyDataBudget } from './my-data-budget.service.js';

/** Asking for deregistration (注销), and changing one's mind: one method a button. */
@Injectable()
export class Deregistration {
  constructor(
    private readonly deregistrations: Deregistrations,
    private readonly proofs: Proofs,
    private readonly standing: EntityStanding,
    private readonly budget: MyDataBudget,
    private readonly notices: Notices,
    private readonly db: Database,
  ) {}

  /** When the account is closed; `undefined` when nobody has asked for it. */
  async due(accountId: string): Promise<Date | undefined> {
    return this.deregistrations.due(accountId);
  }

  /** The day that a confirmation given now would lead to. */
  dayFromNow(): Date {
    return this.deregistrations.dayFromNow();
  }

  /** Before the page that explains it. @throws {ProofDue} @throws {Refusal} deregister.number-moving, proof.closed */
  async require(who: SignedIn): Promise<void> {
    await this.deregistrations.refuseMoving(who.accountId);
    await this.proofs.require(who, 'deregister');
  }

  /**
   * Pressed twice, it counts once. The account is told the day. A refusal uses no proof up.
   * @throws {ProofDue} @throws {Refusal} deregister.number-moving, .day-cap, proof.closed, limit.wait, account.ended;
   * entity.representative-left, register.unavailable
   */
  async confirm(who: SignedIn, address: string): Promise<void> {
    if (await this.due(who.accountId)) return;
    await this.require(who);
    await this.standing.require(who.accountId, 'deregistration', address);
    await this.db.transaction(async (tx) => {
      // Counted, and a proof used up, by the one of many at once that asks: the others find it waiting.
      if (await this.deregistrations.waits(tx, who.accountId)) return;
      await this.budget.spendDeregistration(who.accountId, address);
      await this.proofs.use(who, 'deregister');
      const due = await this.deregistrations.ask(tx, who.accountId);
      await this.notices.tell(tx, { account: who.accountId, purpose: 'deregistration-asked', due });
    });
  }

  /** Needs no proof: it keeps everything as it is. Twice does no harm. */
  async cancel(accountId: string): Promise<void> {
    await this.db.transaction(async (tx) => this.deregistrations.cancel(tx, accountId));
  }
}
