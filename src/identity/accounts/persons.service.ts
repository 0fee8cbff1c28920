import { Injectable } from '@nestjs/common';
import type { AccountKind, Level, VerificationMethod } from '../../shared/account.js';
import { chinaDay } from '../../shared/china-time.js';
import { Clock } from '../../shared/clock.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { UserName } from '../../shared/user-name.js';
import { FieldCipher } from '../../storage/field-cipher.js';
import { Database } from '../../storage/transactions.js';
import type { Reader, Tx } from '../../storage/transactions.js';
import { Activity } from '../activity/activity.service.js';
import { AccountEntity } from './account.entity.js';
import { ContactEntity } from './contact.entity.js';
import { Identifiers } from './identifiers.service.js';
import { NaturalPersonEntity } from './natural-person.entity.js';
import type { Profile } from './standing.js';
import { USER_NAME } from './user-names.service.js';

/** A natural person's data, opened: for claims and for comparing, never for a page. */
export interface PersonData {
  kind: AccountKind;
  level: Level;
  userName?: UserName;
  phone?: Phone;
  name?: PersonName;
  idNumber?: ResidentId;
  /** Under 18 today, by China's calendar. Birth date and sex are in the ID number and nowhere else. */
  minor?: boolean;
  verifiedAt?: Date;
  verifiedBy?: string;
  verifiedMethod?: VerificationMethod;
  /** The verifier's own number of its answer. */
  verifiedReference?: string;
  updatedAt: Date;
}

/** What an outside party has confirmed of a person. */
export interface Confirmed {
  name: PersonName;
  idNumber: ResidentId;
  by: string;
  method: VerificationMethod;
  reference: string;
}

interface PersonRow {
  kind: AccountKind;
  level: Level;
  created_at: Date;
  user_name: Buffer | null;
  phone: Buffer | null;
  name: Buffer | null;
  id_number: Buffer | null;
  verified_at: Date | null;
  verified_by: string | null;
  verified_method: VerificationMethod | null;
  verified_reference: Buffer | null;
  updated_at: Date | null;
}

const PERSON = `
  select a.kind, a.level, a.created_at, a.user_name,
    p.phone, p.name, p.id_number, p.verified_at, p.verified_by,
    p.verified_method, p.verified_reference, p.updated_at
  from accounts a left join natural_persons p on p.account_id = a.id where a.id = $1`;

const OF_AGE = 18;
/** What each way of proving a person is worth. */
const LEVEL_BY: Record<VerificationMethod, Level> = { 'id-card': 1, alipay: 2 };

/** What is known of natural persons, and how it becomes certain. */
@Injectable()
export class Persons {
  constructor(
    private readonly db: Database,
    private readonly cipher: FieldCipher,
    private readonly identifiers: Identifiers,
    private readonly activity: Activity,
    private readonly clock: Clock,
  ) {}

  /** Whether somebody stands behind the account already; cheaper than all the rest. */
  async isVerified(accountId: string): Promise<boolean> {
    const [row] = await this.db.query('select 1 from accounts where id = $1 and level > 0', [accountId]);
    return row !== undefined;
  }

  async find(accountId: string, reader: Reader = this.db.manager): Promise<PersonData | undefined> {
    const row = await this.row(accountId, reader);
    return row && this.opened(accountId, row, reader);
  }

  /** What a page may show. */
  async profile(accountId: string): Promise<Profile | undefined> {
    const row = await this.row(accountId);
    if (!row) return undefined;
    const { userName, phone, name, idNumber, minor, verifiedAt, verifiedMethod } = await this.opened(accountId, row);
    return {
      accountId,
      kind: row.kind,
      level: row.level,
      createdAt: row.created_at,
      userName: userName?.reveal(),
      maskedPhone: phone?.masked(),
      maskedName: name?.masked(),
      maskedIdNumber: idNumber?.masked(),
      maskedBirthDate: idNumber?.maskedBirthDate,
      sex: idNumber?.sex,
      minor,
      verifiedAt,
      verifiedMethod,
    };
  }

