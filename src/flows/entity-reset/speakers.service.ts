import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { Entities } from '../../identity/accounts/entities.service.js';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import type { PersonClaim } from '../../identity/accounts/entity-checks.service.js';
import { Persons } from '../../identity/accounts/persons.service.js';
import { Representatives } from '../../identity/accounts/representatives.service.js';
import type { CreditCode } from '../../shared/credit-code.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';

/**
 * Who speaks for an entity. Where the representative comes first: the representative, by the number of their own
 * account (a demonstration's entity has a contact number alone). Elsewhere: the representative or the person in charge, by
 * the contact number.
 */
@Injectable()
export class Speakers {
  constructor(
    private readonly accounts: Accounts,
    private readonly entities: Entities,
    private readonly persons: Persons,
    private readonly representatives: Representatives,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** Where a message about this entity goes, if anywhere. */
  async ofCode(creditCode: CreditCode): Promise<{ phone: Phone; entityName: string } | undefined> {
    const accountId = await this.accounts.find('credit-code', creditCode);
    const entity = accountId ? await this.entities.find(accountId) : undefined;
    const phone = entity && (await this.phoneOf(entity));
    return phone && { phone, entityName: entity.name.reveal() };
  }

  /** @returns `undefined` when there is no number that counts */
  private async phoneOf({ phone, representativeAccount, representativeLeft }: EntityData): Promise<Phone | undefined> {
    if (!this.jurisdiction.representativeFirst || !representativeAccount) return phone;
    if (representativeLeft) return undefined;
    const standing = await this.accounts.standing(representativeAccount);
    return standing?.state === 'active' ? (await this.persons.find(representativeAccount))?.phone : undefined;
  }

  /** Whose name and ID number count: a representative who has left is told so after them, not before. */
  peopleOf({ representative, manager }: EntityData): PersonClaim[] {
    return [representative, ...(manager && !this.jurisdiction.representativeFirst ? [manager] : [])];
  }

  /**
   * Whoever has just taken the representative's number over speaks for no entity yet.
   * @throws {Refusal} representative.closed with the hours left
   */
  async refuseClosed({ representativeAccount }: EntityData): Promise<void> {
    if (!this.jurisdiction.representativeFirst || !representativeAccount) return;
    await this.representatives.refuseClosed(representativeAccount).catch((refusal: unknown) => {
      throw refusal instanceof Refusal ? refusal.at('idNumber') : refusal;
    });
  }
}
