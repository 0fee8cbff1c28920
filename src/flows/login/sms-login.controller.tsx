import { Body, Controller, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { loginHref } from './login-frame.js';
import { Login } from './login.service.js';
import { SmsLoginForm } from './sms-login.form.js';
import { SmsLoginPage } from './sms-login.page.js';
import { SmsLogin } from './sms-login.service.js';
import type { SmsLoginResult } from './sms-login.service.js';

/** Posts of `/interaction/:uid/login?method=sms`, where the province has it. */
@Controller('interaction/:uid/login/sms')
@UseGuards(InteractionGuard)
export class SmsLoginController {
  constructor(
    private readonly sms: SmsLogin,
    private readonly login: Login,
    private readonly pages: Pages,
  ) {}

  @Post()
  async submit(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(SmsLoginForm, body, response, {
      do: async (form) => this.sms.submit(i, form, request, response),
      done: async (result) => this.answer(i, result, request, response),
      refused: async (values, refusal) => this.page(i, request, values, refusal),
    });
  }

  /** A number without an account goes on to registration with its proved code. */
  private async answer(i: CurrentInteraction, result: SmsLoginResult, request: Request, response: Response) {
    if (result === 'sent') return response.redirect(303, loginHref(i, 'person', 'sms'));
    if (result === 'no-account') return response.redirect(303, `/interaction/${i.uid}/register/person`);
    return this.login.finish(i, result, request, response);
  }

  private async page(i: CurrentInteraction, request: Request, values: Record<string, string>, refusal: Refusal) {
    const stage = await this.sms.stage(i, request, refusal);
    return <SmsLoginPage {...{ page: this.pages.context(request), i, stage, values, refusal }} />;
  }
}
