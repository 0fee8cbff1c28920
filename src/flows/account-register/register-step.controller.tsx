import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Profiles } from '../../identity/accounts/profiles.service.js';
import { EntityStanding } from '../../identity/entity-standing/entity-standing.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { NothingForm } from '../../web/nothing.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { RegisterStepPage } from './register-step.page.js';

/** `/interaction/:uid/register-standing`: acts for the journey's account, never for "whoever is signed in" (DESIGN 4). */
@Controller('interaction/:uid/register-standing')
@UseGuards(InteractionGuard)
export class RegisterStepController {
  constructor(
    private readonly standing: EntityStanding,
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
    this.pages.send(response, 200, await this.page(i, request));
  }

  /** Whatever the register says, the journey goes on: to the site, or here again. */
  @Post()
  async ask(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.standing.renew(i.accountId as string, request.ip ?? ''),
      done: async () => this.interactions.proceed(request, response, { 'register-standing': 'asked' }),
      refused: async (_values, refusal) => this.page(i, request, refusal),
    });
  }

  @Post('decline')
  async decline(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.interactions.decline(request, response);
  }

  private async page(i: CurrentInteraction, request: Request, refusal?: Refusal) {
    const profile = await this.profiles.of(i.accountId as string);
    return <RegisterStepPage {...{ page: this.pages.context(request), i, profile, refusal }} />;
  }
}
