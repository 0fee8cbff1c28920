import { Optional } from '../../web/fields.js';

/** The code to the number that was lost. */
export class NumberRestoreForm {
  @Optional()
  smsCode?: string;

  /** `sms-send`, `phone-restore`, or neither for Enter. */
  @Optional()
  deed?: string;
}
