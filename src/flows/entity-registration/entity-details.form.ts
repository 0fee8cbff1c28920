import type { EntityTypeId, Jurisdiction } from '../../config/jurisdiction.js';
import { CreditCode } from '../../shared/credit-code.js';
import { EntityName } from '../../shared/entity-name.js';
import { PersonName } from '../../shared/person-name.js';
import { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Optional, Parsed } from '../../web/fields.js';

/** What the first page of an entity's registration asks for. */
export interface EntityDetails {
  entityType: EntityTypeId;
  entityName: EntityName;
  creditCode: CreditCode;
  representativeName: PersonName;
  representativeIdNumber: ResidentId;
  /** Where the province asks for the person in charge. */
  managerName?: PersonName;
  managerIdNumber?: ResidentId;
  /** The version of the agreement that was shown, where it is accepted here. */
  agreementVersion?: string;
}

/** Names of the fields that are kept as they were typed. */
export const DETAILS = [
  'entityType',
  'entityName',
  'creditCode',
  'representativeName',
  'representativeIdNumber',
  'managerName',
  'managerIdNumber',
] as const;

type Named = 'representative-name' | 'representative-id-number' | 'manager-name' | 'manager-id-number';

/** What is missing is called by its own name: there are several names and numbers on the page. */
const present =
  <T>(what: Named, read: (raw: string) => T) =>
  (raw: string): T => {
    if (raw.trim() === '') throw new Refusal(`${what}.missing`);
    return read(raw);
  };

/** @param now no birthday is later @param jurisdiction its types, and whether the person in charge and the agreement belong here */
export function entityDetailsForm(now: Date, { entityTypes, representativeFirst }: Jurisdiction) {
  const asked =
    <T>(read: (raw: string) => T) =>
    (raw: string): T | undefined =>
      representativeFirst ? undefined : read(raw);

  class EntityDetailsForm implements EntityDetails {
    @Parsed((raw) => {
      const type = entityTypes.find(({ id }) => id === raw);
      if (!type) throw new Refusal('entity-type.missing');
      return type.id;
    })
    entityType!: EntityTypeId;

    @Parsed((raw) => EntityName.parse(raw))
    entityName!: EntityName;

    @Parsed((raw) => CreditCode.parse(raw))
    creditCode!: CreditCode;

    @Parsed(present('representative-name', (raw) => PersonName.parse(raw)))
    representativeName!: PersonName;

    @Parsed(present('representative-id-number', (raw) => ResidentId.parse(raw, now)))
    representativeIdNumber!: ResidentId;

    @Parsed(asked(present('manager-name', (raw) => PersonName.parse(raw))))
    managerName?: PersonName;

    @Parsed(asked(present('manager-id-number', (raw) => ResidentId.parse(raw, now))))
    managerIdNumber?: ResidentId;

    @Parsed(
      asked((raw) => {
        if (raw !== 'yes') throw new Refusal('agreement.not-accepted');
        return raw;
      }),
    )
    agreement?: string;

    @Optional()
    agreementVersion?: string;
  }
  return EntityDetailsForm;
}
