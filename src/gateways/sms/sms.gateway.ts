import type { Phone } from '../../shared/phone.js';

/** What a code in a message is for: it counts for nothing else. One template at the operator for each. */
export type CodePurpose =
  | 'registration'
  | 'login'
  | 'reset'
  | 'level'
  | 'phone-old'
  | 'phone-new'
  | 'lost-number'
  | 'alipay-link'
  | 'entity-registration'
  | 'entity-contact'
  | 'entity-reset'
  | 'certificate-bind'
  | 'certificate-unbind'
  | 'representative-change'
  | 'contact-change';

/** What an account is told of afterwards. One template at the operator for each. */
export type NoticePurpose =
  | 'password-set'
  | 'user-name-set'
  | 'phone-changed'
  | 'phone-moving'
  | 'phone-moved'
  | 'phone-move-stopped'
  | 'phone-freed'
  | 'alipay-bound'
  | 'alipay-unbound'
  | 'new-device'
  | 'data-exported'
  | 'deregistration-asked'
  | 'deregistered'
  | 'register-differs'
  | 'representative-left'
  | 'certificate-bound'
  | 'certificate-unbound'
  | 'certificate-revoked'
  | 'entity-asked'
  | 'representative-asked'
  | 'contact-asked'
  | 'representative-changed'
  | 'contact-changed'
  | 'role-granted'
  | 'role-ended';

export type SmsPurpose = CodePurpose | NoticePurpose;

/** What a message says; the text is the approved template's. */
export interface SmsMessage {
  purpose: SmsPurpose;
  /** The site or portal it is about. */
  object: string;
  code?: string;
  /** How long the code counts. */
  minutes?: number;
  /** A day by China's calendar, such as `2026-12-01`. */
  date?: string;
}

/** The SMS operator. */
export abstract class SmsGateway {
  /** @throws {GatewayDown} when the operator does not take it */
  abstract send(phone: Phone, message: SmsMessage): Promise<void>;
}
