import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Profile } from '../../identity/accounts/standing.js';
import { EntityStanding } from '../../identity/entity-standing/entity-standing.service.js';
import { EntityGuard } from '../../oidc/entity.guard.js';
import { SessionGuard, TheProfile } from '../../oidc/session.guard.js';
import { NothingForm } from '../../web/nothing.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { EntityNameForm } from './account-register.form.js';
import { AccountRegisterPage } from './account-register.page.js';

const PATH = '/account/register';

/** `/account/register`: what the register said, and the two ways to set it right from here. */
@Controller('account/register')
@UseGuards(SessionGuard, EntityGuard)
export class AccountRegisterController {
  constructor(
    private readonly standing: EntityStanding,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(@TheProfile() profile: Profile, @Req() request: Request, @Res() response: Response): void {
    this.pages.send(response, 200, <AccountRegisterPage page={this.pages.context(request)} profile={profile} />);
  }

  @Post()
  async ask(
    @TheProfile() profile: Profile,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.standing.renew(profile.accountId, request.ip ?? ''),
      done: () => response.redirect(303, PATH),
      refused: (_values, refusal) => (
        <AccountRegisterPage page={this.pages.context(request)} {...{ profile, refusal }} />
      ),
    });
  }

  /** Only what the register confirms is taken over, so that a session is enough. */
  @Post('name')
  async rename(
    @TheProfile() profile: Profile,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(EntityNameForm, body, response, {
      do: async ({ entityName }) => this.standing.rename(profile.accountId, entityName, request.ip ?? ''),
      done: () => response.redirect(303, PATH),
      refused: (values, refusal) => (
        <AccountRegisterPage page={this.pages.context(request)} {...{ profile, values, refusal }} />
      ),
    });
  }
}
