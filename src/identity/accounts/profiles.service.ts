import { Injectable } from '@nestjs/common';
import type { Phone } from '../../shared/phone.js';
import type { Tx } from '../../storage/transactions.js';
import { Entities } from './entities.service.js';
import { Persons } from './persons.service.js';
import type { Profile } from './standing.js';

/** Accounts of both kinds, as pages may show them and as messages reach them. */
@Injectable()
export class Profiles {
  constructor(
    private readonly persons: Persons,
    private readonly entities: Entities,
  ) {}

  /** What a page may show. An entity goes by its own name, which the register publishes. */
  async of(accountId: string): Promise<Profile | undefined> {
    const profile = await this.persons.profile(accountId);
    if (profile?.kind !== 'entity') return profile;
    const entity = await this.entities.find(accountId);
    if (!entity) return profile;
    const { type, name, creditCode, representative, manager, phone, checkedAt, says, representativeLeft, askedAt } =
      entity;
    return {
      ...profile,
      maskedName: name.masked(),
      maskedPhone: phone?.masked(),
      verifiedAt: checkedAt,
      entity: {
        type,
        maskedCreditCode: creditCode.masked(),
        maskedRepresentative: representative.name.masked(),
        maskedManager: manager?.name.masked(),
        says,
        representativeLeft,
        askedAt,
      },
    };
  }

  /**
   * Where the account is told things: a person's number, an entity's contact, or else its representative's number while the
   * register names that one.
   */
  async phoneOf(accountId: string): Promise<Phone | undefined> {
    const person = await this.persons.find(accountId);
    if (person?.phone) return person.phone;
    const entity = await this.entities.find(accountId);
    if (entity?.phone || !entity?.representativeAccount || entity.representativeLeft) return entity?.phone;
    return (await this.persons.find(entity.representativeAccount))?.phone;
  }

  /** Erases whoever the account is about. @returns the number that can still be told */
  async erase(tx: Tx, accountId: string): Promise<Phone | undefined> {
    const entity = await this.entities.erase(tx, accountId);
    const own = await this.persons.erase(tx, accountId);
    if (own || entity?.phone || !entity?.representativeAccount) return own ?? entity?.phone;
    return this.persons.phoneIn(tx, entity.representativeAccount);
  }
}
