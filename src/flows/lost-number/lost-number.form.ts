import { readLongCode } from '../../identity/codes/long-code.js';
import { typedPassword } from '../../identity/credentials/typed-password.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Optional, Parsed } from '../../web/fields.js';

/** First page: who it is, and the new number with its code. */
export const lostNumberForm = (now: Date) => {
  class LostNumberForm {
    @Parsed((raw) => PersonName.parse(raw))
    name!: PersonName;

    @Parsed((raw) => ResidentId.parse(raw, now))
    idNumber!: ResidentId;

    @Parsed((raw) => Phone.parse(raw))
    phone!: Phone;

    @Optional()
    captchaId?: string;

    @Optional()
    captcha?: string;

    @Optional()
    smsCode?: string;

    /** `sms-send`, `lost-number-next`, or neither for Enter, which does what is due next. */
    @Optional()
    deed?: string;
  }
  return LostNumberForm;
};
export type LostNumberForm = InstanceType<ReturnType<typeof lostNumberForm>>;

/** Second page, by password. */
export class PasswordProofForm {
  @Parsed(typedPassword)
  password!: string;
}

/** Second page, by the code of a service hall. */
export class RecoveryCodeForm {
  @Parsed((raw) => readLongCode(raw, { missing: 'recovery-code.missing', malformed: 'recovery-code.malformed' }))
  recoveryCode!: string;
}

/** Second page, with nothing to show. */
export class NoProofForm {}

/** In a session: the new number and its code. */
export class AccountLostNumberForm {
  @Parsed((raw) => Phone.parse(raw))
  phone!: Phone;

  @Optional()
  smsCode?: string;

  /** `sms-send`, `lost-number-submit`, or neither for Enter. */
  @Optional()
  deed?: string;
}

/** `/stop`: the code of the notice. */
export class StopForm {
  @Parsed((raw) => readLongCode(raw, { missing: 'stop-code.missing', malformed: 'stop-code.malformed' }))
  stopCode!: string;
}
