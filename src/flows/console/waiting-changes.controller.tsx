import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ConsoleGuard, OperatorGuard, TheOperator } from '../../oidc/operators/console.guard.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import { SiteChanges } from '../../oidc/sites/site-changes.service.js';
import { Sites } from '../../oidc/sites/sites.service.js';
import { Pages } from '../../web/pages.service.js';
import { ChangeAuthors } from './change-authors.service.js';
import { WaitingPage } from './site-changes.page.js';

/** `/console/changes`: what waits for an operator. */
@Controller('console/changes')
@UseGuards(ConsoleGuard, OperatorGuard)
export class WaitingChangesController {
  constructor(
    private readonly changes: SiteChanges,
    private readonly sites: Sites,
    private readonly authors: ChangeAuthors,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@TheOperator() who: Operator, @Req() request: Request, @Res() response: Response): Promise<void> {
    const page = this.pages.context(request);
    const waiting = await this.changes.waiting();
    const authors = await this.authors.of(waiting, page.t);
    const nameOf = (id: string) => this.sites.remembered(id)?.name[page.language] ?? id;
    const changes = waiting.map((change) => ({ ...change, site: nameOf(change.clientId) }));
    this.pages.send(response, 200, <WaitingPage {...{ page, who, authors, changes }} />);
  }
}
