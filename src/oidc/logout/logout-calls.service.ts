import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { CurrentProvider } from '../current-provider.service.js';
import { failedBy, isSilence } from './delivery-reasons.js';
import type { Failed } from './delivery-reasons.js';
import type { Tellable } from './held-back.js';
import { SiteLine } from './site-line.js';

/** What came of one try. */
export type Outcome = { state: 'told' } | ({ state: 'waiting' | 'dropped' } & Failed);

/** Calls a site's back channel, and counts what came of it. */
@Injectable()
export class LogoutCalls {
  private readonly lines = new Map<string, SiteLine>();
  private readonly counted = new Map<string, number>();

  constructor(
    private readonly engine: CurrentProvider,
    private readonly clock: Clock,
  ) {}

  /** Tries of this process by what came of them: `told`, or why not. */
  get counts(): ReadonlyMap<string, number> {
    return this.counted;
  }

  /** Signs a logout token now and sends it. @param sid absent: all that the site knows of the subject */
  async call(account: string, site: string, sid?: string): Promise<Outcome> {
    const outcome = await this.tried(account, site, sid);
    const name = outcome.state === 'told' ? 'told' : outcome.reason;
    this.counted.set(name, (this.counted.get(name) ?? 0) + 1);
    return outcome;
  }

  private async tried(account: string, site: string, sid?: string): Promise<Outcome> {
    try {
      const client = (await this.engine.get().Client.find(site)) as Tellable | undefined;
      if (!client?.backchannelLogoutUri) return { state: 'dropped', reason: 'no-client' };
      await this.lineTo(site).call(async () => client.sendLogoutToken(account, sid), isSilence);
      return { state: 'told' };
    } catch (error) {
      return { state: 'waiting', ...failedBy(error) };
    }
  }

  private lineTo(site: string): SiteLine {
    const line = this.lines.get(site) ?? new SiteLine(() => this.clock.ms());
    this.lines.set(site, line);
    return line;
  }
}
