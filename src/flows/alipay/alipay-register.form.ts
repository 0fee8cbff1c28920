import { Phone } from '../../shared/phone.js';
import { Optional, Parsed } from '../../web/fields.js';

/** Whom Alipay vouches for: the agreement, and nothing else. */
export class AlipayAgreementForm {
  @Optional()
  agreement?: string;

  @Optional()
  agreementVersion?: string;
}

/** Whom Alipay does not vouch for: a number with its code as well. Each button judges the fields it needs. */
export class AlipayNumberForm {
  @Parsed((raw) => Phone.parse(raw))
  phone!: Phone;

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

  /** `sms-send`, `alipay-register-submit`, or none of them for Enter, which does what is due next. */
  @Optional()
  deed?: string;
}
