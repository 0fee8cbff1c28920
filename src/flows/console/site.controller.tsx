import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Failures } from '../../oidc/errors/failures.service.js';
import { DeliverySummaries } from '../../oidc/logout/delivery-summaries.service.js';
import { ConsoleGuard, TheOperator, TheSite } from '../../oidc/operators/console.guard.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import type { SiteRecord } from '../../oidc/sites/site-records.service.js';
import { Clock } from '../../shared/clock.js';
import { Pages } from '../../web/pages.service.js';
import { ConsolePeople } from './console-people.service.js';
import { RegistrationPage } from './site.page.js';

/** `/console/sites/:id`: what a site is registered with, and who develops it. */
@Controller('console/sites/:id')
@UseGuards(ConsoleGuard)
export class SiteController {
  constructor(
    private readonly people: ConsolePeople,
    private readonly failures: Failures,
    private readonly summaries: DeliverySummaries,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheOperator() who: Operator,
    @TheSite() site: SiteRecord,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const developers = await this.people.developersOf(site.site.id);
    const [week, failures] = await Promise.all([this.summaries.of(site.site.id), this.failures.of(site.site.id)]);
    const failed = failures.reduce((sum, { count }) => sum + count, 0);
    const [page, now] = [this.pages.context(request), this.clock.now()];
    this.pages.send(response, 200, <RegistrationPage {...{ page, who, site, developers, week, failed, now }} />);
  }
}
