import { Injectable } from '@nestjs/common';
import type { NoticePurpose } from '../gateways/sms/sms.gateway.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import type { ClosingChange } from '../identity/accounts/accounts.service.js';
import { Notices } from '../identity/notices/notices.service.js';
import { NumberMoves } from '../identity/number-moves/number-moves.service.js';
import type { Phone } from '../shared/phone.js';
import { Database } from '../storage/transactions.js';
import type { Tx } from '../storage/transactions.js';
import { Endings } from './endings.service.js';

export interface WayInChange {
  accountId: string;
  /** What the account is told, by SMS to its number. */
  notice: NoticePurpose;
  /** What the message is about, the portal unless given. */
  object?: string;
  /** The number from before, to be told as well. */
  oldPhone?: Phone;
  /** A day the notice names. */
  due?: Date;
  /** The number it has got: a move to a number that waits for its day is over. */
  newPhone?: Phone;
  /** The session that goes on; every other one ends. */
  spare?: string;
  /** A change proved by SMS closes the account's other guarded acts for a day (DESIGN 6). */
  closes?: ClosingChange;
}

/** What follows whenever a way in changes, in one place: sessions and offline grants end, the account is told. */
@Injectable()
export class WaysIn {
  constructor(
    private readonly db: Database,
    private readonly accounts: Accounts,
    private readonly notices: Notices,
    private readonly moves: NumberMoves,
    private readonly endings: Endings,
  ) {}

  /**
   * @param work the change itself, in the transaction of what follows from it
   * @throws {Refusal} account.ended when the account is closed or disabled in the same moment
   */
  async change(
    { accountId, notice, object, oldPhone, newPhone, due, spare, closes }: WayInChange,
    work: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.accounts.hold(tx, accountId);
      await work(tx);
      await this.accounts.invalidateSessions(tx, accountId);
      await this.endings.promise(tx, accountId, spare);
      if (closes) await this.accounts.noteWayChanged(tx, accountId, closes);
      if (newPhone) await this.moves.overtaken(tx, accountId, newPhone);
      const told = { account: accountId, purpose: notice, object, due };
      if (oldPhone) await this.notices.tell(tx, { ...told, phone: oldPhone });
      await this.notices.tell(tx, told);
    });
    await this.endings.endNow(accountId, spare);
  }
}
