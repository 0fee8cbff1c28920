import type { CodePurpose } from '../../gateways/sms/sms.gateway.js';
import type { Phone } from '../../shared/phone.js';
import type { CaptchaAnswer } from './sms-captcha.service.js';

/** A message somebody asks for. */
export interface SmsRequest {
  purpose: CodePurpose;
  phone: Phone;
  /** The interaction or session that asks. */
  binding: string;
  address: string;
  /** Id of the browser's device cookie, if it has one. */
  device?: string;
  /** The answer to the picture; `not-needed` inside a session or after a proof. */
  captcha: CaptchaAnswer | 'not-needed';
  /** What the message is about, for its text: the site's name. */
  object: string;
  /** Who brings the code, where `phone` is hidden: it goes out with nobody waiting. The operator at once, unless given. */
  deliver?: (code: string) => Promise<void>;
}
