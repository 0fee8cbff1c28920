import { Body, Controller, Get, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ConsoleGuard, TheOperator, TheSite } from '../../oidc/operators/console.guard.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import { TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { Clock } from '../../shared/clock.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { sitePath } from './sections.js';
import { SiteSecretForm } from './site-secret.form.js';
import { NewSecretPage, SiteSecretPage } from './site-secret.page.js';
import { SiteSecret } from './site-secret.service.js';

/** `/console/sites/:id/secret`: a new one, preceded by the proof page; the page after it shows it once. */
@Controller('console/sites/:id/secret')
@UseGuards(ConsoleGuard)
export class SiteSecretController {
  constructor(
    private readonly secret: SiteSecret,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() session: SignedIn,
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.secret.require(session, site);
    this.pages.send(response, 200, <SiteSecretPage page={this.pages.context(request)} {...{ who, site }} />);
  }

  @Post()
  async rotate(
    @TheSession() session: SignedIn,
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    await submit(SiteSecretForm, body, response, {
      do: async ({ overlapHours }) => this.secret.rotate(session, site, overlapHours),
      done: (id) => response.redirect(303, `${sitePath(site.site.id)}/secret/${id}`),
      refused: (values, refusal) => <SiteSecretPage {...{ page, who, site, values, refusal }} />,
    });
  }

  @Get(':made')
  async made(
    @TheSession() session: SignedIn,
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Param('made') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    // Whoever asks for the headers alone has not seen it.
    const made = request.method === 'HEAD' ? undefined : await this.secret.take(session, site, id);
    const page = this.pages.context(request);
    this.pages.send(response, 200, <NewSecretPage {...{ page, who, site, made }} now={this.clock.now()} />);
  }
}
