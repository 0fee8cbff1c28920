import { Injectable } from '@nestjs/common';
import type { AccountKind, IdentifierKind, Level } from '../../shared/account.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import { AccountEntity } from './account.entity.js';
import { AgreementAcceptedEntity } from './agreement-accepted.entity.js';
import { Contacts } from './contacts.service.js';
import { IdentifierEntity } from './identifier.entity.js';
import { PendingChanges } from './pending-changes.service.js';
import type { PendingChange } from './pending-changes.service.js';
import { Entities } from './entities.service.js';
import type { EntityData } from './entities.service.js';
import { Persons } from './persons.service.js';
import type { PersonData } from './persons.service.js';

/** All that the tables of this folder hold of one account. */
export interface HeldData {
  kind: AccountKind;
  level: Level;
  registeredAt: Date;
  sessionsSince: Date;
  certifiedSince?: Date;
  wayChanged?: { at: Date; by: string };
  person: PersonData;
  /** A number that Alipay told us of. */
  contact?: Phone;
  /** Of a legal entity's account. */
  entity?: EntityData;
  identifiers: { kind: IdentifierKind; since: Date }[];
  agreements: { version: string; textHash: Buffer; acceptedAt: Date }[];
  pending: (PendingChange & { askedAt: Date })[];
}

/** What is held of an account, opened, for its owner alone (PIPL art. 45). */
@Injectable()
export class HeldDataOfAccounts {
  constructor(
    private readonly db: Database,
    private readonly persons: Persons,
    private readonly entities: Entities,
    private readonly pending: PendingChanges,
    private readonly contacts: Contacts,
  ) {}

  /** @throws {Refusal} account.ended (403) when it is disabled or closed */
  async of(accountId: string): Promise<HeldData> {
    const account = await this.db.manager.findOneBy(AccountEntity, { id: accountId, state: 'active' });
    const person = await this.persons.find(accountId);
    if (!account || !person) throw new Refusal('account.ended', { status: 403 });
    const [entity, identifiers, agreements, pending, contact] = await Promise.all([
      this.entities.find(accountId),
      this.db.manager.find(IdentifierEntity, { where: { accountId }, order: { createdAt: 'asc', kind: 'asc' } }),
      this.db.manager.find(AgreementAcceptedEntity, { where: { accountId }, order: { id: 'asc' } }),
      this.pending.all(accountId),
      this.contacts.of(accountId),
    ]);
    const { kind, level, createdAt, validFrom, certifiedFrom, wayChangedAt, wayChangedBy } = account;
    return {
      kind,
      level,
      registeredAt: createdAt,
      sessionsSince: validFrom,
      certifiedSince: certifiedFrom ?? undefined,
      wayChanged: wayChangedAt && wayChangedBy ? { at: wayChangedAt, by: wayChangedBy } : undefined,
      person,
      contact,
      entity,
      identifiers: identifiers.map((one) => ({ kind: one.kind, since: one.createdAt })),
      agreements,
      pending,
    };
  }
}
