import type { PersonName } from '../../shared/person-name.js';
import type { Phone } from '../../shared/phone.js';
import type { ResidentId } from '../../shared/resident-id.js';
import type { AlipayUser } from './alipay-user.js';

/** Whom Alipay has logged in, as far as the app may see and what it saw could be read. */
export interface AlipayPerson {
  user: AlipayUser;
  /** Whether Alipay vouches for name and ID number. */
  certified: boolean;
  name?: PersonName;
  idNumber?: ResidentId;
  /** The number known to Alipay: nobody has proved it to us. */
  phone?: Phone;
}

/** What went wrong, of what a person can do something about. */
export type AlipayFault = 'code-used' | 'clock' | 'untrusted' | 'company';

/** Alipay answered, but nobody is logged in by that. */
export class AlipayRefused extends Error {
  /** @param why for the log: no personal data */
  constructor(
    readonly fault: AlipayFault,
    why: string,
  ) {
    super(`alipay: ${why}`);
  }
}

/** Alipay, through the app of ours there. */
export abstract class AlipayGateway {
  /** The page at Alipay where a person logs in, by scan or password. @param state comes back, at most 100 letters and digits */
  abstract authorizationPage(state: string): Promise<string>;

  /**
   * Whose the code is that came back. A code is good once.
   * @throws {AlipayRefused} @throws {GatewayDown} when there is no answer within eight seconds, for all of it together
   */
  abstract whose(authCode: string): Promise<AlipayPerson>;
}
