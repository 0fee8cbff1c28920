import { Controller, Get, Redirect, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Profile } from '../../identity/accounts/standing.js';
import { Operators } from '../../oidc/operators/operators.service.js';
import { SessionGuard, TheProfile } from '../../oidc/session.guard.js';
import { Pages } from '../../web/pages.service.js';
import { UserCentrePage } from './user-centre.page.js';
import { UserCentre } from './user-centre.service.js';

/** `/account`: who you are here, what needs attention, and where everything is. */
@Controller('account')
@UseGuards(SessionGuard)
export class UserCentreController {
  constructor(
    private readonly centre: UserCentre,
    private readonly operators: Operators,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@TheProfile() profile: Profile, @Req() request: Request, @Res() response: Response): Promise<void> {
    const [now, operator] = await Promise.all([this.centre.now(profile), this.operators.of(profile.accountId)]);
    const hasRole = operator !== undefined;
    this.pages.send(response, 200, <UserCentrePage page={this.pages.context(request)} now={{ ...now, hasRole }} />);
  }

  /** The engine's own logout, which asks once more: a link alone signs nobody out. */
  @Get('logout')
  @Redirect('/oidc/logout', 303)
  logOut(): void {}
}
