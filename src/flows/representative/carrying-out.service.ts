import { Injectable } from '@nestjs/common';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import { Persons } from '../../identity/accounts/persons.service.js';
import { EntityPeople } from '../../identity/entity-requests/entity-people.service.js';
import type { NextRepresentative } from '../../identity/entity-requests/entity-people.service.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { WaysIn } from '../../oidc/ways-in.service.js';
import type { Amr } from '../../shared/account.js';
import type { Phone } from '../../shared/phone.js';
import type { Tx } from '../../storage/transactions.js';
import type { ChangeKind } from './words.service.js';

/** How a change was agreed to; what a number alone agreed to closes the account's other guarded acts for a day (DESIGN 6). */
export type By = 'code' | 'confirmation' | 'certificate';

/** What belongs to the same commit: a request that is done with. */
type Within = (tx: Tx) => Promise<void>;

const CERTIFICATE: readonly Amr[] = ['hwk', 'swk'];
const nothing: Within = async () => undefined;

/** Carries a change out, with all that follows from a changed way in: sessions end, old and new number are told. */
@Injectable()
export class CarryingOut {
  constructor(
    private readonly persons: Persons,
    private readonly people: EntityPeople,
    private readonly proofs: Proofs,
    private readonly waysIn: WaysIn,
  ) {}

  /** Before a page is shown. @throws {ProofDue} @throws {Refusal} proof.closed */
  async require(who: SignedIn, kind: ChangeKind): Promise<void> {
    await this.proofs.require(who, kind);
  }

  /** Whether the entity's certificate has just proved it: then nobody else's word is needed. @throws as `require` */
  async isCertified(who: SignedIn, kind: ChangeKind): Promise<boolean> {
    const means = await this.proofs.require(who, kind);
    const loggedIn = means === 'login' && who.amr.some((one) => CERTIFICATE.includes(one));
    return loggedIn || means === 'certificate';
  }

  /** @throws {ProofDue} @throws {Refusal} proof.closed, account.ended, what `within` throws */
  async representative(
    who: SignedIn,
    entity: EntityData,
    next: NextRepresentative,
    by: By,
    within: Within = nothing,
  ): Promise<void> {
    await this.proofs.use(who, 'representative');
    const { accountId, uid: spare } = who;
    const former = entity.representativeAccount === next.account ? undefined : entity.representativeAccount;
    const oldPhone = former ? (await this.persons.find(former))?.phone : undefined;
    const closes = by === 'code' ? 'representative' : undefined;
    const notice = { notice: 'representative-changed', object: entity.name.reveal(), oldPhone } as const;
    await this.waysIn.change({ accountId, ...notice, spare, closes }, async (tx) => {
      await within(tx);
      await this.people.takeOver(tx, accountId, { entity, next, by });
    });
  }

  /** @throws {ProofDue} @throws {Refusal} proof.closed, account.ended, what `within` throws */
  async contact(who: SignedIn, entity: EntityData, phone: Phone, by: By, within: Within = nothing): Promise<void> {
    await this.proofs.use(who, 'contact');
    const { accountId, uid: spare } = who;
    const closes = by === 'code' ? 'contact' : undefined;
    const notice = { notice: 'contact-changed', object: entity.name.reveal(), oldPhone: entity.phone } as const;
    await this.waysIn.change({ accountId, ...notice, spare, closes }, async (tx) => {
      await within(tx);
      await this.people.changeContact(tx, accountId, { entity, phone, by });
    });
  }
}
