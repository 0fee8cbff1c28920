import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { EntityGuard } from '../../oidc/entity.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { SignedChallengeForm } from '../../web/signed-challenge.form.js';
import { submit } from '../../web/submit.js';
import { AddCertificate } from './add-certificate.service.js';
import { AddCertificatePage } from './add-certificate.page.js';
import { CertificateCodePage } from './certificate-code.page.js';
import { CertificateCodes } from './certificate-codes.service.js';
import { CertificateCodeForm } from './certificates.form.js';
import { CertificateViews } from './certificate-views.service.js';

const PATH = '/account/certificates/add';
const ACT = 'certificate-bind';

/** `/account/certificates/add`: the province's code first, then the form that the certificate signs. */
@Controller('account/certificates/add')
@UseGuards(SessionGuard, EntityGuard)
export class AddCertificateController {
  constructor(
    private readonly adding: AddCertificate,
    private readonly codes: CertificateCodes,
    private readonly views: CertificateViews,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.adding.require(who);
    const due = await this.codes.due(who, ACT);
    this.pages.send(response, 200, due ? await this.codePage(who, request) : await this.signPage(who, request));
  }

  @Post('code')
  async code(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.adding.require(who);
    if (!(await this.codes.due(who, ACT))) return response.redirect(303, PATH);
    await submit(CertificateCodeForm, body, response, {
      do: async (form) => this.codes.step(who, ACT, form, this.visitors.origin(request)),
      done: () => response.redirect(303, PATH),
      refused: async (values, refusal) => this.codePage(who, request, { values, refusal }),
    });
  }

  @Post()
  async submit(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (await this.codes.due(who, ACT)) return response.redirect(303, PATH);
    await submit(SignedChallengeForm, body, response, {
      do: async (form) => this.adding.submit(who, form, request.ip ?? ''),
      done: () => response.redirect(303, '/account/certificates?news=bound'),
      refused: async (values, refusal) => this.signPage(who, request, { values, refusal }),
    });
  }

  private async codePage(who: SignedIn, request: Request, more: Refused = {}) {
    const page = this.pages.context(request);
    const view = await this.views.code(who, ACT, request.ip ?? '');
    return <CertificateCodePage {...{ page, act: ACT, ...view, ...more }} />;
  }

  private async signPage(who: SignedIn, request: Request, more: Refused = {}) {
    const page = this.pages.context(request);
    return <AddCertificatePage {...{ page, ...(await this.views.form(who)), ...more }} />;
  }
}

interface Refused {
  values?: Record<string, string>;
  refusal?: Refusal;
}
