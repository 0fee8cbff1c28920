import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ConsoleGuard, OperatorGuard, TheOperator } from '../../oidc/operators/console.guard.js';
import { OperatedSites } from '../../oidc/operators/operated-sites.service.js';
import type { Operator } from '../../oidc/operators/operators.service.js';
import { TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { ConsolePeople } from './console-people.service.js';
import { DeveloperRoles } from './developer-roles.service.js';
import { NewDeveloperPage } from './new-developer.page.js';
import { DeveloperForm, RoleEndForm } from './people.form.js';
import { NEWS, PeoplePage } from './people.page.js';
import type { PeopleNews } from './people.page.js';

const PATH = '/console/people';

/** `/console/people`: who the operators are, and who develops which site; developers are made and unmade here. */
@Controller('console/people')
@UseGuards(ConsoleGuard, OperatorGuard)
export class PeopleController {
  constructor(
    private readonly people: ConsolePeople,
    private readonly roles: DeveloperRoles,
    private readonly sites: OperatedSites,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheOperator() who: Operator,
    @Query('news') asked: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const news = NEWS.find((one) => one === asked);
    this.pages.send(response, 200, await this.page(who, request, { news }));
  }

  @Post('end')
  async end(
    @TheOperator() who: Operator,
    @TheSession() session: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(RoleEndForm, body, response, {
      do: async ({ role }) => this.roles.end(session, role),
      done: () => response.redirect(303, `${PATH}?news=ended`),
      refused: async (_values, refusal) => this.page(who, request, { refusal }),
    });
  }

  @Get('new')
  async form(
    @TheOperator() who: Operator,
    @TheSession() session: SignedIn,
    @Query('site') site: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.roles.require(session);
    const values = { site: typeof site === 'string' ? site : '' };
    this.pages.send(response, 200, await this.formPage(who, request, values));
  }

  @Post('new')
  async grant(
    @TheOperator() who: Operator,
    @TheSession() session: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(DeveloperForm, body, response, {
      do: async (form) => {
        await this.known(who, form.site);
        await this.roles.grant(session, form, request.ip ?? '');
      },
      done: () => response.redirect(303, `${PATH}?news=granted`),
      refused: async (values, refusal) => this.formPage(who, request, values, refusal),
    });
  }

  /** @throws {Refusal} console.site-missing for a site that is not registered */
  private async known(who: Operator, clientId: string): Promise<void> {
    const sites = await this.sites.list(who);
    if (!sites.some(({ site }) => site.id === clientId)) throw new Refusal('console.site-missing', { field: 'site' });
  }

  private async page(who: Operator, request: Request, more: { news?: PeopleNews; refusal?: Refusal }) {
    const [people, sites] = await Promise.all([this.people.all(), this.sites.list(who)]);
    return <PeoplePage page={this.pages.context(request)} {...{ who, people, sites, ...more }} />;
  }

  private async formPage(who: Operator, request: Request, values: Record<string, string>, refusal?: Refusal) {
    const sites = await this.sites.list(who);
    return <NewDeveloperPage page={this.pages.context(request)} {...{ who, sites, values, refusal }} />;
  }
}
