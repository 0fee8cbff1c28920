import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Pages } from '../../web/pages.service.js';
import { SignedChallengeForm } from '../../web/signed-challenge.form.js';
import { submit } from '../../web/submit.js';
import { CertificateLoginPage } from './certificate-login.page.js';
import { CertificateLogins } from './certificate-login.service.js';
import { loginHref } from './login-frame.js';
import { Login } from './login.service.js';

/** Posts of `/interaction/:uid/login?kind=entity&method=certificate`. */
@Controller('interaction/:uid/login/certificate')
@UseGuards(InteractionGuard)
export class CertificateLoginController {
  constructor(
    private readonly certificates: CertificateLogins,
    private readonly login: Login,
    private readonly pages: Pages,
  ) {}

  /** A refused page's address, opened anew. */
  @Get()
  page(@TheInteraction() i: CurrentInteraction, @Res() response: Response): void {
    response.redirect(303, loginHref(i, 'entity', 'certificate'));
  }

  @Post()
  async submit(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(SignedChallengeForm, body, response, {
      do: async (form) => this.certificates.submit(i, form, request, response),
      done: async (who) => this.login.finish(i, who, request, response),
      refused: async (values, refusal) => {
        const fields = await this.certificates.fields(i);
        return <CertificateLoginPage {...{ page: this.pages.context(request), i, fields, values, refusal }} />;
      },
    });
  }
}
