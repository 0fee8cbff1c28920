import { Phone } from '../../shared/phone.js';
import { Optional, Parsed } from '../../web/fields.js';

/** The one form of an SMS login: each button judges the fields it needs. */
export class SmsLoginForm {
  @Parsed((raw) => Phone.parse(raw))
  phone!: Phone;

  @Optional()
  captchaId?: string;

  @Optional()
  captcha?: string;

  @Optional()
  smsCode?: string;

  /** `sms-send`, `login-submit`, or none of them for Enter, which does what is due next. */
  @Optional()
  deed?: string;
}
