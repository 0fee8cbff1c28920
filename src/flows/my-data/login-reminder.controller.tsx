import { Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Profiles } from '../../identity/accounts/profiles.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { Deregistration } from './deregistration.service.js';
import { LoginReminderPage } from './login-reminder.page.js';

/** `/interaction/:uid/deregistration`: a login while the account waits to be closed is told so, and goes on. */
@Controller('interaction/:uid/deregistration')
@UseGuards(InteractionGuard)
export class LoginReminderController {
  constructor(
    private readonly deregistration: Deregistration,
    private readonly profiles: Profiles,
    private readonly interactions: Interactions,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const accountId = this.accountOf(i);
    const due = await this.deregistration.due(accountId);
    if (!due) return this.interactions.proceed(request, response, { deregistration: 'none' });
    const profile = await this.profiles.of(accountId);
    const account = profile?.maskedPhone ?? profile?.maskedName ?? '';
    this.pages.send(response, 200, <LoginReminderPage page={this.pages.context(request)} {...{ i, account, due }} />);
  }

  @Post()
  async goOn(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.accountOf(i);
    await this.interactions.proceed(request, response, { deregistration: 'told' });
  }

  @Post('cancel')
  async cancel(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.deregistration.cancel(this.accountOf(i));
    await this.interactions.proceed(request, response, { deregistration: 'cancelled' });
  }

  /** Answered before it was asked, the question would be skipped. @throws {Refusal} page.not-found (404) */
  private accountOf({ prompt, accountId }: CurrentInteraction): string {
    if (prompt !== 'deregistration' || !accountId) throw new Refusal('page.not-found', { status: 404 });
    return accountId;
  }
}
