import { Injectable } from '@nestjs/common';
import { Persons } from '../../identity/accounts/persons.service.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { WaysIn } from '../../oidc/ways-in.service.js';
import type { Phone } from '../../shared/phone.js';
import type { Tx } from '../../storage/transactions.js';

export interface Move {
  accountId: string;
  phone: Phone;
  /** How it was proved, for the trail. */
  by: 'password' | 'recovery-code' | 'notice';
  /** The session that goes on. */
  spare?: string;
}

/**
 * The account gets the new number: every other session and offline grant ends, both numbers are told, other guarded acts
 * are closed for a day. Only who knows the password keeps it; after any other proof a new one comes before the next login.
 */
@Injectable()
export class Moving {
  constructor(
    private readonly persons: Persons,
    private readonly passwords: Passwords,
    private readonly waysIn: WaysIn,
  ) {}

  /**
   * @param first what is used up by the move, in its transaction; throws when it is gone
   * @throws {Refusal} phone.taken-elsewhere
   */
  async move({ accountId, phone, by, spare }: Move, first?: (tx: Tx) => Promise<void>): Promise<void> {
    const oldPhone = (await this.persons.find(accountId))?.phone;
    const notice = by === 'password' ? 'phone-changed' : 'phone-moved';
    await this.waysIn.change({ accountId, notice, oldPhone, newPhone: phone, spare, closes: 'phone' }, async (tx) => {
      await first?.(tx);
      await this.persons.changePhone(tx, accountId, phone, { by });
      if (by !== 'password') await this.passwords.discard(tx, accountId);
    });
  }
}
