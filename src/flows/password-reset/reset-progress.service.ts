import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { ProofChecks } from '../../identity/proofs/proof-checks.service.js';
import type { PersonName } from '../../shared/person-name.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { Records } from '../../storage/records.js';

const PERSON = 'reset-person';
const LIFE_SECONDS = 20 * 60;

/** How far a reset has come: which page is due, and for whom. */
export type ResetStage =
  { page: 'number' } | { page: 'register' } | { page: 'person' | 'password'; accountId: string; phone: Phone };

/** A reset's way: number, its code, of a verified account also the person, then the password (DESIGN 6). */
@Injectable()
export class ResetProgress {
  constructor(
    private readonly proved: ProvedNumbers,
    private readonly accounts: Accounts,
    private readonly checks: ProofChecks,
    private readonly records: Records,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** What is known of the number is told only to who has proved it. @throws {Refusal} login.disabled */
  async of(cid: string): Promise<ResetStage> {
    const phone = await this.proved.of(cid);
    if (!phone) return { page: 'number' };
    const accountId = await this.accounts.find('phone', phone);
    const standing = accountId && (await this.accounts.standing(accountId));
    if (!accountId || !standing) return { page: 'register' };
    if (standing.state !== 'active') {
      throw new Refusal('login.disabled', { status: 403, values: { hotline: this.jurisdiction.hotline.number } });
    }
    const personDue = standing.level > 0 && !(await this.records.get(PERSON, this.place(cid, accountId)));
    return { page: personDue ? 'person' : 'password', accountId, phone };
  }

  /** @throws {Refusal} proof.identity-wrong, proof.identity-closed */
  async provePerson(cid: string, accountId: string, name: PersonName, last6: string): Promise<void> {
    await this.checks.identity(accountId, name, (held) => held.last6 === last6);
    await this.records.put(PERSON, this.place(cid, accountId), { proved: true }, LIFE_SECONDS);
  }

  /** The proofs are used up. @returns whether they were there: of a form posted twice, one goes on */
  async finish(cid: string, phone: Phone, accountId: string): Promise<boolean> {
    await this.records.drop(PERSON, this.place(cid, accountId));
    return this.proved.take(cid, phone);
  }

  private place(cid: string, accountId: string): string {
    return `${cid}|${accountId}`;
  }
}
