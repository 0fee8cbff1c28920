import type { Phone } from '../../shared/phone.js';

/** One template at the operator for each. */
export type SmsPurpose = 'registration' | 'login' | 'reset';

/** What a message says; the text is the approved template's. */
export interface SmsMessage {
  purpose: SmsPurpose;
  code: string;
  /** The site or account it is about. */
  object: string;
  minutes: number;
}

/** The SMS operator. */
export abstract class SmsGateway {
  /** @throws {GatewayDown} when the operator does not take it */
  abstract send(phone: Phone, message: SmsMessage): Promise<void>;
}
