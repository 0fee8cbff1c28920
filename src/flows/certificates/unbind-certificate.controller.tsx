import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { EntityGuard } from '../../oidc/entity.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { CertificateCodePage } from './certificate-code.page.js';
import { CertificateList } from './certificate-list.service.js';
import { CertificateViews } from './certificate-views.service.js';
import { CertificateCodeForm, UnbindForm } from './certificates.form.js';
import { CertificatesPage } from './certificates.page.js';
import { UnbindCertificate } from './unbind-certificate.service.js';
import type { Unbinding } from './unbind-certificate.service.js';

const LIST = '/account/certificates';
const PATH = '/account/certificates/unbind';

/** What follows: the list, the page with the code, or, for a session that a certificate had made, no session any more. */
const NEXT: Record<Unbinding, string> = {
  none: LIST,
  code: PATH,
  done: `${LIST}?news=unbound`,
  'signed-out': '/oidc/logout',
};

/** `/account/certificates/unbind`: chosen on the list; a proof, the province's code, and it is done (R-8.1, DESIGN 6). */
@Controller('account/certificates/unbind')
@UseGuards(SessionGuard, EntityGuard)
export class UnbindCertificateController {
  constructor(
    private readonly unbinding: UnbindCertificate,
    private readonly list: CertificateList,
    private readonly views: CertificateViews,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Post()
  async choose(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(UnbindForm, body, response, {
      do: async ({ id }) => this.unbinding.choose(who, id, request.ip ?? ''),
      done: (next) => response.redirect(303, NEXT[next]),
      refused: async (_values, refusal) => {
        const page = this.pages.context(request);
        return <CertificatesPage page={page} lines={await this.list.of(who, page.language)} refusal={refusal} />;
      },
    });
  }

  /** After the proof: what was chosen goes on. */
  @Get()
  async goOn(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    const next = await this.unbinding.goOn(who);
    if (next !== 'code') return response.redirect(303, NEXT[next]);
    this.pages.send(response, 200, await this.codePage(who, request));
  }

  @Post('code')
  async code(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(CertificateCodeForm, body, response, {
      do: async (form) => this.unbinding.step(who, form, this.visitors.origin(request)),
      done: (next) => response.redirect(303, NEXT[next]),
      refused: async (values, refusal) => this.codePage(who, request, { values, refusal }),
    });
  }

  private async codePage(
    who: SignedIn,
    request: Request,
    more: { values?: Record<string, string>; refusal?: Refusal } = {},
  ) {
    const page = this.pages.context(request);
    const view = await this.views.code(who, 'certificate-unbind', request.ip ?? '');
    const [chosen] = await this.list.of(who, page.language, (await this.unbinding.chosen(who))?.id);
    return <CertificateCodePage {...{ page, act: 'certificate-unbind', chosen, ...view, ...more }} />;
  }
}
