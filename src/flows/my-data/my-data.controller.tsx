import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Env } from '../../config/env.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Sites } from '../../oidc/sites/sites.service.js';
import { chinaDay } from '../../shared/china-time.js';
import { Clock } from '../../shared/clock.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { DataExport } from './data-export.service.js';
import { dataFile } from './data-file.js';
import type { Held } from './data-file.js';
import { Deregistration } from './deregistration.service.js';
import { MyDataPage } from './my-data.page.js';
import type { MyDataNews } from './my-data.page.js';
import { NothingForm } from '../../web/nothing.form.js';

const NEWS: readonly MyDataNews[] = ['proved', 'cancelled'];

/** `/account/data`: what is held, the data file, and the way to deregistration. */
@Controller('account/data')
@UseGuards(SessionGuard)
export class MyDataController {
  constructor(
    private readonly exports: DataExport,
    private readonly deregistration: Deregistration,
    private readonly sites: Sites,
    private readonly pages: Pages,
    private readonly clock: Clock,
    private readonly env: Env,
  ) {}

  @Get()
  async show(
    @TheSession() who: SignedIn,
    @Query('news') asked: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const news = NEWS.find((one) => one === asked);
    this.pages.send(response, 200, await this.page(who, request, { news }));
  }

  @Post()
  async export(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.exports.make(who, request.ip ?? ''),
      done: (held) => this.send(held, response),
      refused: async (_values, refusal) => this.page(who, request, { refusal }),
    });
  }

  /** A file for its owner alone: kept by nobody on the way, shown by no browser. */
  private send(held: Omit<Held, 'at' | 'issuer' | 'siteName'>, response: Response): void {
    const at = this.clock.now();
    const siteName = (clientId: string) => this.sites.remembered(clientId)?.name['zh-CN'];
    const file = dataFile({ ...held, at, issuer: this.env.issuer, siteName });
    response.statusCode = 200;
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('content-disposition', `attachment; filename="tongxing-${chinaDay(at)}.json"`);
    response.setHeader('cache-control', 'no-store');
    response.end(JSON.stringify(file, undefined, 2));
  }

  private async page(who: SignedIn, request: Request, more: { news?: MyDataNews; refusal?: Refusal }) {
    const due = await this.deregistration.due(who.accountId);
    return <MyDataPage page={this.pages.context(request)} due={due} {...more} />;
  }
}
