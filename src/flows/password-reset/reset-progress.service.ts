import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { Contacts } from '../../identity/accounts/contacts.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { ProvedPersons } from '../../identity/proofs/proved-persons.service.js';
import { NumberHolders } from '../../oidc/number-holders.service.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';

/** How far a reset has come: which page is due, and for whom. */
export type ResetStage =
  | { page: 'number' | 'register' | 'number-holder' }
  /** Without an account: the number is a contact of one, or of several. */
  | { page: 'person'; accountId?: string; phone: Phone }
  | { page: 'password'; accountId: string; phone: Phone };

/** A reset's way: number, its code, of a verified account also the person, then the password (DESIGN 6). */
@Injectable()
export class ResetProgress {
  constructor(
    private readonly proved: ProvedNumbers,
    private readonly accounts: Accounts,
    private readonly holders: NumberHolders,
    private readonly contacts: Contacts,
    private readonly persons: ProvedPersons,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** What is known of the number is told only to who has proved it. @throws {Refusal} login.disabled */
  async of(cid: string): Promise<ResetStage> {
    const phone = await this.proved.of(cid);
    if (!phone) return { page: 'number' };
    const accountId = await this.accounts.find('phone', phone);
    const standing = accountId && (await this.accounts.standing(accountId));
    if (!accountId || !standing) return this.ofContact(phone);
    if (standing.state !== 'active') {
      throw new Refusal('login.disabled', { status: 403, values: { hotline: this.jurisdiction.hotline.number } });
    }
    if (await this.holders.isDue(cid, accountId)) return { page: 'number-holder' };
    const personDue = standing.level > 0 && !(await this.persons.is(cid, accountId));
    return { page: personDue ? 'person' : 'password', accountId, phone };
  }

  /** The proofs are used up. @returns whether they were there: of a form posted twice, one goes on */
  async finish(cid: string, phone: Phone, accountId: string): Promise<boolean> {
    await this.persons.drop(cid, accountId);
    return this.proved.take(cid, phone);
  }

  /** Nobody has the number; somebody may have it at Alipay. */
  private async ofContact(phone: Phone): Promise<ResetStage> {
    return (await this.contacts.accountsWith(phone)).length > 0 ? { page: 'person', phone } : { page: 'register' };
  }
}
