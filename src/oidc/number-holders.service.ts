import { Injectable } from '@nestjs/common';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { IdleAccounts } from '../identity/accounts/idle-accounts.service.js';
import { ProvedNumbers } from '../identity/codes/proved-numbers.service.js';
import { ProofChecks } from '../identity/proofs/proof-checks.service.js';
import { ProvedPersons } from '../identity/proofs/proved-persons.service.js';
import type { PersonName } from '../shared/person-name.js';
import type { Phone } from '../shared/phone.js';
import type { ResidentId } from '../shared/resident-id.js';
import { Sessions } from './sessions.service.js';

/**
 * Whoever has a number that changed hands does not have its account: of a verified account unused for long a journey
 * that has proved the number is asked who its person is (docs/decisions/0008).
 */
@Injectable()
export class NumberHolders {
  constructor(
    private readonly numbers: ProvedNumbers,
    private readonly accounts: Accounts,
    private readonly idle: IdleAccounts,
    private readonly sessions: Sessions,
    private readonly persons: ProvedPersons,
    private readonly checks: ProofChecks,
  ) {}

  /** Of whom the journey is to be asked; `undefined` when nothing is due. */
  async asked(cid: string): Promise<{ accountId: string; phone: Phone } | undefined> {
    const phone = await this.numbers.of(cid);
    const accountId = phone && (await this.accounts.find('phone', phone));
    if (!phone || !accountId || !(await this.isDue(cid, accountId))) return undefined;
    return { accountId, phone };
  }

  /** Whether the account that the journey's number leads to may be another person's. */
  async isDue(cid: string, accountId: string): Promise<boolean> {
    if (await this.persons.is(cid, accountId)) return false;
    if (!(await this.idle.isIdle(accountId))) return false;
    return (await this.sessions.list(accountId)).length === 0;
  }

  /** Name and ID number as they were verified. @throws {Refusal} proof.identity-*, limit.wait */
  async prove(
    cid: string,
    accountId: string,
    { name, idNumber }: { name: PersonName; idNumber: ResidentId },
    address: string,
  ): Promise<void> {
    await this.checks.identity(accountId, name, (held) => held.reveal() === idNumber.reveal(), address);
    await this.persons.keep(cid, accountId);
  }
}
