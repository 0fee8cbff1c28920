import { CreditCode } from '../../shared/credit-code.js';
import { PersonName } from '../../shared/person-name.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Optional, Parsed } from '../../web/fields.js';

/** First page: which entity, and the picture. */
export class ResetEntityForm {
  @Parsed((raw) => CreditCode.parse(raw))
  creditCode!: CreditCode;

  @Optional()
  captchaId?: string;

  @Optional()
  captcha?: string;
}

/** Third page: who speaks for it. */
export interface SpeakerForm {
  name: PersonName;
  idNumber: ResidentId;
}

/** Last page. */
export class EntityPasswordForm {
  @Parsed((raw) => raw)
  password!: string;
}

/** @param now no birthday is later */
export function speakerForm(now: Date) {
  class Form implements SpeakerForm {
    @Parsed((raw) => PersonName.parse(raw))
    name!: PersonName;

    @Parsed((raw) => ResidentId.parse(raw, now))
    idNumber!: ResidentId;
  }
  return Form;
}
