import { Body, Controller, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { Login } from './login.service.js';
import { SmsLoginForm } from './sms-login.form.js';
import { elsewhere, SmsLoginPage } from './sms-login.page.js';
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

  private async answer(i: CurrentInteraction, result: SmsLoginResult, request: Request, response: Response) {
    if (typeof result === 'string') return response.redirect(303, elsewhere[result](i));
    return this.login.finish(i, result, request, response);
  }

  private async page(i: CurrentInteraction, request: Request, values: Record<string, string>, refusal: Refusal) {
    const stage = await this.sms.stage(i, request, refusal);
    return <SmsLoginPage {...{ page: this.pages.context(request), i, stage, values, refusal }} />;
  }
}
