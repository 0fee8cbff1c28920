import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Detours } from '../../oidc/detours.service.js';
import { EntityGuard } from '../../oidc/entity.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { NothingForm } from '../../web/nothing.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { AddCertificate } from './add-certificate.service.js';
import { CertificateList } from './certificate-list.service.js';
import { CertificatesPage } from './certificates.page.js';
import type { CertificateNews } from './certificates.page.js';

const NEWS: readonly CertificateNews[] = ['bound', 'unbound'];

/** `/account/certificates`: the certificates an entity logs in with. */
@Controller('account/certificates')
@UseGuards(SessionGuard, EntityGuard)
export class CertificatesController {
  constructor(
    private readonly list: CertificateList,
    private readonly adding: AddCertificate,
    private readonly detours: Detours,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() who: SignedIn,
    @Query('news') asked: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const news = NEWS.find((one) => one === asked);
    this.pages.send(response, 200, await this.page(who, request, { news }));
  }

  @Post()
  async add(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.adding.begin(who, request.ip ?? ''),
      done: () => response.redirect(303, '/account/certificates/add'),
      refused: async (_values, refusal) => this.page(who, request, { refusal }),
    });
  }

  private async page(who: SignedIn, request: Request, more: { news?: CertificateNews; refusal?: Refusal }) {
    const page = this.pages.context(request);
    const [lines, detour] = [await this.list.of(who, page.language), await this.detours.of(who.uid)];
    return <CertificatesPage {...{ page, lines, detour, ...more }} />;
  }
}
