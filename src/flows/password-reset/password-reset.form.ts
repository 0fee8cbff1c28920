import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { Optional, Parsed } from '../../web/fields.js';

/** First page: the number and the picture. */
export class ResetNumberForm {
  @Parsed((raw) => Phone.parse(raw))
  phone!: Phone;

  @Optional()
  captchaId?: string;

  @Optional()
  captcha?: string;
}

function lastSix(raw: string): string {
  const text = raw.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (!/^\d{5}[\dX]$/.test(text)) throw new Refusal('last-six.malformed');
  return text;
}

/** Third page, of a verified account: what an SMS code does not show. */
export class ResetProofForm {
  @Parsed((raw) => PersonName.parse(raw))
  name!: PersonName;

  @Parsed(lastSix)
  idNumberLast6!: string;
}

/** Last page: the new password, judged with the number it must not equal. */
export class ResetPasswordForm {
  @Parsed((raw) => raw)
  password!: string;
}
