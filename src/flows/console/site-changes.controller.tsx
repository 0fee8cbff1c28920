import { Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ConsoleGuard, TheOperator, TheSite } from '../../oidc/operators/console.guard.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import { SiteChanges } from '../../oidc/sites/site-changes.service.js';
import { SiteDecisions } from '../../oidc/sites/site-decisions.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { ChangeAuthors } from './change-authors.service.js';
import { cursorOf } from './cursor.js';
import { sitePath } from './sections.js';
import { SiteChangePage, SiteChangesPage } from './site-changes.page.js';

const ROWS = 50;

const isTheirs = ({ sites }: Operator, { site }: SiteRecord): boolean => sites.includes(site.id);

/** `/console/sites/:id/changes`: the journal of a site, one change of it, and taking back one that waits. */
@Controller('console/sites/:id/changes')
@UseGuards(ConsoleGuard)
export class SiteChangesController {
  constructor(
    private readonly changes: SiteChanges,
    private readonly decisions: SiteDecisions,
    private readonly authors: ChangeAuthors,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    const before = cursorOf(query['before']);
    const news = typeof query['news'] === 'string' ? query['news'] : undefined;
    const found = await this.changes.of(site.site.id, { before, limit: ROWS + 1 });
    const changes = found.slice(0, ROWS);
    const older = found.length > ROWS ? changes.at(-1)?.id : undefined;
    const authors = await this.authors.of(changes, page.t);
    this.pages.send(response, 200, <SiteChangesPage {...{ page, who, site, authors, changes, older, before, news }} />);
  }

  @Get(':change')
  async show(
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Param('change') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    const change = await this.changes.get(site.site.id, id);
    const authors = await this.authors.of([change], page.t);
    const mayWithdraw = isTheirs(who, site);
    this.pages.send(response, 200, <SiteChangePage {...{ page, who, site, authors, change, mayWithdraw }} />);
  }

  /** By the site's own developers; an operator refuses it instead. What was decided meanwhile is shown as it is. */
  @Post(':change/withdraw')
  async withdraw(
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Param('change') id: string,
    @Res() response: Response,
  ): Promise<void> {
    const clientId = site.site.id;
    const change = await this.changes.get(clientId, id);
    if (!isTheirs(who, site)) throw new Refusal('page.not-found', { status: 404 });
    await this.decisions.withdraw({ clientId, id: change.id, actor: who.accountId });
    response.redirect(303, `${sitePath(clientId)}/changes?news=withdrawn`);
  }
}
