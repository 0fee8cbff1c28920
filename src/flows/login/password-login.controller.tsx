import { Body, Controller, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { LoginCaptcha } from './login-captcha.service.js';
import { kindOf } from './login.controller.js';
import { LoginForm } from './login.form.js';
import { LoginPage } from './login.page.js';
import { Login } from './login.service.js';

/** Posts of `/interaction/:uid/login`: by password; a picture comes with the page after tries that failed. */
@Controller('interaction/:uid')
@UseGuards(InteractionGuard)
export class PasswordLoginController {
  constructor(
    private readonly login: Login,
    private readonly captcha: LoginCaptcha,
    private readonly pages: Pages,
  ) {}

  @Post('login')
  async submit(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Query('kind') kind: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    await submit(LoginForm, body, response, {
      do: async (form) => this.login.withPassword(i, kindOf(kind, i.kind), form, request, response),
      done: async (who) => this.login.finish(i, who, request, response),
      refused: async (values, refusal: Refusal) => {
        const captchaId = await this.captcha.after(i, kindOf(kind, i.kind), { values, refusal }, request);
        return <LoginPage {...{ page, i, values, refusal, captchaId }} kind={kindOf(kind, i.kind)} />;
      },
    });
  }
}
