import { Optional, Parsed } from '../../web/fields.js';

/** Which one is to be unbound: its number on the page may be another one's by now, its id may not. */
export class UnbindForm {
  @Parsed((raw) => raw)
  id!: string;
}

/** The code that the province asks for before a certificate comes or goes. */
export class CertificateCodeForm {
  @Optional()
  smsCode?: string;

  /** `sms-send`, `certificates-next`, or neither for Enter. */
  @Optional()
  deed?: string;
}
