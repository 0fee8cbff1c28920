import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Pages } from '../../web/pages.service.js';
import { SignedChallengeForm } from '../../web/signed-challenge.form.js';
import { submit } from '../../web/submit.js';
import { CertificateStepEnd } from './certificate-step-end.service.js';
import { CertificateStepViews } from './certificate-step-view.service.js';
import { CertificateStepPage } from './certificate-step.page.js';
import { CertificateSteps } from './certificate-step.service.js';

/** `/interaction/:uid/certificate`: acts for the journey's account, never for "whoever is signed in" (DESIGN 4). */
@Controller('interaction/:uid/certificate')
@UseGuards(InteractionGuard)
export class CertificateStepController {
  constructor(
    private readonly steps: CertificateSteps,
    private readonly views: CertificateStepViews,
    private readonly end: CertificateStepEnd,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const view = await this.views.of(i, await this.steps.stage(i));
    this.pages.send(response, 200, <CertificateStepPage {...{ page: this.pages.context(request), i, ...view }} />);
  }

  @Post()
  async submit(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.steps.stage(i);
    if (stage === 'unbound') return response.redirect(303, `/interaction/${i.uid}/certificate`);
    await submit(SignedChallengeForm, body, response, {
      do: async (form) => this.steps.take(i, stage, form, request.ip ?? ''),
      done: async (means) => this.end.raise(i, { stage, means }, request, response),
      refused: async (values, refusal) => {
        const view = await this.views.of(i, await this.steps.stage(i));
        return <CertificateStepPage {...{ page: this.pages.context(request), i, values, refusal, ...view }} />;
      },
    });
  }

  @Post('skip')
  async skip(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.end.skip(i, request, response);
  }
}
