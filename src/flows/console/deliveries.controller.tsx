import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DeliverySummaries } from '../../oidc/logout/delivery-summaries.service.js';
import { LogoutRecords } from '../../oidc/logout/logout-records.service.js';
import { ConsoleGuard, TheOperator, TheSite } from '../../oidc/operators/console.guard.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { NothingForm } from '../../web/nothing.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { SiteDeliveriesPage } from './deliveries.page.js';
import { cursorOf } from './cursor.js';
import { sitePath } from './sections.js';
import { SiteTests } from './site-tests.service.js';

const ROWS = 50;

interface Asked {
  before?: string;
  tested?: string;
  refusal?: Refusal;
}

/** `/console/sites/:id/deliveries`: what the site was told of logouts, and a test of it. */
@Controller('console/sites/:id/deliveries')
@UseGuards(ConsoleGuard)
export class DeliveriesController {
  constructor(
    private readonly records: LogoutRecords,
    private readonly summaries: DeliverySummaries,
    private readonly tests: SiteTests,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const asked = { before: cursorOf(query['before']), tested: cursorOf(query['tested']) };
    this.pages.send(response, 200, await this.page({ who, site, request }, asked));
  }

  /** Only to the address that is registered: the form holds nothing but its token. */
  @Post()
  async test(
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.tests.send(who, site, request.ip ?? ''),
      done: (tested) => response.redirect(303, `${sitePath(site.site.id)}/deliveries?tested=${tested}`),
      refused: async (_values, refusal) => this.page({ who, site, request }, { refusal }),
    });
  }

  private async page({ who, site, request }: From, { before, tested, refusal }: Asked) {
    const clientId = site.site.id;
    const [{ deliveries, next }, summary, test] = await Promise.all([
      this.records.ofSite(clientId, { before, limit: ROWS }),
      this.summaries.of(clientId),
      tested === undefined ? undefined : this.records.one(clientId, tested),
    ]);
    const page = this.pages.context(request);
    return <SiteDeliveriesPage {...{ page, who, site, summary, deliveries, next, before, test, refusal }} />;
  }
}

interface From {
  who: Operator;
  site: SiteRecord;
  request: Request;
}
