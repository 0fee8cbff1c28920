import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CertificateChallenges } from '../../identity/certificates/certificate-challenges.service.js';
import { TrustedAuthorities } from '../../identity/certificates/trusted-authorities.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { SignedChallengeForm } from '../../web/signed-challenge.form.js';
import { submit } from '../../web/submit.js';
import { EntityResetCertificatePage } from './entity-reset-certificate.page.js';
import { EntityResetCertificate, resetPlace } from './entity-reset-certificate.service.js';

/** `/interaction/:uid/reset/entity/certificate`: a bound certificate in place of code and person. */
@Controller('interaction/:uid/reset/entity/certificate')
@UseGuards(InteractionGuard)
export class EntityResetCertificateController {
  constructor(
    private readonly certificate: EntityResetCertificate,
    private readonly challenges: CertificateChallenges,
    private readonly authorities: TrustedAuthorities,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.pages.send(response, 200, await this.page(i, request));
  }

  @Post()
  async prove(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(SignedChallengeForm, body, response, {
      do: async (form) => this.certificate.prove(i.cid, form, request.ip ?? ''),
      done: () => response.redirect(303, `/interaction/${i.uid}/reset/entity/password`),
      refused: async (values, refusal) => this.page(i, request, values, refusal),
    });
  }

  /** With a fresh challenge each time: the one before is spent. */
  private async page(i: CurrentInteraction, request: Request, values?: Record<string, string>, refusal?: Refusal) {
    const fields = { challenge: await this.challenges.issue(resetPlace(i.cid)), authorities: this.authorities.all() };
    const page = this.pages.context(request);
    return <EntityResetCertificatePage {...{ page, i, fields, values, refusal }} />;
  }
}
