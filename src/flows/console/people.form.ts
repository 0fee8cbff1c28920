import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { Parsed } from '../../web/fields.js';

/** Who is to be a developer of which site. */
export class DeveloperForm {
  @Parsed((raw) => {
    if (raw === '') throw new Refusal('console.site-missing');
    return raw;
  })
  site!: string;

  @Parsed((raw) => Phone.parse(raw))
  phone!: Phone;
}

/** Which role is to end; it is named by its own id, never by the account's. */
export class RoleEndForm {
  @Parsed((raw) => raw)
  role!: string;
}
