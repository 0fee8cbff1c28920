import { Body, Controller, Get, Post, Redirect, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Profile } from '../../identity/accounts/standing.js';
import { SessionGuard, TheProfile, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { DeregistrationPage } from './deregistration.page.js';
import { Deregistration } from './deregistration.service.js';
import { NothingForm } from '../../web/nothing.form.js';

const MY_DATA = '/account/data';

/** `/account/data/deregister`: what is lost, what stays and why; then the last word, and the way back. */
@Controller('account/data/deregister')
@UseGuards(SessionGuard)
export class DeregistrationController {
  constructor(
    private readonly deregistration: Deregistration,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() who: SignedIn,
    @TheProfile() profile: Profile,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (await this.deregistration.due(who.accountId)) return response.redirect(303, MY_DATA);
    await this.deregistration.require(who);
    this.pages.send(response, 200, this.page(profile, request));
  }

  @Post('start')
  @Redirect('/account/data/deregister', 303)
  start(): void {}

  @Post()
  async confirm(
    @TheSession() who: SignedIn,
    @TheProfile() profile: Profile,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.deregistration.confirm(who, request.ip ?? ''),
      done: () => response.redirect(303, MY_DATA),
      refused: (_values, refusal) => this.page(profile, request, refusal),
    });
  }

  @Post('cancel')
  @Redirect(`${MY_DATA}?news=cancelled`, 303)
  async cancel(@TheSession() who: SignedIn): Promise<void> {
    await this.deregistration.cancel(who.accountId);
  }

  private page({ maskedPhone, maskedName }: Profile, request: Request, refusal?: Refusal) {
    const account = maskedPhone ?? maskedName ?? '';
    const due = this.deregistration.dayFromNow();
    return <DeregistrationPage page={this.pages.context(request)} {...{ account, due, refusal }} />;
  }
}
