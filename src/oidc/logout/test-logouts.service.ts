import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import { uuidv7 } from '../../storage/uuid.js';
import { CurrentProvider } from '../current-provider.service.js';
import { Engine } from '../engine.service.js';
import type { SiteRecord } from '../sites/site-records.service.js';
import { failedBy } from './delivery-reasons.js';
import type { Failed } from './delivery-reasons.js';
import type { Tellable } from './held-back.js';
import { LogoutRecords } from './logout-records.service.js';

const SID_BYTES = 16;

/**
 * Tests of a site's back channel: one true logout token to the address that is registered, on the way that every other
 * takes, with a subject and a session that are nobody's. An unknown session counts as logged out
 * (Back-Channel Logout 1.0 section 2.7), so that a sound site answers 200 and nothing ends.
 */
@Injectable()
export class TestLogouts {
  constructor(
    private readonly engine: Engine,
    private readonly current: CurrentProvider,
    private readonly records: LogoutRecords,
    private readonly clock: Clock,
  ) {}

  /** @throws {Refusal} console.site-closed, console.no-logout-address */
  require({ site, state }: SiteRecord): void {
    if (state !== 'open') throw new Refusal('console.site-closed');
    if (!site.backchannelLogoutUri) throw new Refusal('console.no-logout-address');
  }

  /** Sends one, now and once, also to a site that others are held back from. @returns the id of the delivery @throws as `require` */
  async send(record: SiteRecord): Promise<string> {
    this.require(record);
    const { id: clientId, backchannelLogoutUri } = record.site;
    const client = await this.clientAt(clientId, backchannelLogoutUri);
    const at = this.clock.now();
    const failed = await this.failure(client);
    const lastAt = this.clock.now();
    const id = uuidv7(at.getTime());
    const { reason = null, status = null } = failed ?? {};
    const state = failed ? 'given-up' : 'told';
    await this.records.save([{ id, clientId, state, tries: 1, reason, status, at, lastAt, nextAt: null, test: true }]);
    return id;
  }

  /** The engine's site with the address that the page shows: a change of a moment ago has not reached every process. */
  private async clientAt(clientId: string, address?: string): Promise<Tellable> {
    const find = async () => (await this.current.get().Client.find(clientId)) as Tellable | undefined;
    const known = await find();
    if (known?.backchannelLogoutUri === address) return known as Tellable;
    await this.engine.refresh();
    const client = await find();
    if (client?.backchannelLogoutUri !== address) throw new Refusal('console.site-closed');
    return client as Tellable;
  }

  private async failure(client: Tellable): Promise<Failed | undefined> {
    try {
      await client.sendLogoutToken(randomUUID(), randomBytes(SID_BYTES).toString('base64url'));
      return undefined;
    } catch (error) {
      return failedBy(error);
    }
  }
}
