import { Injectable } from '@nestjs/common';
import type { Phone } from '../../shared/phone.js';
import type { Tx } from '../../storage/transactions.js';
import { Accounts } from '../accounts/accounts.service.js';
import { PendingChanges } from '../accounts/pending-changes.service.js';
import { Persons } from '../accounts/persons.service.js';
import { Activity } from '../activity/activity.service.js';
import { grouped, longCode } from '../codes/long-code.js';
import { Notices } from '../notices/notices.service.js';
import { MoveStops } from './move-stops.service.js';

/** A move that waits for its day. */
export interface NumberMove {
  accountId: string;
  phone: Phone;
  due: Date;
}

const KIND = 'number-move';
const STOPPED = 'phone-move-stopped';

/**
 * Moves of an account to another number that nobody has proved a right to: they wait for days, the old number and every
 * session are told, and each can stop them. Carrying one out is the use case's.
 */
@Injectable()
export class NumberMoves {
  constructor(
    private readonly accounts: Accounts,
    private readonly pending: PendingChanges,
    private readonly persons: Persons,
    private readonly notices: Notices,
    private readonly activity: Activity,
    private readonly stops: MoveStops,
  ) {}

  /** The move that waits, if there is one. */
  async of(accountId: string): Promise<NumberMove | undefined> {
    const { phone, due } = (await this.pending.find(accountId, KIND)) ?? {};
    return phone && due && { accountId, phone, due };
  }

  /**
   * Puts a move down and announces it to the old number. Two people who ask for one account without a proof both get
   * nothing: neither the quicker nor the more stubborn one may win it. One after the other, and of an active account.
   * @returns whether the account will move to this number
   */
  async begin(tx: Tx, { accountId, phone, due }: NumberMove): Promise<boolean> {
    if (!(await this.accounts.isActive(tx, accountId))) return false;
    const old = (await this.persons.find(accountId))?.phone;
    if (!old || old.reveal() === phone.reveal() || (await this.stops.isResting(accountId))) return false;
    const code = longCode();
    const stopCode = this.stops.index(code);
    if (await this.pending.addIfNone(tx, { accountId, kind: KIND, due, phone, stopCode })) {
      await this.activity.record(tx, { account: accountId, kind: 'phone-move-asked' });
      await this.notices.tell(tx, {
        account: accountId,
        purpose: 'phone-moving',
        phone: old,
        due,
        code: grouped(code),
      });
      return true;
    }
    const other = await this.of(accountId);
    if (!other || other.phone.reveal() === phone.reveal()) return other !== undefined;
    await this.stopped(tx, other);
    await this.noMove(tx, other.phone, other.due);
    return false;
  }

  /** Stops the move for good and tells both numbers. @returns whether there was one */
  async stop(tx: Tx, accountId: string): Promise<boolean> {
    const move = await this.of(accountId);
    if (!move || !(await this.stopped(tx, move))) return false;
    await this.noMove(tx, move.phone);
    return true;
  }

  /** By the code of the notice; entering it again says the same for a day. @returns whether the code is such a one */
  async stopByCode(tx: Tx, code: string): Promise<boolean> {
    const index = this.stops.index(code);
    if (await this.stops.isRemembered(index)) return true;
    const move = await this.pending.findByStopCode(index);
    if (!move || !(await this.stop(tx, move.accountId))) return false;
    await this.stops.remember(index);
    return true;
  }

  /** The account has got a number by another way: a move that waits is over. @param to the new number is not told that */
  async overtaken(tx: Tx, accountId: string, to: Phone): Promise<void> {
    const move = await this.of(accountId);
    if (!move || !(await this.pending.take(tx, accountId, KIND))) return;
    if (move.phone.reveal() !== to.reveal()) await this.noMove(tx, move.phone);
  }

  /** On its day the move cannot take place: the number is taken, the account disabled. Both numbers are told. */
  async drop(tx: Tx, { accountId, phone }: NumberMove): Promise<void> {
    if (!(await this.pending.take(tx, accountId, KIND))) return;
    await this.activity.record(tx, { account: accountId, kind: STOPPED });
    await this.notices.tell(tx, { account: accountId, purpose: STOPPED });
    await this.noMove(tx, phone);
  }

  /**
   * Tells a number that no account has moved to it: at once, or on the day that was named. The same message for every
   * cause, or it would say whether the person who was named has an account.
   */
  async noMove(tx: Tx, phone: Phone, at?: Date): Promise<void> {
    await this.notices.tell(tx, { purpose: STOPPED, phone, at });
  }

  private async stopped(tx: Tx, { accountId }: NumberMove): Promise<boolean> {
    if (!(await this.pending.take(tx, accountId, KIND))) return false;
    await this.stops.rest(accountId);
    await this.activity.record(tx, { account: accountId, kind: STOPPED });
    await this.notices.tell(tx, { account: accountId, purpose: STOPPED });
    return true;
  }
}
