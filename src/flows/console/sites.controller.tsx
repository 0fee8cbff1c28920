import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ConsoleGuard, TheOperator } from '../../oidc/operators/console.guard.js';
import { LogoutRecords } from '../../oidc/logout/logout-records.service.js';
import { OperatedSites } from '../../oidc/operators/operated-sites.service.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import { SiteChanges } from '../../oidc/sites/site-changes.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { Pages } from '../../web/pages.service.js';
import { SitesPage } from './sites.page.js';

/** Whether what is looked for is part of an id or a name. */
const found =
  (sought: string) =>
  ({ site }: SiteRecord): boolean =>
    [site.id, ...Object.values(site.name)].some((text) => text.toLowerCase().includes(sought.toLowerCase()));

/** `/console`: the sites that this person looks after. */
@Controller('console')
@UseGuards(ConsoleGuard)
export class SitesController {
  constructor(
    private readonly sites: OperatedSites,
    private readonly records: LogoutRecords,
    private readonly changes: SiteChanges,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheOperator() who: Operator,
    @Query('q') q: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const sought = typeof q === 'string' ? q.trim() : '';
    const sites = (await this.sites.list(who)).filter(found(sought));
    const isOperator = who.role === 'operator';
    const troubled = isOperator ? (await this.records.troubled()).length : 0;
    const waiting = isOperator ? (await this.changes.waiting()).length : 0;
    const page = this.pages.context(request);
    this.pages.send(response, 200, <SitesPage {...{ page, who, sites, sought, troubled, waiting }} />);
  }
}
