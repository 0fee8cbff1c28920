import { PersonName } from '../../shared/person-name.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Parsed } from '../../web/fields.js';

/** Name and resident ID number as they were verified. */
export const numberHolderForm = (now: Date) => {
  class NumberHolderForm {
    @Parsed((raw) => PersonName.parse(raw))
    name!: PersonName;

    @Parsed((raw) => ResidentId.parse(raw, now))
    idNumber!: ResidentId;
  }
  return NumberHolderForm;
};
