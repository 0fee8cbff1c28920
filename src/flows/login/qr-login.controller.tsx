import { Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { NothingForm } from '../../web/nothing.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { loginHref } from './login-frame.js';
import { Login } from './login.service.js';
import { QrLoginPage } from './qr-login.page.js';
import { QrLogin } from './qr-login.service.js';

/** What the page of `/interaction/:uid/login?method=qr` posts and asks, where the province has it. */
@Controller('interaction/:uid/login/qr')
@UseGuards(InteractionGuard)
export class QrLoginController {
  constructor(
    private readonly qr: QrLogin,
    private readonly login: Login,
    private readonly pages: Pages,
  ) {}

  /** "I have confirmed on my phone." */
  @Post()
  async check(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, request.body, response, {
      do: async () => this.qr.finish(i, request, response),
      done: async (who) => this.login.finish(i, who, request, response),
      refused: async (_values, refusal) => {
        const ticket = await this.qr.show(i, request);
        return <QrLoginPage {...{ page: this.pages.context(request), i, ticket, refusal }} />;
      },
    });
  }

  @Post('new')
  async renew(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, request.body, response, {
      do: async () => this.qr.renew(i, request),
      done: () => response.redirect(303, loginHref(i, 'person', 'qr')),
      refused: (_values, refusal) => <QrLoginPage {...{ page: this.pages.context(request), i, refusal }} />,
    });
  }

  /** For the page's script: answers when something has changed. */
  @Get('state')
  async state(
    @TheInteraction() i: CurrentInteraction,
    @Query('seen') seen: unknown,
    @Res() response: Response,
  ): Promise<void> {
    await this.qr.answer(i, seen, response);
  }
}
