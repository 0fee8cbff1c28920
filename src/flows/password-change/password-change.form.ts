import { typedPassword } from '../../identity/credentials/typed-password.js';
import { Parsed } from '../../web/fields.js';

/** The present password and the new one. */
export class PasswordChangeForm {
  @Parsed(typedPassword)
  currentPassword!: string;

  @Parsed((raw) => raw)
  password!: string;
}
