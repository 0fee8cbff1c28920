import type { EntityTypeId } from '../../config/jurisdiction.js';
import type { EntityDraft } from '../../identity/accounts/entities.service.js';
import type { PersonClaim } from '../../identity/accounts/entity-checks.service.js';
import { CreditCode } from '../../shared/credit-code.js';
import { EntityName } from '../../shared/entity-name.js';
import { PersonName } from '../../shared/person-name.js';
import { ResidentId } from '../../shared/resident-id.js';

/** What the register has confirmed in this journey. */
export type CheckedEntity = Omit<EntityDraft, 'phone' | 'agreement' | 'confirmedThere'> & {
  /** The version of the agreement that was accepted with it, where it is accepted first. */
  agreementVersion?: string;
};

interface KeptPerson {
  name: string;
  idNumber: string;
}

/** The same as it is kept, sealed by whoever keeps it. */
export interface KeptEntity {
  type: EntityTypeId;
  name: string;
  creditCode: string;
  representative: KeptPerson;
  representativeAccount?: string;
  manager?: KeptPerson;
  at: number;
  reference: string;
  agreementVersion?: string;
}

const keptPerson = ({ name, idNumber }: PersonClaim): KeptPerson => ({
  name: name.reveal(),
  idNumber: idNumber.reveal(),
});
const personOf = ({ name, idNumber }: KeptPerson): PersonClaim => ({
  name: PersonName.fromCanonical(name),
  idNumber: ResidentId.fromCanonical(idNumber),
});

export const keptOf = (entity: CheckedEntity): KeptEntity => ({
  type: entity.type,
  name: entity.name.reveal(),
  creditCode: entity.creditCode.reveal(),
  representative: keptPerson(entity.representative),
  representativeAccount: entity.representativeAccount,
  manager: entity.manager && keptPerson(entity.manager),
  at: entity.checked.at.getTime(),
  reference: entity.checked.reference,
  agreementVersion: entity.agreementVersion,
});

export const checkedOf = (kept: KeptEntity): CheckedEntity => ({
  type: kept.type,
  name: EntityName.fromCanonical(kept.name),
  creditCode: CreditCode.fromCanonical(kept.creditCode),
  representative: personOf(kept.representative),
  representativeAccount: kept.representativeAccount,
  manager: kept.manager && personOf(kept.manager),
  checked: { at: new Date(kept.at), reference: kept.reference },
  agreementVersion: kept.agreementVersion,
});
