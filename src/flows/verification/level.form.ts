import { Optional } from '../../web/fields.js';

/** The code to the bound number. */
export class LevelCodeForm {
  @Optional()
  smsCode?: string;

  /** `sms-send`, `level-next`, or neither for Enter. */
  @Optional()
  deed?: string;
}
