import { Injectable } from '@nestjs/common';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import { RecoveryCodes } from '../../identity/proofs/recovery-codes.service.js';
import { Refusal } from '../../shared/refusal.js';
import type { LostNumberDraft } from './lost-number-draft.service.js';
import { LostNumberLimits } from './lost-number-limits.service.js';
import { NamedPersons } from './named-persons.service.js';

/** The ways to prove it that there are a page for, in their order; without one of them the account waits. */
export const WAYS = ['password', 'recovery-code', 'none'] as const;
export type Way = (typeof WAYS)[number];

/**
 * The proofs beside the new number. Each is judged before anything about the person is read, and every cause of failure
 * has one answer: a name and an ID number alone do not show whether anybody has an account (DESIGN 6).
 */
@Injectable()
export class LostNumberProofs {
  constructor(
    private readonly accounts: Accounts,
    private readonly named: NamedPersons,
    private readonly passwords: Passwords,
    private readonly codes: RecoveryCodes,
    private readonly proofs: Proofs,
    private readonly limits: LostNumberLimits,
  ) {}

  /**
   * One hash, whether or not there is such an account. What is closed for a day is told to who knows the password only.
   * @returns the account @throws {Refusal} limit.wait, lost-number.*, proof.closed @throws {Unavailable}
   */
  async password(draft: LostNumberDraft, typed: string, address: string): Promise<string> {
    await this.limits.refuseWaiting(address);
    const left = await this.limits.spend(draft.idNumber);
    const accountId = await this.accounts.find('resident-id', draft.idNumber);
    const right = await this.passwords.check(accountId, typed).catch(async (problem: unknown) => {
      await this.limits.giveBack(draft.idNumber);
      throw problem;
    });
    if (!right || !(await this.named.isTheirs(accountId as string, draft)))
      throw await this.wrongPassword(left, address);
    await this.limits.giveBack(draft.idNumber);
    await this.proofs.refuseClosed(accountId as string, 'lost-number');
    return accountId as string;
  }

  /** Found by the code, never by the person; a hall has seen the card, so that nothing is closed to it. */
  async recoveryCode(draft: LostNumberDraft, code: string, address: string): Promise<string> {
    await this.limits.refuseWaiting(address);
    const accountId = await this.codes.find(code);
    if (accountId && (await this.named.isTheirs(accountId, draft))) return accountId;
    await this.limits.failed(address);
    throw new Refusal('recovery-code.wrong', { field: 'recoveryCode' });
  }

  private async wrongPassword(left: number, address: string): Promise<Refusal> {
    await this.limits.failed(address);
    if (left === 0) return this.limits.closed();
    return new Refusal('lost-number.not-matched', { field: 'password', values: { left } });
  }
}
