import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Limits } from '../../identity/limits/limits.service.js';
import { TestLogouts } from '../../oidc/logout/test-logouts.service.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import { SiteChanges } from '../../oidc/sites/site-changes.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { Database } from '../../storage/transactions.js';

/** "Send a test notice": counted, since it makes the service call a site, and journaled before it is sent. */
@Injectable()
export class SiteTests {
  private readonly table: Jurisdiction['limits']['console'];

  constructor(
    private readonly tests: TestLogouts,
    private readonly limits: Limits,
    private readonly changes: SiteChanges,
    private readonly db: Database,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits.console;
  }

  /**
   * @returns the id of the delivery, which says what came of it
   * @throws {Refusal} console.site-closed, console.no-logout-address, limit.wait; nothing is sent then
   */
  async send({ accountId }: Operator, record: SiteRecord, address: string): Promise<string> {
    this.tests.require(record);
    const clientId = record.site.id;
    await this.spend(accountId, clientId, address);
    await this.db.transaction(async (tx) =>
      this.changes.record(tx, [{ clientId, kind: 'test-logout', actor: accountId }]),
    );
    return this.tests.send(record);
  }

  /** Who presses first: what they are refused costs nobody else anything. */
  private async spend(person: string, site: string, address: string): Promise<void> {
    const { testLogoutsPerPersonHour, testLogoutsPerSiteHour, perAddressDay, serviceHour } = this.table;
    await this.limits.count('console.test.actor', 'actor', person, testLogoutsPerPersonHour, 'hour');
    await this.limits.count('console.test.site', 'target', site, testLogoutsPerSiteHour, 'hour');
    await this.limits.count('console.test.address', 'address', address, perAddressDay, 'day');
    await this.limits.count('console.test.service', 'service', '', serviceHour, 'hour');
  }
}
