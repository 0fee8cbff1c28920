import { Injectable } from '@nestjs/common';
import type { Phone } from '../../shared/phone.js';
import type { Tx } from '../../storage/transactions.js';
import { Accounts } from '../accounts/accounts.service.js';
import { Profiles } from '../accounts/profiles.service.js';
import { Permissions } from '../permissions/permissions.service.js';
import { WaitingHeld } from './waiting-held.service.js';
import { WaysInHeld } from './ways-in-held.service.js';

/**
 * The end of an account. Its data key, identifiers, person or entity, password, recovery code, bound certificates,
 * permissions and what waits go; its trail and the agreements it accepted stay, under an id that names nobody any
 * more.
 */
@Injectable()
export class Closing {
  constructor(
    private readonly accounts: Accounts,
    private readonly profiles: Profiles,
    private readonly waysIn: WaysInHeld,
    private readonly permissions: Permissions,
    private readonly waiting: WaitingHeld,
  ) {}

  /**
   * Sessions and grants are ended by the caller.
   * @returns whether it was active until now, and the number it had, to be told once more
   */
  async close(tx: Tx, accountId: string): Promise<{ closed: boolean; phone?: Phone }> {
    if (!(await this.accounts.close(tx, accountId))) return { closed: false };
    await this.waiting.removeAll(tx, accountId);
    await this.waysIn.removeAll(tx, accountId);
    await this.permissions.removeAll(tx, accountId);
    return { closed: true, phone: await this.profiles.erase(tx, accountId) };
  }
}
