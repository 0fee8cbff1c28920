import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Persons } from '../../identity/accounts/persons.service.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { UserNameForm } from './user-name.form.js';
import { UserNameGuard } from './user-name.guard.js';
import { UserNamePage, UserNameSetPage } from './user-name.page.js';
import { UserNameChoice } from './user-name.service.js';

/** `/account/user-name`: preceded by the proof page. */
@Controller('account/user-name')
@UseGuards(UserNameGuard, SessionGuard)
export class UserNameController {
  constructor(
    private readonly choice: UserNameChoice,
    private readonly persons: Persons,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.choice.require(who);
    this.pages.send(response, 200, await this.page(who, request));
  }

  @Post()
  async submit(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(UserNameForm, body, response, {
      do: async ({ userName }) => this.choice.choose(who, userName, request.ip ?? ''),
      done: () => response.redirect(303, '/account/user-name/set'),
      refused: async (values, refusal) => this.page(who, request, values, refusal),
    });
  }

  @Get('set')
  async set(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    const present = await this.present(who);
    if (!present) return response.redirect(303, '/account/user-name');
    this.pages.send(response, 200, <UserNameSetPage page={this.pages.context(request)} present={present} />);
  }

  private async page(who: SignedIn, request: Request, values?: Record<string, string>, refusal?: Refusal) {
    const page = this.pages.context(request);
    return <UserNamePage {...{ page, values, refusal }} present={await this.present(who)} />;
  }

  private async present(who: SignedIn): Promise<string | undefined> {
    return (await this.persons.profile(who.accountId))?.userName;
  }
}
