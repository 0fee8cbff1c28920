import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityTypeId } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import { CreditCode } from '../../shared/credit-code.js';
import { EntityName } from '../../shared/entity-name.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { FieldCipher } from '../../storage/field-cipher.js';
import { Database } from '../../storage/transactions.js';
import type { Reader, Tx } from '../../storage/transactions.js';
import { Activity } from '../activity/activity.service.js';
import { AccountEntity } from './account.entity.js';
import { Agreements } from './agreements.service.js';
import type { AcceptedAgreement } from './agreements.service.js';
import type { EntityClaims, PersonClaim, RegisterCheck } from './entity-checks.service.js';
import { Identifiers } from './identifiers.service.js';
import { LegalEntityEntity } from './legal-entity.entity.js';
import type { RegisterSays } from './register-says.js';

/** An entity that the register has confirmed, on its way to an account. */
export interface EntityDraft extends EntityClaims {
  checked: RegisterCheck;
  /** The representative's own account, which has confirmed it. */
  representativeAccount?: string;
  /** In their own user centre, where their trail has it already. */
  confirmedThere?: boolean;
  manager?: PersonClaim;
  /** A contact number that its own code has proved. */
  phone?: Phone;
  /** The agreement as it was accepted before; the version in force unless given. */
  agreement?: AcceptedAgreement;
}

/** A legal entity's data, opened: for claims and for comparing. Of its people a page gets the masked form. */
export interface EntityData {
  type: EntityTypeId;
  name: EntityName;
  creditCode: CreditCode;
  representative: PersonClaim;
  representativeAccount?: string;
  /** Of a representative who has taken over here. */
  representativeSince?: Date;
  manager?: PersonClaim;
  phone?: Phone;
  checkedAt: Date;
  reference: string;
  /** What it said when it was last asked again. */
  says: RegisterSays;
  /** It names another representative by now. */
  representativeLeft: boolean;
  /** When it last answered. */
  askedAt: Date;
  updatedAt: Date;
}

/** Legal entities: made once the register has confirmed them, found, erased. */
@Injectable()
export class Entities {
  constructor(
    private readonly db: Database,
    private readonly cipher: FieldCipher,
    private readonly identifiers: Identifiers,
    private readonly agreements: Agreements,
    private readonly activity: Activity,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the account of an entity, registered and checked: level 1.
   * @throws {Refusal} entity.taken when its code has one: of any number of requests at once, one wins
   */
  async create(tx: Tx, draft: EntityDraft): Promise<string> {
    const id = randomUUID();
    const now = this.clock.now();
    if (!(await this.identifiers.take(tx, id, 'credit-code', draft.creditCode)))
      throw new Refusal('entity.taken', { field: 'creditCode' });
    await tx.insert(AccountEntity, { id, kind: 'entity', state: 'active', level: 1, validFrom: now, createdAt: now });
    await this.cipher.create(tx, id);
    await tx.insert(LegalEntityEntity, { accountId: id, ...(await this.sealed(tx, id, draft)), updatedAt: now });
    await this.agreements.accept(tx, id, draft.agreement);
    await this.activity.record(tx, { account: id, kind: 'registered' });
    if (draft.representativeAccount && !draft.confirmedThere)
      await this.activity.record(tx, { account: draft.representativeAccount, kind: 'entity-confirmed' });
    return id;
  }

  /** @returns `undefined` for what is no entity's account */
  async find(accountId: string, reader: Reader = this.db.manager): Promise<EntityData | undefined> {
    const row = await reader.findOneBy(LegalEntityEntity, { accountId });
    return row ? this.opened(row, reader) : undefined;
  }

  /** Nothing that was known of the entity is there any more. @returns what was known */
  async erase(tx: Tx, accountId: string): Promise<EntityData | undefined> {
    const entity = await this.find(accountId, tx);
    if (entity) await tx.delete(LegalEntityEntity, { accountId });
    return entity;
  }

  private async sealed(
    tx: Tx,
    id: string,
    draft: EntityDraft,
  ): Promise<Omit<LegalEntityEntity, 'accountId' | 'updatedAt'>> {
    const seal = async (meaning: string, value: { reveal: () => string }) =>
      this.cipher.seal(tx, id, `entity.${meaning}`, value.reveal());
    const { representative, manager, phone, checked } = draft;
    return {
      type: draft.type,
      name: await seal('name', draft.name),
      creditCode: await seal('credit-code', draft.creditCode),
      representativeName: await seal('representative.name', representative.name),
      representativeIdNumber: await seal('representative.id-number', representative.idNumber),
      representativeAccountId: draft.representativeAccount ?? null,
      representativeSince: null,
      managerName: manager ? await seal('manager.name', manager.name) : null,
      managerIdNumber: manager ? await seal('manager.id-number', manager.idNumber) : null,
      phone: phone ? await seal('phone', phone) : null,
      registerSays: 'agrees',
      representativeLeft: false,
      checkedAt: checked.at,
      askedAt: checked.at,
      registerReference: checked.reference,
    };
  }

  private async opened(row: LegalEntityEntity, reader: Reader): Promise<EntityData> {
    const open = async (meaning: string, sealed: Buffer) =>
      this.cipher.open(row.accountId, `entity.${meaning}`, sealed, reader);
    const person = async (role: string, name: Buffer, idNumber: Buffer): Promise<PersonClaim> => ({
      name: PersonName.fromCanonical(await open(`${role}.name`, name)),
      idNumber: ResidentId.fromCanonical(await open(`${role}.id-number`, idNumber)),
    });
    const { managerName, managerIdNumber } = row;
    return {
      type: row.type,
      name: EntityName.fromCanonical(await open('name', row.name)),
      creditCode: CreditCode.fromCanonical(await open('credit-code', row.creditCode)),
      representative: await person('representative', row.representativeName, row.representativeIdNumber),
      representativeAccount: row.representativeAccountId ?? undefined,
      representativeSince: row.representativeSince ?? undefined,
      manager: managerName && managerIdNumber ? await person('manager', managerName, managerIdNumber) : undefined,
      phone: row.phone ? Phone.fromCanonical(await open('phone', row.phone)) : undefined,
      checkedAt: row.checkedAt,
      reference: row.registerReference,
      says: row.registerSays,
      representativeLeft: row.representativeLeft,
      askedAt: row.askedAt ?? row.checkedAt,
      updatedAt: row.updatedAt,
    };
  }
}
