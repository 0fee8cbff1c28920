import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from './accounts.service.js';
import { IdleAccounts } from './idle-accounts.service.js';
import { Persons } from './persons.service.js';
import { Clock } from '../../shared/clock.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import type { ResidentId } from '../../shared/resident-id.js';

/** As other acts that need more than a number (DESIGN 6). */
const CLOSED_MS = 24 * 3_600_000;

const refuse = (code: 'unregistered' | 'away') =>
  new Refusal(`representative.${code}`, { field: 'representativeIdNumber' });

/** Legal representatives (法定代表人): the account that confirms an entity's registration, so that nobody registers another's company. */
@Injectable()
export class Representatives {
  constructor(
    private readonly accounts: Accounts,
    private readonly persons: Persons,
    private readonly idle: IdleAccounts,
    private readonly clock: Clock,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /**
   * The representative's verified account: the ID number is an identifier only once it is. Asked only after the register
   * said that this is the representative.
   * @throws {Refusal} representative.unregistered where the province wants one; .away when its number may be another's by now;
   * .closed
   */
  async accountOf(idNumber: ResidentId): Promise<string | undefined> {
    const accountId = await this.accounts.find('resident-id', idNumber);
    const standing = accountId ? await this.accounts.standing(accountId) : undefined;
    if (!accountId || standing?.state !== 'active') {
      if (this.jurisdiction.representativeFirst) throw refuse('unregistered');
      return undefined;
    }
    if ((await this.idle.isIdle(accountId)) || !(await this.persons.find(accountId))?.phone) throw refuse('away');
    await this.refuseClosed(accountId);
    return accountId;
  }

  /** @throws {Refusal} representative.away when the account has lost its number meanwhile, .closed when it has another one */
  async phoneOf(accountId: string): Promise<Phone> {
    const phone = (await this.persons.find(accountId))?.phone;
    if (!phone) throw refuse('away');
    await this.refuseClosed(accountId);
    return phone;
  }

  /** Whoever has just taken the number over must speak for no company by it yet. @throws {Refusal} representative.closed with the hours left */
  async refuseClosed(accountId: string): Promise<void> {
    const changed = await this.accounts.wayChanged(accountId);
    const left = changed ? changed.at.getTime() + CLOSED_MS - this.clock.ms() : 0;
    if (left <= 0) return;
    const values = { hours: Math.ceil(left / 3_600_000) };
    throw new Refusal('representative.closed', { field: 'representativeIdNumber', values });
  }
}
