import { Refusal } from '../../shared/refusal.js';
import { Parsed } from '../../web/fields.js';

export class PasswordRaiseForm {
  @Parsed((raw) => {
    if (raw === '') throw new Refusal('password.missing');
    return raw;
  })
  password!: string;
}
