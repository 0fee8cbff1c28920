import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Refusal } from '../../shared/refusal.js';
import type { UserName } from '../../shared/user-name.js';
import { Limits } from '../limits/limits.service.js';
import { Identifiers } from './identifiers.service.js';
import { Persons } from './persons.service.js';

/** Whether a user name can be had. Who asks learns which names there are, so asking is counted (DESIGN 6). */
@Injectable()
export class UserNameTries {
  private readonly table: Jurisdiction['limits']['userName'];

  constructor(
    private readonly identifiers: Identifiers,
    private readonly persons: Persons,
    private readonly limits: Limits,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits.userName;
  }

  /** Before a proof is used up for it. @throws {Refusal} limit.wait, user-name.same, user-name.taken */
  async judge(accountId: string, name: UserName, address: string): Promise<void> {
    const present = (await this.persons.find(accountId))?.userName;
    if (present?.reveal() === name.reveal()) throw new Refusal('user-name.same', { field: 'userName' });
    await this.judgeNew(accountId, name, address);
  }

  /** Of an account that is being made. @param actor the account or the journey @throws {Refusal} limit.wait, user-name.taken */
  async judgeNew(actor: string, name: UserName, address: string): Promise<void> {
    await this.limits.count('user-name', 'actor', actor, this.table.perAccountDay, 'day');
    await this.limits.count('user-name', 'address', address, this.table.perAddressDay, 'day');
    await this.limits.count('user-name', 'service', '', this.table.serviceHour, 'hour');
    const holder = await this.identifiers.find('user-name', name.skeleton);
    if (holder && holder !== actor) throw new Refusal('user-name.taken', { field: 'userName' });
  }
}
