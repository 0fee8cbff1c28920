import { Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Persons } from '../../identity/accounts/persons.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import { Pages } from '../../web/pages.service.js';
import { Deregistration } from './deregistration.service.js';
import { LoginReminderPage } from './login-reminder.page.js';

/** `/interaction/:uid/deregistration`: a login while the account waits to be closed is told so, and goes on. */
@Controller('interaction/:uid/deregistration')
@UseGuards(InteractionGuard)
export class LoginReminderController {
  constructor(
    private readonly deregistration: Deregistration,
    private readonly persons: Persons,
    private readonly interactions: Interactions,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const due = i.accountId && (await this.deregistration.due(i.accountId));
    if (!due) return this.interactions.proceed(request, response, { deregistration: 'none' });
    const profile = await this.persons.profile(i.accountId as string);
    const account = profile?.maskedPhone ?? profile?.maskedName ?? '';
    this.pages.send(response, 200, <LoginReminderPage page={this.pages.context(request)} {...{ i, account, due }} />);
  }

  @Post()
  async goOn(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.interactions.proceed(request, response, { deregistration: 'told' });
  }

  @Post('cancel')
  async cancel(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (i.accountId) await this.deregistration.cancel(i.accountId);
    await this.interactions.proceed(request, response, { deregistration: 'cancelled' });
  }
}
