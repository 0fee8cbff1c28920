import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { CreditCode } from '../../shared/credit-code.js';
import { Refusal } from '../../shared/refusal.js';
import { Records } from '../../storage/records.js';

/** What this journey has proved: that a message arrived, then who speaks for the entity. */
type Proved = 'nothing' | 'number' | 'person';

interface Kept {
  creditCode: string;
  proved: Proved;
}

/** How far an entity's reset has come: which page is due, and for whom. */
export type EntityResetStage =
  { page: 'entity' } | { page: 'code'; creditCode: CreditCode } | { page: 'person' | 'password'; accountId: string };

const ADDRESSES: Record<EntityResetStage['page'], string> = {
  entity: '',
  code: '/code',
  person: '/person',
  password: '/password',
};

/** Where the page that is due is. */
export const addressOf = ({ uid }: { uid: string }, { page }: EntityResetStage): string =>
  `/interaction/${uid}/reset/entity${ADDRESSES[page]}`;

const KIND = 'entity-reset';
const LIFE_SECONDS = 20 * 60;

/** An entity's reset, kept by the journey's `cid`. Whether the code has an account is told only once a message to it arrived. */
@Injectable()
export class EntityResetProgress {
  constructor(
    private readonly records: Records,
    private readonly accounts: Accounts,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @throws {Refusal} login.disabled (403) */
  async of(cid: string): Promise<EntityResetStage> {
    const kept = await this.records.get<Kept>(KIND, cid);
    if (!kept) return { page: 'entity' };
    const creditCode = CreditCode.fromCanonical(kept.creditCode);
    if (kept.proved === 'nothing') return { page: 'code', creditCode };
    const accountId = await this.accounts.find('credit-code', creditCode);
    if (!accountId) return { page: 'entity' };
    const standing = await this.accounts.standing(accountId);
    if (standing?.state !== 'active') {
      throw new Refusal('login.disabled', { status: 403, values: { hotline: this.jurisdiction.hotline.number } });
    }
    return { page: kept.proved === 'person' ? 'password' : 'person', accountId };
  }

  /** The first step; what was proved of another entity counts no more. */
  async begin(cid: string, creditCode: CreditCode): Promise<void> {
    await this.keep(cid, { creditCode: creditCode.reveal(), proved: 'nothing' });
  }

  async numberProved(cid: string, creditCode: CreditCode): Promise<void> {
    await this.keep(cid, { creditCode: creditCode.reveal(), proved: 'number' });
  }

  /** Of the entity that was judged: the journey may have turned to another one meanwhile. */
  async personProved(cid: string, accountId: string): Promise<void> {
    const kept = await this.records.take<Kept>(KIND, cid);
    if (kept?.proved !== 'number' || !(await this.isOf(accountId, kept))) return;
    await this.keep(cid, { ...kept, proved: 'person' });
  }

  /** The proofs are used up. @returns whether they were there: of a form posted twice, one goes on */
  async finish(cid: string, accountId: string): Promise<boolean> {
    const kept = await this.records.take<Kept>(KIND, cid);
    return kept?.proved === 'person' && (await this.isOf(accountId, kept));
  }

  private async isOf(accountId: string, { creditCode }: Kept): Promise<boolean> {
    return (await this.accounts.find('credit-code', CreditCode.fromCanonical(creditCode))) === accountId;
  }

  private async keep(cid: string, kept: Kept): Promise<void> {
    await this.records.put(KIND, cid, kept, LIFE_SECONDS);
  }
}
