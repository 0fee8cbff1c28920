import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { EntityGuard } from '../../oidc/entity.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Pages } from '../../web/pages.service.js';
import { SignedChallengeForm } from '../../web/signed-challenge.form.js';
import { submit } from '../../web/submit.js';
import { CertificateProof } from './certificate-proof.service.js';
import { CertificateProofPage } from './certificate-proof.page.js';
import { pageAfter } from './proof-pages.js';
import { actOf } from './proof.form.js';

/** `/account/proof/certificate`: a proof by a bound certificate, for this account and this act, once (DESIGN 6). */
@Controller('account/proof/certificate')
@UseGuards(SessionGuard, EntityGuard)
export class CertificateProofController {
  constructor(
    private readonly proof: CertificateProof,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() who: SignedIn,
    @Query('act') asked: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const act = actOf(asked);
    const view = await this.proof.view(who, act);
    this.pages.send(response, 200, <CertificateProofPage {...{ page: this.pages.context(request), act, ...view }} />);
  }

  @Post()
  async submit(
    @TheSession() who: SignedIn,
    @Query('act') asked: unknown,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const act = actOf(asked);
    await submit(SignedChallengeForm, body, response, {
      do: async (form) => this.proof.give(who, act, form, request.ip ?? ''),
      done: () => response.redirect(303, pageAfter(act)),
      refused: async (values, refusal) => {
        const view = await this.proof.view(who, act);
        return <CertificateProofPage {...{ page: this.pages.context(request), act, values, refusal, ...view }} />;
      },
    });
  }
}
