import { typedPassword } from '../../identity/credentials/typed-password.js';
import { Parsed } from '../../web/fields.js';

export class PasswordRaiseForm {
  @Parsed(typedPassword)
  password!: string;
}
