import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ENDPOINTS } from '../../oidc/errors/endpoints.js';
import type { Endpoint } from '../../oidc/errors/endpoints.js';
import type { FailureFilter } from '../../oidc/errors/failure-records.service.js';
import { Failures } from '../../oidc/errors/failures.service.js';
import { ConsoleGuard, OperatorGuard, TheOperator, TheSite } from '../../oidc/operators/console.guard.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { Sites } from '../../oidc/sites/sites.service.js';
import { Pages } from '../../web/pages.service.js';
import { FailureSearchPage, SiteFailuresPage, isFiltered } from './failures.page.js';

const ID = /[0-9a-f]{8}/;
const ERROR = /^[a-z_]{1,60}$/;
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim().toLowerCase() : '');

/** An id as somebody reads it out or pastes it, `(error id 7f3a9c12)` too; as it is where there is none in it. */
const idOf = (value: unknown): string => ID.exec(textOf(value))?.[0] ?? textOf(value);

/** What was asked for; what no list offers counts for nothing. */
const filterOf = (query: Record<string, unknown>): FailureFilter => ({
  endpoint: Object.hasOwn(ENDPOINTS, textOf(query['endpoint'])) ? (textOf(query['endpoint']) as Endpoint) : undefined,
  error: ERROR.test(textOf(query['error'])) ? textOf(query['error']) : undefined,
  errorId: idOf(query['errorId']) || undefined,
});

/** Failed protocol requests: of one site to whom it belongs, by their id to operators. */
@Controller('console')
@UseGuards(ConsoleGuard)
export class FailuresController {
  constructor(
    private readonly failures: Failures,
    private readonly sites: Sites,
    private readonly pages: Pages,
  ) {}

  @Get('sites/:id/failures')
  async ofSite(
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const filter = filterOf(query);
    const all = await this.failures.of(site.site.id);
    const found = isFiltered(filter) ? await this.failures.of(site.site.id, filter) : all;
    const errors = [...new Set(all.map(({ error }) => error))].toSorted();
    const page = this.pages.context(request);
    this.pages.send(response, 200, <SiteFailuresPage {...{ page, who, site, filter, found, errors }} />);
  }

  @Get('failures')
  @UseGuards(OperatorGuard)
  async byId(
    @TheOperator() who: Operator,
    @Query('errorId') errorId: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const sought = idOf(errorId);
    const found = sought ? await this.failures.byId(sought) : [];
    const nobodys = await this.failures.of('');
    const page = this.pages.context(request);
    const siteOf = (clientId: string) => this.sites.remembered(clientId);
    this.pages.send(response, 200, <FailureSearchPage {...{ page, who, sought, found, nobodys, siteOf }} />);
  }
}
