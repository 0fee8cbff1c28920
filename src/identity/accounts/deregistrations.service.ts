import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import type { Tx } from '../../storage/transactions.js';
import { Activity } from '../activity/activity.service.js';
import { Accounts } from './accounts.service.js';
import { PendingChanges } from './pending-changes.service.js';

const KIND = 'deregistration';
const DAY_MS = 86_400_000;

/** Deregistrations (注销) that wait for their day: asked for, put off, taken back (PIPL art. 47). */
@Injectable()
export class Deregistrations {
  constructor(
    private readonly accounts: Accounts,
    private readonly pending: PendingChanges,
    private readonly activity: Activity,
    private readonly clock: Clock,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** When one that were asked for now would take effect. */
  dayFromNow(): Date {
    return this.after(this.clock.now());
  }

  /** When the account is closed; `undefined` when nobody has asked for it. */
  async due(accountId: string): Promise<Date | undefined> {
    return this.pending.dueOf(accountId, KIND);
  }

  /** Before anything is asked for. @throws {Refusal} deregister.number-moving while somebody asks for its number to move */
  async refuseMoving(accountId: string): Promise<void> {
    if (await this.pending.isWaiting(accountId, 'number-move')) throw new Refusal('deregister.number-moving');
  }

  /**
   * Whether one waits already; until the transaction ends nobody else asks for this account.
   * @throws {Refusal} account.ended
   */
  async waits(tx: Tx, accountId: string): Promise<boolean> {
    await this.accounts.hold(tx, accountId);
    return this.pending.isWaiting(accountId, KIND, tx);
  }

  /** Asks for it, after `waits` has said that none does. @returns the day */
  async ask(tx: Tx, accountId: string): Promise<Date> {
    const due = this.dayFromNow();
    await this.pending.add(tx, { accountId, kind: KIND, due });
    await this.activity.record(tx, { account: accountId, kind: 'deregistration-asked' });
    return due;
  }

  /** Until it is carried out it can be taken back. @returns whether this one did it */
  async cancel(tx: Tx, accountId: string): Promise<boolean> {
    if (!(await this.pending.take(tx, accountId, KIND))) return false;
    await this.activity.record(tx, { account: accountId, kind: 'deregistration-cancelled' });
    return true;
  }

  /**
   * Whether it may be carried out now; of any number of processes, one gets it. While a move of the number waits it is
   * put off: whoever gets the account by that has all the days to keep it.
   * @returns `putOff` is the new day
   */
  async take(tx: Tx, accountId: string, due: Date): Promise<{ taken: boolean; putOff?: Date }> {
    const active = await this.accounts.isActive(tx, accountId);
    if (!active || !(await this.pending.take(tx, accountId, KIND, due))) return { taken: false };
    const move = await this.pending.dueOf(accountId, 'number-move', tx);
    if (!move) return { taken: true };
    const putOff = this.after(move);
    await this.pending.add(tx, { accountId, kind: KIND, due: putOff });
    return { taken: false, putOff };
  }

  private after(time: Date): Date {
    return new Date(time.getTime() + this.jurisdiction.lifetimes.deregistrationDays * DAY_MS);
  }
}
