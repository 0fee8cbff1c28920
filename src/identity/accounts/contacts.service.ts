import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Phone } from '../../shared/phone.js';
import { FieldCipher } from '../../storage/field-cipher.js';
import { Database } from '../../storage/transactions.js';
import type { Reader, Tx } from '../../storage/transactions.js';
import { ContactEntity } from './contact.entity.js';
import { Identifiers } from './identifiers.service.js';
import { Persons } from './persons.service.js';

/** More accounts than a family has with one number at Alipay: whoever asks is compared with each. */
const MOST = 10;
const MEANING = 'person.contact';

/** Numbers that somebody else told us of, until their own SMS code has proved them. */
@Injectable()
export class Contacts {
  constructor(
    private readonly db: Database,
    private readonly cipher: FieldCipher,
    private readonly identifiers: Identifiers,
    private readonly persons: Persons,
    private readonly clock: Clock,
  ) {}

  async keep(tx: Tx, accountId: string, phone: Phone): Promise<void> {
    await tx.insert(ContactEntity, {
      accountId,
      blindIndex: this.identifiers.indexOf('phone', phone),
      phone: await this.cipher.seal(tx, accountId, MEANING, phone.reveal()),
      createdAt: this.clock.now(),
    });
  }

  async of(accountId: string, reader: Reader = this.db.manager): Promise<Phone | undefined> {
    const row = await reader.findOneBy(ContactEntity, { accountId });
    return row ? Phone.fromCanonical(await this.cipher.open(accountId, MEANING, row.phone, reader)) : undefined;
  }

  /** Active accounts with this number, the newest first: any of them, or none, may be of whoever has it in hand. */
  async accountsWith(phone: Phone): Promise<string[]> {
    const rows = await this.db.query<{ account_id: string }>(
      `select c.account_id from contacts c join accounts a on a.id = c.account_id
       where c.blind_index = $1 and a.state = 'active' order by c.created_at desc limit $2`,
      [this.identifiers.indexOf('phone', phone), MOST],
    );
    return rows.map(({ account_id: accountId }) => accountId);
  }

  /**
   * The number's own code and its person have been proved: from now on the account is found by it.
   * @throws {Refusal} phone.taken-elsewhere when another account has it: of any number of requests at once, one wins
   */
  async prove(tx: Tx, accountId: string, phone: Phone): Promise<void> {
    await this.persons.changePhone(tx, accountId, phone, { by: 'contact' });
  }
}
