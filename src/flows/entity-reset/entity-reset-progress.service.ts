import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { CertificateBindings } from '../../identity/certificates/bindings.service.js';
import { CreditCode } from '../../shared/credit-code.js';
import { Refusal } from '../../shared/refusal.js';
import { Records } from '../../storage/records.js';

/** What this journey has proved: that a message arrived, then who speaks for the entity, or its certificate all at once. */
type Proved = 'nothing' | 'number' | 'person' | 'certificate';

interface Kept {
  creditCode: string;
  proved: Proved;
  certificate?: UsedCertificate;
}

/** A binding that proved it, which must still be there at the end. */
export interface UsedCertificate {
  id: string;
  amr: 'hwk' | 'swk';
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
    private readonly bindings: CertificateBindings,
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
    return { page: kept.proved === 'number' ? 'person' : 'password', accountId };
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

  async certificateProved(cid: string, creditCode: CreditCode, certificate: UsedCertificate): Promise<void> {
    await this.keep(cid, { creditCode: creditCode.reveal(), proved: 'certificate', certificate });
  }

  /**
   * The proofs are used up.
   * @returns by what it was proved: of a form posted twice, one goes on @throws {Refusal} entity-reset.over
   */
  async finish(cid: string, accountId: string): Promise<'sms' | UsedCertificate['amr']> {
    const kept = await this.records.take<Kept>(KIND, cid);
    const by = kept && (await this.isOf(accountId, kept)) ? await this.means(accountId, kept) : undefined;
    if (!by) throw new Refusal('entity-reset.over', { field: 'password' });
    return by;
  }

  private async means(accountId: string, { proved, certificate }: Kept): Promise<'sms' | 'hwk' | 'swk' | undefined> {
    if (proved === 'person') return 'sms';
    const bound = await this.bindings.list(accountId);
    return bound.some(({ id }) => id === certificate?.id) ? certificate?.amr : undefined;
  }

  private async isOf(accountId: string, { creditCode }: Kept): Promise<boolean> {
    return (await this.accounts.find('credit-code', CreditCode.fromCanonical(creditCode))) === accountId;
  }

  private async keep(cid: string, kept: Kept): Promise<void> {
    await this.records.put(KIND, cid, kept, LIFE_SECONDS);
  }
}
