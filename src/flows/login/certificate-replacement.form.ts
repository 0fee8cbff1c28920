import { typedPassword } from '../../identity/credentials/typed-password.js';
import { Optional, Parsed } from '../../web/fields.js';

/** The account's password, before a certificate is bound to it. */
export class ReplacementForm {
  @Parsed(typedPassword)
  password!: string;

  /** Which certificate the page has shown. */
  @Parsed((raw) => raw)
  thumbprint!: string;

  @Optional()
  captchaId?: string;

  @Optional()
  captcha?: string;
}
