import { Phone } from '../../shared/phone.js';
import { SecretText } from '../../shared/secret-text.js';
import { Optional, Parsed } from '../../web/fields.js';

/**
 * The one form of. Each button judges the fields it needs, so what is not due yet may be empty: the
 * password is kept as it was typed until then, an empty one means the one already given in this journey.
 */
export class PersonRegistrationForm {
  @Parsed((raw) => Phone.parse(raw))
  phone!: Phone;

  @Parsed((raw) => SecretText.of(raw))
  password!: SecretText;

  @Optional()
  captchaId?: string;

  @Optional()
  captcha?: string;

  @Optional()
  smsCode?: string;

  @Optional()
  agreement?: string;

  @Optional()
  agreementVersion?: string;

  /** Which button: `sms-send`, `register-submit`, or none of them for Enter, which does what is due next. */
  @Optional()
  deed?: string;
}
