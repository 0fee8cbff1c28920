import { Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Profiles } from '../../identity/accounts/profiles.service.js';
import type { Profile } from '../../identity/accounts/standing.js';
import { Permissions } from '../../identity/permissions/permissions.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import { Database } from '../../storage/transactions.js';
import { Pages } from '../../web/pages.service.js';
import { PermissionPage } from './permission.page.js';

/** `/interaction/:uid/permission`: the first time a site asks for personal data. */
@Controller('interaction/:uid/permission')
@UseGuards(InteractionGuard)
export class PermissionController {
  constructor(
    private readonly permissions: Permissions,
    private readonly profiles: Profiles,
    private readonly interactions: Interactions,
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const profile = (await this.profiles.of(i.accountId as string)) as Profile;
    this.pages.send(response, 200, <PermissionPage page={this.pages.context(request)} i={i} profile={profile} />);
  }

  @Post()
  async give(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.db.transaction(async (tx) =>
      this.permissions.grant(tx, i.accountId as string, i.site.id, i.permission?.scopes ?? []),
    );
    await this.interactions.proceed(request, response, { permission: 'given' });
  }

  @Post('deny')
  async deny(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.interactions.decline(request, response);
  }
}
