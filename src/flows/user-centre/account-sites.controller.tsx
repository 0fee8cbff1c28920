import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Parsed } from '../../web/fields.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { AccountSitesPage } from './account-sites.page.js';
import { AccountSites } from './account-sites.service.js';
import { cursorOf } from './cursor.js';

const LINES = 20;

/** Whose permission is taken back. */
export class RevokeForm {
  @Parsed((raw) => raw)
  clientId!: string;
}

/** `/account/sites`: what may leave for which site, and what has left. */
@Controller('account/sites')
@UseGuards(SessionGuard)
export class AccountSitesController {
  constructor(
    private readonly mine: AccountSites,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() who: SignedIn,
    @Query('before') before: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.pages.send(response, 200, await this.page(who, request, { before: cursorOf(before) }));
  }

  @Post()
  async revoke(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(RevokeForm, body, response, {
      do: async ({ clientId }) => this.mine.revoke(who.accountId, clientId),
      done: () => response.redirect(303, '/account/sites'),
      refused: async (_values, refusal) => this.page(who, request, { refusal }),
    });
  }

  private async page({ accountId }: SignedIn, request: Request, more: { before?: string; refusal?: Refusal }) {
    const page = this.pages.context(request);
    const { language } = page;
    const [permitted, ledger] = await Promise.all([
      this.mine.permitted(accountId, language),
      this.mine.released(accountId, language, LINES, more.before),
    ]);
    return <AccountSitesPage {...{ page, permitted, ledger, ...more }} exempt={this.mine.exempt(language)} />;
  }
}
