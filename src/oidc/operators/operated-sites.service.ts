import { Injectable } from '@nestjs/common';
import type { Level } from '../../shared/account.js';
import { Refusal } from '../../shared/refusal.js';
import { CONSOLE_SITE } from '../sites/own-site.js';
import { SiteRecords } from '../sites/site-records.service.js';
import type { SiteRecord } from '../sites/site-records.service.js';
import { Sites } from '../sites/sites.service.js';
import type { Operator } from './operators.service.js';

/** The sites as the console shows them: all of them to an operator, their own to a developer. */
@Injectable()
export class OperatedSites {
  constructor(
    private readonly records: SiteRecords,
    private readonly sites: Sites,
  ) {}

  /** What the console asks of a person here. */
  get requiredLevel(): Level {
    return this.sites.get(CONSOLE_SITE)?.requiredLevel ?? 2;
  }

  async list({ role, sites }: Operator): Promise<SiteRecord[]> {
    const all = await this.records.list();
    return role === 'operator' ? all : all.filter(({ site }) => sites.includes(site.id));
  }

  /** @throws {Refusal} page.not-found (404) alike for one that is not there and one that this person has no role for */
  async get({ role, sites }: Operator, clientId: string): Promise<SiteRecord> {
    const seen = role === 'operator' || sites.includes(clientId);
    const record = await this.records.find(clientId);
    if (!seen || !record) throw new Refusal('page.not-found', { status: 404 });
    return record;
  }
}
