import { SecretText } from '../../shared/secret-text.js';
import { Optional, Parsed } from '../../web/fields.js';

/**
 * What the second page asks for. Each button judges the fields it needs; an empty password means the one already given in
 * this journey.
 */
export class EntityAccountForm {
  @Parsed((raw) => SecretText.of(raw))
  password!: SecretText;

  @Optional()
  userName?: string;

  @Optional()
  phone?: string;

  @Optional()
  captchaId?: string;

  @Optional()
  captcha?: string;

  @Optional()
  smsCode?: string;

  /** The code to the representative's number, where `smsCode` is the contact number's. */
  @Optional()
  representativeCode?: string;

  @Optional()
  agreement?: string;

  @Optional()
  agreementVersion?: string;

  /** Which button: `sms-send`, `representative-send`, `entity-register-submit`, `confirmation-ask`, or none of them for Enter. */
  @Optional()
  deed?: string;
}
