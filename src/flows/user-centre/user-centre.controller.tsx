import { Body, Controller, Get, Post, Redirect, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Permissions } from '../../identity/permissions/permissions.service.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import { Sessions } from '../../oidc/sessions.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Database } from '../../storage/transactions.js';
import { Parsed, parseForm } from '../../web/fields.js';
import { Pages } from '../../web/pages.service.js';
import { UserCentrePage } from './user-centre.page.js';
import { UserCentre } from './user-centre.service.js';

/** Whose permission is taken back. */
export class RevokeForm {
  @Parsed((raw) => raw)
  clientId!: string;
}

/** `/account`: profile, level, permissions, where I am logged in, recent activity. */
@Controller('account')
@UseGuards(SessionGuard)
export class UserCentreController {
  constructor(
    private readonly centre: UserCentre,
    private readonly permissions: Permissions,
    private readonly sessions: Sessions,
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { language } = this.pages.context(request);
    const view = await this.centre.view(who, language);
    const page = this.pages.context(
      Object.assign(request, { signedInAs: view.profile.maskedName ?? view.profile.maskedPhone }),
    );
    this.pages.send(response, 200, <UserCentrePage page={page} view={view} />);
  }

  @Post('permissions/revoke')
  @Redirect('/account', 303)
  async revoke(@TheSession() who: SignedIn, @Body() body: unknown): Promise<void> {
    const { clientId } = parseForm(RevokeForm, body);
    await this.db.transaction(async (tx) => this.permissions.revoke(tx, who.accountId, clientId));
    await this.sessions.revokeSite(who.accountId, clientId);
  }

  /** The engine's own logout, which asks once more: a link alone signs nobody out. */
  @Get('logout')
  @Redirect('/oidc/logout', 303)
  logOut(): void {}
}
