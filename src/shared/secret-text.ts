import { Sensitive } from './sensitive.js';

/** A password, code or key on its way through the program. */
export class SecretText extends Sensitive {
  static of(value: string): SecretText {
    return new SecretText(value);
  }

  masked(): string {
    return '***';
  }
}
