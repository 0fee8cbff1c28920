import { PersonName } from '../../shared/person-name.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Parsed } from '../../web/fields.js';

/** Name and resident ID number, judged before any outside call. */
export const verificationForm = (now: Date) => {
  class VerificationForm {
    @Parsed((raw) => PersonName.parse(raw))
    name!: PersonName;

    @Parsed((raw) => ResidentId.parse(raw, now))
    idNumber!: ResidentId;
  }
  return VerificationForm;
};
