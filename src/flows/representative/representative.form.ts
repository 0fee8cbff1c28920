import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Optional, Parsed } from '../../web/fields.js';

/** Whom the register names now. @param now no birthday is later */
export function newRepresentativeForm(now: Date) {
  class NewRepresentativeForm {
    @Parsed((raw) => PersonName.parse(raw))
    representativeName!: PersonName;

    @Parsed((raw) => ResidentId.parse(raw, now))
    representativeIdNumber!: ResidentId;
  }
  return NewRepresentativeForm;
}

/** Where the entity is told things from now on. */
export class NewContactForm {
  @Parsed((raw) => Phone.parse(raw))
  phone!: Phone;

  @Optional()
  smsCode?: string;

  /** `sms-send`, `contact-next`, or neither for Enter. */
  @Optional()
  deed?: string;
}

/** The word for a change: a code, or asked for elsewhere. */
export class WordForm {
  @Optional()
  smsCode?: string;

  /** `sms-send`, `representative-submit` or `contact-submit`, `confirmation-ask`, or none of them for Enter. */
  @Optional()
  deed?: string;

  /** Where the representative has no account: who they are. Each button judges what it needs. */
  @Optional()
  representativeName?: string;

  @Optional()
  representativeIdNumber?: string;
}
