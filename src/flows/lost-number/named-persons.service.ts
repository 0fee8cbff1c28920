import { Injectable } from '@nestjs/common';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { Persons } from '../../identity/accounts/persons.service.js';
import type { LostNumberDraft } from './lost-number-draft.service.js';

type Named = Pick<LostNumberDraft, 'name' | 'idNumber'>;

/** Whether an account is the person's who was named. Asked after a proof, or when nobody waits for the answer. */
@Injectable()
export class NamedPersons {
  constructor(
    private readonly accounts: Accounts,
    private readonly persons: Persons,
  ) {}

  /** Their verified, active account. */
  async accountOf(named: Named): Promise<string | undefined> {
    const accountId = await this.accounts.find('resident-id', named.idNumber);
    return accountId && (await this.isTheirs(accountId, named)) ? accountId : undefined;
  }

  /** Whether this active account is theirs, by name and number. */
  async isTheirs(accountId: string, { name, idNumber }: Named): Promise<boolean> {
    const [held, standing] = await Promise.all([this.persons.find(accountId), this.accounts.standing(accountId)]);
    if (standing?.state !== 'active') return false;
    return held?.idNumber?.reveal() === idNumber.reveal() && held.name?.reveal() === name.reveal();
  }
}
