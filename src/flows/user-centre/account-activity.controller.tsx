import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Pages } from '../../web/pages.service.js';
import { AccountActivityPage } from './account-activity.page.js';
import { AccountActivity } from './account-activity.service.js';
import { cursorOf } from './cursor.js';

const LINES = 20;

/** `/account/activity`: my recent activity. */
@Controller('account/activity')
@UseGuards(SessionGuard)
export class AccountActivityController {
  constructor(
    private readonly activity: AccountActivity,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() { accountId }: SignedIn,
    @Query('before') before: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    const below = cursorOf(before);
    const part = await this.activity.lines(accountId, page.language, LINES, below);
    this.pages.send(response, 200, <AccountActivityPage page={page} part={part} before={below} />);
  }
}
