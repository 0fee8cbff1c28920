import { Refusal } from '../../shared/refusal.js';
import { Optional, Parsed } from '../../web/fields.js';

const required = (code: 'identifier.missing' | 'password.missing') => (raw: string) => {
  if (raw.trim() === '') throw new Refusal(code);
  return raw;
};

/** The login form. What was typed is not judged here: one answer for every cause. */
export class LoginForm {
  @Parsed(required('identifier.missing'))
  identifier!: string;

  @Parsed(required('password.missing'))
  password!: string;

  @Optional()
  captchaId?: string;

  @Optional()
  captcha?: string;
}
