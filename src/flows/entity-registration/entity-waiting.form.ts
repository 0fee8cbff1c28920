import { typedPassword } from '../../identity/credentials/typed-password.js';
import { CreditCode } from '../../shared/credit-code.js';
import { Optional, Parsed } from '../../web/fields.js';

/** What finds a registration again that waits. */
export class EntityFindForm {
  @Parsed((raw) => CreditCode.parse(raw))
  creditCode!: CreditCode;

  @Parsed(typedPassword)
  password!: string;
}

/** Finishing it; a user name only where the one from before has been taken. */
export class EntityFinishForm {
  @Optional()
  userName?: string;
}
