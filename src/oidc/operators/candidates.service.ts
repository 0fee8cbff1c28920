import { Injectable } from '@nestjs/common';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import type { Phone } from '../../shared/phone.js';
import { satisfies } from '../levels.js';
import { OperatedSites } from './operated-sites.service.js';

/** Why nobody with this number, or this account, can have a role. */
export type Ineligible = 'unknown' | 'entity' | 'ended' | 'level';

export type Candidate = { accountId: string; why?: undefined } | { why: Ineligible };

/** Who can be given a role: natural persons at the level that the console asks for. */
@Injectable()
export class Candidates {
  constructor(
    private readonly accounts: Accounts,
    private readonly sites: OperatedSites,
  ) {}

  async byPhone(phone: Phone): Promise<Candidate> {
    const accountId = await this.accounts.find('phone', phone);
    return accountId === undefined ? { why: 'unknown' } : this.judge(accountId);
  }

  async judge(accountId: string): Promise<Candidate> {
    const standing = await this.accounts.standing(accountId);
    if (!standing) return { why: 'unknown' };
    if (standing.state !== 'active') return { why: 'ended' };
    if (standing.kind === 'entity') return { why: 'entity' };
    return satisfies(standing.level, this.sites.requiredLevel) ? { accountId } : { why: 'level' };
  }
}
