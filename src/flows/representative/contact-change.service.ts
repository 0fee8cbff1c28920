import { Injectable } from '@nestjs/common';
import { Entities } from '../../identity/accounts/entities.service.js';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { CarryingOut } from './carrying-out.service.js';
import { ChangeRequests } from './change-requests.service.js';
import { ContactWords } from './contact-words.service.js';
import { NewContacts } from './new-contacts.service.js';
import type { NewContact } from './new-contacts.service.js';
import type { NewContactForm, WordForm } from './representative.form.js';
import type { Origin, Word } from './words.service.js';

const KIND = 'contact';

/** The number the entity is told things at, changed by its certificate or its representative (R-5.4, DESIGN 6). */
@Injectable()
export class ContactChange {
  constructor(
    private readonly entities: Entities,
    private readonly contacts: NewContacts,
    private readonly words: ContactWords,
    private readonly requests: ChangeRequests,
    private readonly carrying: CarryingOut,
  ) {}

  /** @throws {Refusal} account.ended */
  async entity({ accountId }: SignedIn): Promise<EntityData> {
    const entity = await this.entities.find(accountId);
    if (!entity) throw new Refusal('account.ended', { status: 403 });
    return entity;
  }

  /** Of the code to the new number. */
  async stage(who: SignedIn, address: string): Promise<CodeStage> {
    return this.contacts.stage(who, address);
  }

  /** @returns `sent`, or `proved` @throws {ProofDue} @throws {Refusal} proof.closed, phone.same, sms.*, sms-code.* */
  async prove(who: SignedIn, form: NewContactForm, origin: Origin): Promise<'sent' | 'proved'> {
    await this.carrying.require(who, KIND);
    return this.contacts.prove(who, await this.entity(who), form, origin);
  }

  /** The new number, and whose word it needs; no word where the entity's certificate has just proved it. */
  async next(who: SignedIn): Promise<{ contact: NewContact; word?: Word; personDue: boolean } | undefined> {
    const contact = await this.contacts.of(who);
    if (!contact) return undefined;
    if (await this.carrying.isCertified(who, KIND)) return { contact, personDue: false };
    const entity = await this.entity(who);
    const personDue = !entity.representativeAccount && !contact.personProved;
    return { contact, word: await this.words.of(entity, contact), personDue };
  }

  /**
   * @returns `changed`, or what comes before: a code that was sent, a request that waits; `undefined` when it has to be begun again
   * @throws {ProofDue} @throws {Refusal} proof.*, entity.*, name.*, id-number.*, representative.*, sms.*, sms-code.*, entity-request.*
   */
  async confirm(who: SignedIn, form: WordForm, origin: Origin): Promise<'sent' | 'asked' | 'changed' | undefined> {
    const found = await this.next(who);
    if (!found) return undefined;
    const { contact, word, personDue } = found;
    const entity = await this.entity(who);
    await (word ? this.words.require(who, origin.address) : this.words.requireNobody(who, origin.address));
    if (form.deed === 'confirmation-ask') {
      await this.ask(who, entity, contact, origin.address);
      return 'asked';
    }
    if (personDue) {
      await this.words.person(who, entity, form, origin.address);
      await this.contacts.keep(who, { ...contact, personProved: true });
    }
    if (word && (await this.words.take(who, word, form, origin)) === 'sent') return 'sent';
    await this.carrying.contact(who, entity, contact.phone, word ? 'code' : 'certificate');
    if (word) await this.words.used(who, word);
    await this.contacts.drop(who);
    return 'changed';
  }

  /** Whether a new number is proved. @throws {ProofDue} @throws {Refusal} proof.closed */
  async isBegun(who: SignedIn): Promise<boolean> {
    await this.carrying.require(who, KIND);
    return (await this.contacts.of(who)) !== undefined;
  }

  /** @returns whether it was there to be done: the entity's certificate has signed it. @throws {ProofDue} @throws {Refusal} proof.closed, entity.not-found, register.unavailable, account.ended */
  async certified(who: SignedIn, address: string): Promise<boolean> {
    const contact = await this.contacts.of(who);
    if (!contact) return false;
    await this.words.requireNobody(who, address);
    await this.carrying.contact(who, await this.entity(who), contact.phone, 'certificate');
    await this.contacts.drop(who);
    return true;
  }

  /**
   * What the representative has confirmed in their own user centre, if they still are it.
   * @throws {ProofDue} @throws {Refusal} proof.closed, entity-request.* as it stands, entity.*, account.ended
   */
  async finish(who: SignedIn, address: string): Promise<void> {
    const request = await this.requests.confirmed(who, KIND);
    await this.carrying.require(who, KIND);
    await this.words.require(who, address);
    const entity = await this.entity(who);
    if (entity.representativeAccount !== request.accountId) throw new Refusal('entity-request.gone');
    const phone = Phone.fromCanonical(String(request.draft['phone']));
    await this.carrying.contact(who, entity, phone, 'confirmation', async (tx) => this.requests.finish(tx, request));
  }

  private async ask(who: SignedIn, entity: EntityData, { phone }: NewContact, address: string): Promise<void> {
    const { representativeAccount: representative } = entity;
    if (!representative) throw new Refusal('representative.unregistered');
    await this.requests.ask(who, KIND, { representative, entity, draft: { phone: phone.reveal() } }, address);
  }
}
