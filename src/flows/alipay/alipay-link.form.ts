import { Optional } from '../../web/fields.js';

/** A proof that the account is theirs: its password, or a code to its number. */
export class AlipayLinkForm {
  @Optional()
  password?: string;

  @Optional()
  smsCode?: string;

  /** `sms-send`, `alipay-link-submit`, or neither for Enter. */
  @Optional()
  deed?: string;
}
