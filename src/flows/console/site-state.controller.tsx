import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import { ConsoleGuard, OperatorGuard, TheOperator, TheSite } from '../../oidc/operators/console.guard.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import { TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { SiteRecords } from '../../oidc/sites/site-records.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { ReasonForm } from './decision.form.js';
import { sitePath } from './sections.js';
import { SiteStatePage } from './site-state.page.js';

const ACT = 'site-state';
type Deed = 'disable' | 'enable';

/** `/console/sites/:id/state`: an operator takes a site out of service, or opens it again; preceded by the proof page. */
@Controller('console/sites/:id/state')
@UseGuards(ConsoleGuard, OperatorGuard)
export class SiteStateController {
  constructor(
    private readonly records: SiteRecords,
    private readonly proofs: Proofs,
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
    await this.proofs.require(session, ACT, pageOf(site));
    this.pages.send(response, 200, <SiteStatePage page={this.pages.context(request)} {...{ who, site }} />);
  }

  @Post('disable')
  async disable(
    @TheSession() session: SignedIn,
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.change('disable', { session, who, site, body, request, response });
  }

  @Post('enable')
  async enable(
    @TheSession() session: SignedIn,
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.change('enable', { session, who, site, body, request, response });
  }

  private async change(deed: Deed, from: From): Promise<void> {
    const { session, who, site, body, request, response } = from;
    const page = this.pages.context(request);
    await this.proofs.require(session, ACT, pageOf(site));
    await submit(ReasonForm, body, response, {
      do: async ({ reason }) => {
        await this.proofs.use(session, ACT, pageOf(site));
        await this.records[deed](site.site.id, { actor: who.accountId, reason });
      },
      done: () => response.redirect(303, `${sitePath(site.site.id)}/changes?news=${deed}d`),
      refused: (values, refusal) => <SiteStatePage {...{ page, who, site, values, refusal }} />,
    });
  }
}

interface From {
  session: SignedIn;
  who: Operator;
  site: SiteRecord;
  body: unknown;
  request: Request;
  response: Response;
}

const pageOf = ({ site }: SiteRecord): string => `${sitePath(site.id)}/state`;
