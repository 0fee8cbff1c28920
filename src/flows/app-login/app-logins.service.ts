import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { AppTickets } from '../../identity/app-tickets/app-tickets.service.js';
import { pickedNumber } from '../../identity/app-tickets/numbers.js';
import { Limits } from '../../identity/limits/limits.service.js';
import type { Language } from '../../locales/texts.js';
import type { AppLogin } from '../../oidc/app-tokens.service.js';
import { Sites } from '../../oidc/sites/sites.service.js';
import { Refusal } from '../../shared/refusal.js';
import type { ScannedLogin } from './app-answers.js';

/** What the government app does with a ticket (R-4.4): one method a call. Every refusal is the tickets' own. */
@Injectable()
export class AppLogins {
  constructor(
    private readonly tickets: AppTickets,
    private readonly limits: Limits,
    private readonly sites: Sites,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @throws {Refusal} ticket.*, limit.wait */
  async scan(
    ticket: string,
    app: AppLogin,
    asked: { address: string; language: Language; byLink: boolean },
  ): Promise<ScannedLogin> {
    const { scansPerAccountHour, scansPerAddressHour, serviceHour } = this.jurisdiction.limits.app;
    await this.limits.count('scan.account', 'actor', app.accountId, scansPerAccountHour, 'hour');
    await this.limits.count('scan.address', 'address', asked.address, scansPerAddressHour, 'hour');
    await this.limits.count('scan.service', 'service', '', serviceHour, 'hour');
    const { site, from, at, numbers = [] } = await this.tickets.scan(ticket, app, asked.byLink);
    return {
      site: this.sites.remembered(site)?.name[asked.language] ?? '',
      browser: from.device,
      place: from.place,
      at: new Date(at).toISOString(),
      numbers: [...numbers],
    };
  }

  /** @param raw the number that was picked, as it came @throws {Refusal} app.number-missing, app.*, ticket.* */
  async confirm(ticket: string, app: AppLogin, raw: unknown): Promise<void> {
    const number = pickedNumber(raw);
    if (number === undefined) throw new Refusal('app.number-missing', { field: 'number' });
    await this.tickets.confirm(ticket, app, number);
  }

  /** @throws {Refusal} ticket.* */
  async deny(ticket: string, app: AppLogin): Promise<void> {
    await this.tickets.deny(ticket, app);
  }
}
