import { Body, Controller, Get, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ConsoleGuard, OperatorGuard, TheOperator, TheSite } from '../../oidc/operators/console.guard.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import { TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { SiteChanges } from '../../oidc/sites/site-changes.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { SiteRecords } from '../../oidc/sites/site-records.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { ChangeAuthors } from './change-authors.service.js';
import { DecisionForm } from './decision.form.js';
import { memberNames } from './member-values.js';
import { sitePath } from './sections.js';
import { SiteDecisionPage } from './site-decision.page.js';
import { SiteDecision } from './site-decision.service.js';

const NEWS = { approve: 'approved', refuse: 'refused' };

/** `/console/sites/:id/changes/:change/decide`: for operators, preceded by the proof page. */
@Controller('console/sites/:id/changes/:change/decide')
@UseGuards(ConsoleGuard, OperatorGuard)
export class SiteDecisionController {
  constructor(
    private readonly decision: SiteDecision,
    private readonly changes: SiteChanges,
    private readonly records: SiteRecords,
    private readonly authors: ChangeAuthors,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() session: SignedIn,
    @TheOperator() who: Operator,
    @TheSite() { site }: SiteRecord,
    @Param('change') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { state } = await this.decision.open(session, site.id, id);
    if (state !== 'waiting') return response.redirect(303, `${sitePath(site.id)}/changes/${id}`);
    this.pages.send(response, 200, await this.page(request, who, site.id, id));
  }

  @Post()
  async decide(
    @TheSession() session: SignedIn,
    @TheOperator() who: Operator,
    @TheSite() { site }: SiteRecord,
    @Param('change') id: string,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const change = await this.decision.open(session, site.id, id);
    await submit(DecisionForm, body, response, {
      do: async (form) => {
        await this.decision.decide(session, change, form);
        return form.decision;
      },
      done: (decision) => response.redirect(303, `${sitePath(site.id)}/changes?news=${NEWS[decision]}`),
      refused: async (values, refusal) => this.page(request, who, site.id, id, { values, refusal }),
    });
  }

  private async page(
    request: Request,
    who: Operator,
    clientId: string,
    id: string,
    { values, refusal }: { values?: Record<string, string>; refusal?: Refusal } = {},
  ) {
    const page = this.pages.context(request);
    const [change, site] = await Promise.all([this.changes.get(clientId, id), this.records.get(clientId)]);
    const authors = await this.authors.of([change], page.t);
    const inWords = refusal && withNames(refusal, (members) => memberNames(page, members));
    return <SiteDecisionPage {...{ page, who, site, authors, change, values }} refusal={inWords} />;
  }
}

/** Members in words; a member's own refusal stands at the top, for there is no field for it here. */
function withNames(refusal: Refusal, named: (members: string[]) => string): Refusal {
  const { code, status, field, values } = refusal;
  const members = values['fields'];
  const words = typeof members === 'string' ? { ...values, fields: named(members.split(', ')) } : values;
  return new Refusal(code, { status, values: words, field: field === 'reason' ? field : undefined });
}
