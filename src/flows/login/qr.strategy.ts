import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-custom';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { AppTickets } from '../../identity/app-tickets/app-tickets.service.js';
import { AppTokens } from '../../oidc/app-tokens.service.js';
import type { Amr } from '../../shared/account.js';
import { Refusal } from '../../shared/refusal.js';
import type { SignIn } from './sign-in.js';

/** The app's own login was by SMS alone: then so much is known of who confirmed, and no more (DESIGN 6). */
const carried = (amr: readonly Amr[]): Amr[] =>
  amr.length > 0 && amr.every((means) => means === 'sms') ? ['user', 'mca', 'sms'] : ['user', 'mca'];

/** Login that the government app has confirmed for this very journey. Account and app are judged once more, as they are now. */
@Injectable()
export class QrStrategy extends PassportStrategy(Strategy, 'qr') {
  constructor(
    private readonly tickets: AppTickets,
    private readonly accounts: Accounts,
    private readonly apps: AppTokens,
    private readonly jurisdiction: Jurisdiction,
  ) {
    super();
  }

  /** @throws {Refusal} ticket.not-confirmed, ticket.app-ended, login.disabled */
  async validate(request: Request & { qrLogin: { journey: string } }): Promise<SignIn> {
    const confirmed = await this.tickets.use(request.qrLogin.journey);
    if (!confirmed) throw new Refusal('ticket.not-confirmed');
    const standing = await this.accounts.standing(confirmed.accountId);
    if (standing?.state !== 'active')
      throw new Refusal('login.disabled', { values: { hotline: this.jurisdiction.hotline.number } });
    if (confirmed.confirmedAt < standing.validFrom || !(await this.apps.isGranted(confirmed)))
      throw new Refusal('ticket.app-ended');
    return { accountId: confirmed.accountId, amr: carried(confirmed.amr) };
  }
}
