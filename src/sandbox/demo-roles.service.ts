import { Injectable } from '@nestjs/common';
import { demoSitesOf } from '../config/demo-sites.js';
import type { DemoSite } from '../config/demo-sites.js';
import { Env } from '../config/env.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { Candidates } from '../oidc/operators/candidates.service.js';
import { Operators } from '../oidc/operators/operators.service.js';
import { Phone } from '../shared/phone.js';
import { Refusal } from '../shared/refusal.js';
import { Database } from '../storage/transactions.js';
import type { DemoAccount } from './demo-accounts.service.js';

/**
 * An operator of the console and a developer of the city's site, as `cli operators grant` makes them, but that nobody is
 * told by SMS: given at each start, so that a demonstration of another province on the same data has them too.
 */
@Injectable()
export class DemoRoles {
  constructor(
    private readonly candidates: Candidates,
    private readonly operators: Operators,
    private readonly db: Database,
    private readonly jurisdiction: Jurisdiction,
    private readonly env: Env,
  ) {}

  /** Nothing for somebody who cannot have a role: the person stayed free for a file of residents, or has left. */
  async give({ phone, role }: DemoAccount): Promise<void> {
    if (!role) return;
    const { accountId } = { accountId: undefined, ...(await this.candidates.byPhone(Phone.parse(phone))) };
    if (accountId === undefined) return;
    const [, city] = demoSitesOf(this.jurisdiction, this.env.port) as [DemoSite, DemoSite];
    const clientId = role === 'developer' ? city.id : undefined;
    try {
      await this.db.transaction(async (tx) => this.operators.grant(tx, { accountId, clientId }));
    } catch (refusal) {
      // Closed in the same moment.
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }
}
