import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { WaitingCertificate } from '../../identity/certificates/waiting-certificates.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { SignedChallengeForm } from '../../web/signed-challenge.form.js';
import { submit } from '../../web/submit.js';
import { ReplacementForm } from './certificate-replacement.form.js';
import { ReplacementPage, replacementHref } from './certificate-replacement.page.js';
import { CertificateReplacement } from './certificate-replacement.service.js';
import { ReplacementViews } from './certificate-replacement-view.service.js';
import { loginHref } from './login-frame.js';
import { Login } from './login.service.js';

interface Refused {
  by: 'password' | 'certificate';
  values: Record<string, string>;
  refusal: Refusal;
}

/** `/interaction/:uid/login/replacement`: a proved certificate that waits to be bound; without one it leads back. */
@Controller('interaction/:uid/login/replacement')
@UseGuards(InteractionGuard)
export class CertificateReplacementController {
  constructor(
    private readonly replacement: CertificateReplacement,
    private readonly views: ReplacementViews,
    private readonly login: Login,
    private readonly pages: Pages,
  ) {}

  @Post('begin')
  begin(@TheInteraction() i: CurrentInteraction, @Res() response: Response): void {
    response.redirect(303, replacementHref(i));
  }

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Query('by') by: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const waiting = await this.replacement.of(i);
    if (!waiting) return this.toLogin(i, response);
    const view = await this.views.of(i, waiting, by === 'certificate' ? 'certificate' : 'password', request);
    this.pages.send(response, 200, <ReplacementPage {...{ page: this.pages.context(request), i, waiting, ...view }} />);
  }

  @Post()
  async byPassword(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const waiting = await this.replacement.of(i);
    if (!waiting) return this.toLogin(i, response);
    await submit(ReplacementForm, body, response, {
      do: async (form) => this.replacement.byPassword(i, waiting, form, request, response),
      done: async (who) => this.login.finish(i, who, request, response),
      refused: async (values, refusal) => this.refused(i, waiting, { by: 'password', values, refusal }, request),
    });
  }

  @Post('certificate')
  async byCertificate(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const waiting = await this.replacement.of(i);
    if (!waiting) return this.toLogin(i, response);
    await submit(SignedChallengeForm, body, response, {
      do: async (form) => this.replacement.byCertificate(i, waiting, form, request),
      done: async (who) => this.login.finish(i, who, request, response),
      refused: async (values, refusal) => this.refused(i, waiting, { by: 'certificate', values, refusal }, request),
    });
  }

  private async refused(
    i: CurrentInteraction,
    waiting: WaitingCertificate,
    { by, values, refusal }: Refused,
    request: Request,
  ) {
    const view = await this.views.of(i, waiting, by, request, refusal);
    return <ReplacementPage {...{ page: this.pages.context(request), i, waiting, values, refusal, ...view }} />;
  }

  private toLogin(i: CurrentInteraction, response: Response): void {
    response.redirect(303, loginHref(i, 'entity', 'certificate'));
  }
}
