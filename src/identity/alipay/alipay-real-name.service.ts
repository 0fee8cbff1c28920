import { Injectable } from '@nestjs/common';
import type { AlipayPerson } from '../../gateways/alipay/alipay.gateway.js';
import type { PersonName } from '../../shared/person-name.js';
import { Refusal } from '../../shared/refusal.js';
import type { ResidentId } from '../../shared/resident-id.js';
import type { Tx } from '../../storage/transactions.js';
import { Accounts } from '../accounts/accounts.service.js';
import { Persons } from '../accounts/persons.service.js';
import { RealNameGates } from '../accounts/real-name-gates.service.js';

/** Name and ID number that Alipay vouches for, both of them. */
export interface Vouched {
  name: PersonName;
  idNumber: ResidentId;
}

/** What Alipay vouches for; `undefined` when a part of it is missing. */
export const vouchedBy = ({ certified, name, idNumber }: AlipayPerson): Vouched | undefined =>
  certified && name && idNumber ? { name, idNumber } : undefined;

const differs = (one: { reveal: () => string } | undefined, other: { reveal: () => string } | undefined): boolean =>
  one !== undefined && other !== undefined && one.reveal() !== other.reveal();

/** Real-name verification by Alipay: level 2, and what is verified already must agree. */
@Injectable()
export class AlipayRealName {
  constructor(
    private readonly persons: Persons,
    private readonly accounts: Accounts,
    private readonly gates: RealNameGates,
  ) {}

  /** @throws {Refusal} verification.under-fourteen */
  refuseChild(person: AlipayPerson): void {
    const vouched = vouchedBy(person);
    if (vouched) this.gates.refuseChild(vouched.idNumber);
  }

  /** The account that the vouched ID number belongs to. */
  async holderOf(person: AlipayPerson): Promise<string | undefined> {
    const vouched = vouchedBy(person);
    return vouched && this.accounts.find('resident-id', vouched.idNumber);
  }

  /**
   * Verifies the account, or raises it, where Alipay vouches for the person. Of a verified account nothing that Alipay says
   * may differ. The caller's transaction holds the account.
   * @returns whether the account is at level 2 now
   * @throws {Refusal} alipay.person-differs, verification.id-taken
   */
  async raise(tx: Tx, accountId: string, person: AlipayPerson): Promise<boolean> {
    const held = await this.persons.find(accountId, tx);
    if (differs(held?.name, person.name) || differs(held?.idNumber, person.idNumber))
      throw new Refusal('alipay.person-differs');
    const vouched = vouchedBy(person);
    if (!vouched) return false;
    if (held?.idNumber) {
      await this.accounts.raise(tx, accountId);
      return true;
    }
    const confirmed = { ...vouched, by: 'alipay', method: 'alipay', reference: person.user.reveal() } as const;
    await this.persons.confirm(tx, accountId, confirmed).catch((error: unknown) => {
      throw this.gates.withHotline(error);
    });
    return true;
  }
}
