import { Injectable } from '@nestjs/common';
import type { AlipayPerson } from '../../gateways/alipay/alipay.gateway.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { Contacts } from '../../identity/accounts/contacts.service.js';
import { AlipayBindings } from '../../identity/alipay/alipay-bindings.service.js';
import { AlipayRealName } from '../../identity/alipay/alipay-real-name.service.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';

/** What a form says of the agreement. */
export interface Agreed {
  agreement?: string;
  agreementVersion?: string;
}

/** What another request in the same moment has brought about: another page of the journey is due. */
const OVERTAKEN: readonly string[] = [
  'alipay.bound-elsewhere',
  'verification.id-taken',
  'verification.already-verified',
];

/** Registering by Alipay: whom it vouches for at level 2 and without a password, anybody else with a number. */
@Injectable()
export class AlipayRegistration {
  constructor(
    private readonly accounts: Accounts,
    private readonly bindings: AlipayBindings,
    private readonly realName: AlipayRealName,
    private readonly contacts: Contacts,
    private readonly db: Database,
  ) {}

  /** @throws {Refusal} agreement.outdated, agreement.not-accepted */
  refuseUnagreed({ agreement, agreementVersion }: Agreed): void {
    if (agreementVersion !== this.accounts.agreementVersion)
      throw new Refusal('agreement.outdated', { field: 'agreement' });
    if (agreement !== 'yes') throw new Refusal('agreement.not-accepted', { field: 'agreement' });
  }

  /**
   * Makes the account, bound and, where Alipay vouches, verified, in one step.
   * @param phone proved by its own code; without one Alipay's number is a contact
   * @returns the account; `taken` when the number has one, `overtaken` when another request was faster
   */
  async register(person: AlipayPerson, phone?: Phone): Promise<string | { other: 'taken' | 'overtaken' }> {
    try {
      return await this.db.transaction(async (tx) => {
        const id = await this.accounts.createPerson(tx, { phone });
        await this.bindings.bind(tx, id, person.user);
        await this.realName.raise(tx, id, person);
        if (!phone && person.phone) await this.contacts.keep(tx, id, person.phone);
        return id;
      });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.code === 'phone.taken') return { other: 'taken' };
      if (OVERTAKEN.includes(refusal.code)) return { other: 'overtaken' };
      throw refusal;
    }
  }
}
