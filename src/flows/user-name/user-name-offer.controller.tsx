import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Persons } from '../../identity/accounts/persons.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { UserNameForm } from './user-name.form.js';
import { UserNameGuard } from './user-name.guard.js';
import { UserNameOfferPage } from './user-name.page.js';
import { UserNameChoice } from './user-name.service.js';

/**
 * `/interaction/:uid/user-name`: offered on the way from registration to verification, which goes on without it.
 * Only for the account made in this very journey, while nobody stands behind it and it has no name.
 */
@Controller('interaction/:uid/user-name')
@UseGuards(UserNameGuard, InteractionGuard)
export class UserNameOfferController {
  constructor(
    private readonly choice: UserNameChoice,
    private readonly persons: Persons,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (!(await this.accountOf(i))) return this.onward(i, response);
    this.pages.send(response, 200, <UserNameOfferPage page={this.pages.context(request)} i={i} />);
  }

  @Post()
  async submit(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const account = await this.accountOf(i);
    if (!account) return this.onward(i, response);
    const page = this.pages.context(request);
    await submit(UserNameForm, body, response, {
      do: async ({ userName }) => this.choice.chooseFirst(account, userName, request.ip ?? ''),
      done: () => this.onward(i, response),
      refused: (values, refusal) => <UserNameOfferPage {...{ page, i, values, refusal }} />,
    });
  }

  private async accountOf({ registered, accountId }: CurrentInteraction): Promise<string | undefined> {
    const profile = registered && accountId ? await this.persons.profile(accountId) : undefined;
    return profile?.level === 0 && profile.userName === undefined ? profile.accountId : undefined;
  }

  private onward({ uid }: CurrentInteraction, response: Response): void {
    response.redirect(303, `/interaction/${uid}`);
  }
}
