import { Phone } from '../../shared/phone.js';
import { Optional, Parsed } from '../../web/fields.js';

/** First page: the code to the present number. */
export class OldPhoneForm {
  @Optional()
  smsCode?: string;

  /** `sms-send`, `phone-next`, or neither for Enter. */
  @Optional()
  deed?: string;
}

/** Second page: the new number and the code to it. */
export class NewPhoneForm {
  @Parsed((raw) => Phone.parse(raw))
  phone!: Phone;

  @Optional()
  smsCode?: string;

  /** `sms-send`, `phone-submit`, or neither for Enter. */
  @Optional()
  deed?: string;
}
