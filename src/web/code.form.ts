import { Optional } from './fields.js';

/** A page of a reset that asks for a code, or for another message. */
export class CodeForm {
  @Optional()
  smsCode?: string;

  @Optional()
  captchaId?: string;

  @Optional()
  captcha?: string;

  /** `sms-send`, or anything else for the code. */
  @Optional()
  deed?: string;
}
