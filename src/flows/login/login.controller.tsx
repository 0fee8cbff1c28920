import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { AccountKind } from '../../shared/account.js';
import { Pages } from '../../web/pages.service.js';
import { CertificateLoginPage } from './certificate-login.page.js';
import { CertificateLogins } from './certificate-login.service.js';
import { LoginPage } from './login.page.js';
import { Login } from './login.service.js';
import { QrLoginPage } from './qr-login.page.js';
import { QrLogin } from './qr-login.service.js';
import { SmsLoginPage } from './sms-login.page.js';
import { SmsLogin } from './sms-login.service.js';

/** Whose login it is: what the address says, else what the site asked for. */
export const kindOf = (asked: unknown, fallback: AccountKind): AccountKind =>
  asked === 'entity' || asked === 'person' ? asked : fallback;

/** `/interaction/:uid/login`: the page of every method. */
@Controller('interaction/:uid')
@UseGuards(InteractionGuard)
export class LoginController {
  constructor(
    private readonly login: Login,
    private readonly pages: Pages,
    private readonly sms: SmsLogin,
    private readonly certificates: CertificateLogins,
    private readonly qr: QrLogin,
  ) {}

  @Get('login')
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Query('kind') kind: unknown,
    @Query('method') method: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    if (method === 'sms' && kindOf(kind, i.kind) === 'person') {
      const stage = await this.sms.stage(i, request);
      return this.pages.send(response, 200, <SmsLoginPage {...{ page, i, stage }} />);
    }
    if (method === 'certificate' && kindOf(kind, i.kind) === 'entity') {
      const fields = await this.certificates.fields(i);
      return this.pages.send(response, 200, <CertificateLoginPage {...{ page, i, fields }} />);
    }
    if (method === 'qr' && kindOf(kind, i.kind) === 'person' && this.qr.isOffered(i)) {
      const { who, ticket, refusal } = await this.qr.look(i, request, response);
      if (who) return this.login.finish(i, who, request, response);
      return this.pages.send(response, refusal?.status ?? 200, <QrLoginPage {...{ page, i, ticket, refusal }} />);
    }
    this.pages.send(response, 200, <LoginPage page={page} i={i} kind={kindOf(kind, i.kind)} />);
  }
}
