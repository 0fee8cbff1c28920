import { Refusal } from '../../shared/refusal.js';
import { Parsed } from '../../web/fields.js';

/** The present password and the new one. */
export class PasswordChangeForm {
  @Parsed((raw) => {
    if (raw === '') throw new Refusal('password.missing');
    return raw;
  })
  currentPassword!: string;

  @Parsed((raw) => raw)
  password!: string;
}
