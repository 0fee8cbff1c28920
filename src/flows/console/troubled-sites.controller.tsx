import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LogoutRecords } from '../../oidc/logout/logout-records.service.js';
import { ConsoleGuard, OperatorGuard, TheOperator } from '../../oidc/operators/console.guard.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import { Sites } from '../../oidc/sites/sites.service.js';
import { Pages } from '../../web/pages.service.js';
import { TroubledSitesPage } from './troubled-sites.page.js';

/** `/console/deliveries`: sites that no logout token has reached for an hour. */
@Controller('console/deliveries')
@UseGuards(ConsoleGuard, OperatorGuard)
export class TroubledSitesController {
  constructor(
    private readonly records: LogoutRecords,
    private readonly sites: Sites,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@TheOperator() who: Operator, @Req() request: Request, @Res() response: Response): Promise<void> {
    const troubled = await this.records.troubled();
    const page = this.pages.context(request);
    const siteOf = (clientId: string) => this.sites.remembered(clientId);
    this.pages.send(response, 200, <TroubledSitesPage {...{ page, who, troubled, siteOf }} />);
  }
}
