import { Injectable } from '@nestjs/common';
import type { EntityTypeId } from '../../config/jurisdiction.js';
import type { EntityDraft } from '../../identity/accounts/entities.service.js';
import { CreditCode } from '../../shared/credit-code.js';
import { EntityName } from '../../shared/entity-name.js';
import { PersonName } from '../../shared/person-name.js';
import { ResidentId } from '../../shared/resident-id.js';
import { SecretText } from '../../shared/secret-text.js';
import { Records } from '../../storage/records.js';
import { DETAILS } from './entity-details.form.js';

interface KeptPerson {
  name: string;
  idNumber: string;
}

interface KeptEntity {
  type: EntityTypeId;
  name: string;
  creditCode: string;
  representative: KeptPerson;
  representativeAccount?: string;
  manager?: KeptPerson;
  at: number;
  reference: string;
}

interface Kept {
  details?: Record<string, string>;
  account?: Record<string, string>;
  checked?: KeptEntity;
  passwordHash?: string;
}

/** What the register has confirmed in this journey. */
export type CheckedEntity = Omit<EntityDraft, 'phone'>;

/** What an entity's registration has so far. */
export interface Draft {
  /** As they were typed, to be shown again. */
  details: Record<string, string>;
  account: Record<string, string>;
  checked?: CheckedEntity;
  passwordHash?: SecretText;
}

const KIND = 'entity-registration';
const LIFE_SECONDS = 20 * 60;
const ACCOUNT = ['userName', 'phone', 'agreement', 'agreementVersion'] as const;

const only = (values: Record<string, string>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
const keptPerson = ({ name, idNumber }: { name: PersonName; idNumber: ResidentId }): KeptPerson => ({
  name: name.reveal(),
  idNumber: idNumber.reveal(),
});
const personOf = ({ name, idNumber }: KeptPerson) => ({
  name: PersonName.fromCanonical(name),
  idNumber: ResidentId.fromCanonical(idNumber),
});

const checkedOf = (kept: KeptEntity): CheckedEntity => ({
  type: kept.type,
  name: EntityName.fromCanonical(kept.name),
  creditCode: CreditCode.fromCanonical(kept.creditCode),
  representative: personOf(kept.representative),
  representativeAccount: kept.representativeAccount,
  manager: kept.manager && personOf(kept.manager),
  checked: { at: new Date(kept.at), reference: kept.reference },
});

/** A half-done registration, kept by the journey's `cid`: a reload, a refusal or a detour loses nothing. */
@Injectable()
export class EntityDrafts {
  constructor(private readonly records: Records) {}

  async of(cid: string): Promise<Draft> {
    const { details = {}, account = {}, checked, passwordHash } = await this.kept(cid);
    return {
      details,
      account,
      checked: checked && checkedOf(checked),
      passwordHash: passwordHash === undefined ? undefined : SecretText.of(passwordHash),
    };
  }

  /** The first page as it was typed. What was confirmed before counts no more: it may be about another entity. */
  async keepDetails(cid: string, values: Record<string, string>): Promise<void> {
    const { checked: _before, ...rest } = await this.kept(cid);
    await this.save(cid, { ...rest, details: only(values, DETAILS) });
  }

  async keepChecked(cid: string, entity: CheckedEntity): Promise<void> {
    const checked: KeptEntity = {
      type: entity.type,
      name: entity.name.reveal(),
      creditCode: entity.creditCode.reveal(),
      representative: keptPerson(entity.representative),
      representativeAccount: entity.representativeAccount,
      manager: entity.manager && keptPerson(entity.manager),
      at: entity.checked.at.getTime(),
      reference: entity.checked.reference,
    };
    await this.save(cid, { ...(await this.kept(cid)), checked });
  }

  /** The second page as it was typed, its password aside. */
  async keepAccount(cid: string, values: Record<string, string>): Promise<void> {
    await this.save(cid, { ...(await this.kept(cid)), account: only(values, ACCOUNT) });
  }

  /** Hashed at once: a password is never kept as it was typed. */
  async keepPassword(cid: string, hash: SecretText): Promise<void> {
    await this.save(cid, { ...(await this.kept(cid)), passwordHash: hash.reveal() });
  }

  async drop(cid: string): Promise<void> {
    await this.records.drop(KIND, cid);
  }

  private async kept(cid: string): Promise<Kept> {
    return (await this.records.get<Kept>(KIND, cid)) ?? {};
  }

  private async save(cid: string, kept: Kept): Promise<void> {
    await this.records.put(KIND, cid, kept, LIFE_SECONDS);
  }
}
