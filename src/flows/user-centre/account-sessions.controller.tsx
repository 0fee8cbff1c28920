import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Parsed } from '../../web/fields.js';
import { NothingForm } from '../../web/nothing.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { AccountSessionsPage } from './account-sessions.page.js';
import { AccountSessions } from './account-sessions.service.js';

const PATH = '/account/sessions';

/** Which session is to end. Its number on the page may be another one's by now, its mark may not. */
export class EndSessionForm {
  @Parsed((raw) => raw)
  mark!: string;
}

/** `/account/sessions`: where I am logged in. */
@Controller('account/sessions')
@UseGuards(SessionGuard)
export class AccountSessionsController {
  constructor(
    private readonly mine: AccountSessions,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    this.pages.send(response, 200, await this.page(who, request));
  }

  @Post()
  async end(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(EndSessionForm, body, response, {
      do: async ({ mark }) => this.mine.end(who, mark),
      done: (own) => response.redirect(303, own ? '/oidc/logout' : PATH),
      refused: async (_values, refusal) => this.page(who, request, refusal),
    });
  }

  @Post('others')
  async endOthers(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.mine.endOthers(who),
      done: () => response.redirect(303, PATH),
      refused: async (_values, refusal) => this.page(who, request, refusal),
    });
  }

  private async page(who: SignedIn, request: Request, refusal?: Refusal) {
    const page = this.pages.context(request);
    return <AccountSessionsPage page={page} sessions={await this.mine.list(who, page.language)} refusal={refusal} />;
  }
}
