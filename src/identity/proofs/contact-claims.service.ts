import { Injectable } from '@nestjs/common';
import type { PersonName } from '../../shared/person-name.js';
import type { Phone } from '../../shared/phone.js';
import type { ResidentId } from '../../shared/resident-id.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { Contacts } from '../accounts/contacts.service.js';
import { Persons } from '../accounts/persons.service.js';
import { ProofChecks } from './proof-checks.service.js';

/** Whose account a number belongs to that Alipay told us of: whoever has proved the number says who they are. */
@Injectable()
export class ContactClaims {
  constructor(
    private readonly contacts: Contacts,
    private readonly persons: Persons,
    private readonly checks: ProofChecks,
    private readonly blind: BlindIndex,
  ) {}

  /**
   * Tries are counted for the number, over all accounts that it may belong to.
   * @returns the account @throws {Refusal} proof.identity-wrong, proof.identity-closed, limit.wait
   */
  async find(
    phone: Phone,
    name: PersonName,
    isNumber: (held: ResidentId) => boolean,
    address: string,
  ): Promise<string> {
    let found: string | undefined;
    await this.checks.tried(`contact-${this.blind.text('phone', phone.reveal())}`, address, async () => {
      for (const accountId of await this.contacts.accountsWith(phone)) {
        const held = await this.persons.find(accountId);
        if (!held?.idNumber || !isNumber(held.idNumber) || held.name?.reveal() !== name.reveal()) continue;
        found = accountId;
        return true;
      }
      return false;
    });
    return found as string;
  }
}