  /**
   * Writes down what an outside party confirmed: from then on the person cannot change it.
   * @throws {Refusal} verification.id-taken when another account holds the number, .already-verified
   */
  async confirm(tx: Tx, accountId: string, confirmed: Confirmed): Promise<void> {
    const { name, idNumber, by, method, reference } = confirmed;
    const now = this.clock.now();
    const unverified = { id: accountId, kind: 'person', state: 'active', level: 0 } as const;
    const raised = await tx.update(AccountEntity, unverified, { level: LEVEL_BY[method] });
    if (raised.affected !== 1) throw new Refusal('verification.already-verified');
    const free = await this.identifiers.take(tx, accountId, 'resident-id', idNumber);
    if (!free) throw new Refusal('verification.id-taken');
    await tx.update(
      NaturalPersonEntity,
      { accountId },
      {
        name: await this.cipher.seal(tx, accountId, 'person.name', name.reveal()),
        idNumber: await this.cipher.seal(tx, accountId, 'person.id-number', idNumber.reveal()),
        verifiedAt: now,
        verifiedBy: by,
        verifiedMethod: method,
        verifiedReference: await this.cipher.seal(tx, accountId, 'person.verified-reference', reference),
        updatedAt: now,
      },
    );
    await this.activity.record(tx, { account: accountId, kind: 'verified', details: { by, method } });
  }

  /**
   * Moves the account to a number that its own SMS code has proved.
   * @param details how the change was proved, for the trail
   * @throws {Refusal} phone.taken-elsewhere when another account has it: of any number of requests at once, one wins
   */
  async changePhone(tx: Tx, accountId: string, phone: Phone, details: Record<string, unknown> = {}): Promise<void> {
    await this.identifiers.free(tx, accountId, 'phone');
    if (!(await this.identifiers.take(tx, accountId, 'phone', phone))) {
      throw new Refusal('phone.taken-elsewhere', { field: 'phone' });
    }
    const sealed = await this.cipher.seal(tx, accountId, 'person.phone', phone.reveal());
    await tx.update(NaturalPersonEntity, { accountId }, { phone: sealed, updatedAt: this.clock.now() });
    // What Alipay said of a number counts no more.
    await tx.delete(ContactEntity, { accountId });
    await this.activity.record(tx, { account: accountId, kind: 'phone-changed', details });
  }

  /**
   * Erases the person: what the account is found by is free, what was known is gone, and with the data key nothing
   * sealed under it opens again, in a backup neither. @returns the number that can still be told
   */
  async erase(tx: Tx, accountId: string): Promise<Phone | undefined> {
    const phone = await this.phoneIn(tx, accountId);
    await this.identifiers.freeAll(tx, accountId);
    await tx.delete(ContactEntity, { accountId });
    await tx.delete(NaturalPersonEntity, { accountId });
    await this.cipher.destroy(tx, accountId);
    return phone;
  }

  /** A person's number, as the transaction sees it. */
  async phoneIn(tx: Tx, accountId: string): Promise<Phone | undefined> {
    const row = await tx.findOneBy(NaturalPersonEntity, { accountId });
    if (!row?.phone) return undefined;
    return Phone.fromCanonical(await this.cipher.open(accountId, 'person.phone', row.phone, tx));
  }

  private async row(accountId: string, reader: Reader = this.db.manager): Promise<PersonRow | undefined> {
    const [row] = (await reader.query(PERSON, [accountId])) as PersonRow[];
    return row;
  }

  private async opened(accountId: string, row: PersonRow, reader: Reader = this.db.manager): Promise<PersonData> {
    const open = async (meaning: string, sealed: Buffer | null) =>
      sealed ? this.cipher.open(accountId, meaning, sealed, reader) : undefined;
    const [userName, phone, name, number, reference] = await Promise.all([
      open(USER_NAME, row.user_name),
      open('person.phone', row.phone),
      open('person.name', row.name),
      open('person.id-number', row.id_number),
      open('person.verified-reference', row.verified_reference),
    ]);
    const idNumber = number === undefined ? undefined : ResidentId.fromCanonical(number);
    return {
      kind: row.kind,
      level: row.level,
      userName: userName === undefined ? undefined : UserName.fromCanonical(userName),
      phone: phone === undefined ? undefined : Phone.fromCanonical(phone),
      name: name === undefined ? undefined : PersonName.fromCanonical(name),
      idNumber,
      minor: idNumber && idNumber.ageOn(chinaDay(this.clock.now())) < OF_AGE,
      verifiedAt: row.verified_at ?? undefined,
      verifiedBy: row.verified_by ?? undefined,
      verifiedMethod: row.verified_method ?? (row.verified_at ? 'id-card' : undefined),
      verifiedReference: reference,
      updatedAt: row.updated_at ?? row.created_at,
    };
  }
}
