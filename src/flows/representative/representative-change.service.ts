import { Injectable } from '@nestjs/common';
import { Entities } from '../../identity/accounts/entities.service.js';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import type { PersonClaim } from '../../identity/accounts/entity-checks.service.js';
import type { NextRepresentative } from '../../identity/entity-requests/entity-people.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Refusal } from '../../shared/refusal.js';
import { CarryingOut } from './carrying-out.service.js';
import { ChangeRequests } from './change-requests.service.js';
import { keptNext, NewRepresentatives, nextOf } from './new-representatives.service.js';
import type { WordForm } from './representative.form.js';
import { Words } from './words.service.js';
import type { Origin, Word } from './words.service.js';

const KIND = 'representative';

/** A new representative takes over: the entity's own proof, the register, and the new one's word. */
@Injectable()
export class RepresentativeChange {
  constructor(
    private readonly entities: Entities,
    private readonly newcomers: NewRepresentatives,
    private readonly words: Words,
    private readonly requests: ChangeRequests,
    private readonly carrying: CarryingOut,
  ) {}

  /** @throws {Refusal} account.ended */
  async entity({ accountId }: SignedIn): Promise<EntityData> {
    const entity = await this.entities.find(accountId);
    if (!entity) throw new Refusal('account.ended', { status: 403 });
    return entity;
  }

  /** @throws {ProofDue} @throws {Refusal} proof.closed, as `NewRepresentatives.check` */
  async check(who: SignedIn, claim: PersonClaim, address: string): Promise<void> {
    await this.carrying.require(who, KIND);
    await this.newcomers.check(who, await this.entity(who), claim, address);
  }

  /** Who is to take over, and whose word it needs; no word where the entity's certificate has just proved it. */
  async next(who: SignedIn): Promise<{ next: NextRepresentative; word?: Word } | undefined> {
    const next = await this.newcomers.of(who);
    if (!next) return undefined;
    if (await this.carrying.isCertified(who, KIND)) return { next };
    return { next, word: await this.word(await this.entity(who), next) };
  }

  /**
   * @returns `changed`, or what comes before: a code that was sent, a request that waits; `undefined` when it has to be begun again
   * @throws {ProofDue} @throws {Refusal} proof.closed, sms.*, sms-code.*, representative.*, entity-request.*, account.ended
   */
  async confirm(who: SignedIn, form: WordForm, origin: Origin): Promise<'sent' | 'asked' | 'changed' | undefined> {
    const found = await this.next(who);
    if (!found) return undefined;
    const { next, word } = found;
    const entity = await this.entity(who);
    if (form.deed === 'confirmation-ask') {
      if (!next.account) throw new Refusal('representative.unregistered');
      const request = { representative: next.account, entity, draft: keptNext(next) };
      await this.requests.ask(who, KIND, request, origin.address);
      return 'asked';
    }
    if (word && (await this.words.take(who, word, form, origin)) === 'sent') return 'sent';
    await this.carrying.representative(who, entity, next, word ? 'code' : 'certificate');
    if (word) await this.words.used(who, word);
    await this.newcomers.drop(who);
    return 'changed';
  }

  /** Whether somebody is to take over. @throws {ProofDue} @throws {Refusal} proof.closed */
  async isBegun(who: SignedIn): Promise<boolean> {
    await this.carrying.require(who, KIND);
    return (await this.newcomers.of(who)) !== undefined;
  }

  /** @returns whether it was there to be done: the entity's certificate has signed it; the register has just named the new one. @throws {ProofDue} @throws {Refusal} proof.closed, account.ended */
  async certified(who: SignedIn): Promise<boolean> {
    const next = await this.newcomers.of(who);
    if (!next) return false;
    await this.carrying.representative(who, await this.entity(who), next, 'certificate');
    await this.newcomers.drop(who);
    return true;
  }

  /**
   * What the new one has confirmed in their own user centre; the register is asked once more.
   * @throws {ProofDue} @throws {Refusal} proof.closed, entity-request.* as it stands, register.*, account.ended
   */
  async finish(who: SignedIn, address: string): Promise<void> {
    const request = await this.requests.confirmed(who, KIND);
    await this.carrying.require(who, KIND);
    const entity = await this.entity(who);
    const next = nextOf(request.draft);
    const checked = await this.newcomers.inRegister(entity, next.representative, address);
    await this.carrying.representative(who, entity, { ...next, checked }, 'confirmation', async (tx) =>
      this.requests.finish(tx, request),
    );
  }

  /** Of their own account, or of the entity's contact number where they have none. */
  private async word(entity: EntityData, { account, representative }: NextRepresentative): Promise<Word> {
    const about = representative.idNumber;
    const entityName = entity.name.reveal();
    const phone = account ? await this.newcomers.phoneOf(account) : entity.phone;
    if (!phone) throw new Refusal('representative.away', { field: 'representativeIdNumber' });
    return { kind: KIND, about, phone, hidden: account !== undefined, entityName };
  }
}
