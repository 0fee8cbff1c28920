import { Body, Controller, Get, Header, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Env } from '../../config/env.js';
import { SANDBOX_ALIPAY } from '../../config/sandbox-alipay.js';
import { Pages } from '../../web/pages.service.js';
import { AlipayDesk } from './alipay-desk.service.js';
import type { Wish } from './alipay-desk.service.js';
import { AlipayFaultPage, AlipayLoginPage, AlipayScanPage, AlipayScannedPage } from './alipay.page.js';
import { SCAN_SCRIPT } from './scan-script.js';
import { userNamed } from './alipay-users.js';

type Fields = Record<string, string | undefined>;

const wishOf = ({ app_id = '', scope = '', redirect_uri = '', state = '' }: Fields): Wish => ({
  app_id,
  scope,
  redirect_uri,
  state,
});

/** The authorization page of the Alipay that stands in: by scan and by password, as the real one on a desktop. */
@Controller('sandbox/alipay')
export class AlipayPageController {
  constructor(
    private readonly desk: AlipayDesk,
    private readonly env: Env,
    private readonly pages: Pages,
  ) {}

  @Get('oauth2/publicAppAuthorize.htm')
  show(@Query() query: Fields, @Req() request: Request, @Res() response: Response): void {
    this.login(wishOf(query), request, response, { status: 200 });
  }

  @Post('oauth2/publicAppAuthorize.htm')
  byPassword(
    @Query() query: Fields,
    @Body() { account = '', password = '' }: Fields,
    @Req() request: Request,
    @Res() response: Response,
  ): void {
    const wish = wishOf(query);
    const user = this.desk.faultOf(wish) ? undefined : this.desk.loggedIn(account, password);
    if (user) return response.redirect(303, this.desk.wayBack(wish, user));
    this.login(wish, request, response, { status: 422, account, refused: true });
  }

  @Post('deny')
  deny(@Query() query: Fields, @Req() request: Request, @Res() response: Response): void {
    const wish = wishOf(query);
    if (this.desk.faultOf(wish)) return this.login(wish, request, response, { status: 200 });
    response.redirect(303, this.desk.wayBack(wish));
  }

  /** The page on the phone, which the code on the other page leads to. */
  @Get('scan/:ticket')
  scan(@Param('ticket') ticket: string, @Req() request: Request, @Res() response: Response): void {
    const page = this.pages.context(request);
    const found = this.desk.scans.get(ticket);
    if (!found) throw new NotFoundException();
    this.pages.send(response, 200, <AlipayScanPage {...{ page, ticket }} users={this.desk.users} />);
  }

  @Post('scan/:ticket')
  confirm(
    @Param('ticket') ticket: string,
    @Body() { account = '' }: Fields,
    @Req() request: Request,
    @Res() response: Response,
  ): void {
    const found = this.desk.scans.get(ticket);
    const user = userNamed(this.desk.users, account) ?? this.desk.users[0];
    if (!found || !user) throw new NotFoundException();
    found.user ??= user;
    this.pages.send(response, 200, <AlipayScannedPage page={this.pages.context(request)} />);
  }

  /** For the script on the page: whether a phone has said yes. */
  @Get('scanned/:ticket')
  @Header('cache-control', 'no-store')
  scanned(@Param('ticket') ticket: string): { confirmed: boolean } {
    return { confirmed: this.desk.scans.get(ticket)?.user !== undefined };
  }

  /** Without script by a button. */
  @Post('after-scan/:ticket')
  check(@Param('ticket') ticket: string, @Req() request: Request, @Res() response: Response): void {
    this.afterScan(ticket, request, response);
  }

  /** And then on to the app. */
  @Get('after-scan/:ticket')
  afterScan(@Param('ticket') ticket: string, @Req() request: Request, @Res() response: Response): void {
    const scan = this.desk.scans.get(ticket);
    if (!scan) throw new NotFoundException();
    if (!scan.user) return this.login(scan.wish, request, response, { status: 200, ticket, waiting: true });
    this.desk.scans.take(ticket);
    response.redirect(303, this.desk.wayBack(scan.wish, scan.user));
  }

  @Get('scan.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return SCAN_SCRIPT;
  }

  private login(
    wish: Wish,
    request: Request,
    response: Response,
    more: { status: number; account?: string; refused?: boolean; ticket?: string; waiting?: boolean },
  ): void {
    const page = this.pages.context(request);
    const fault = this.desk.faultOf(wish);
    if (fault) return this.pages.send(response, 400, <AlipayFaultPage page={page} fault={fault} />);
    const ticket = more.ticket ?? this.desk.scans.add({ wish });
    const query = String(new URLSearchParams({ ...wish }));
    const link = `${this.env.issuer}${SANDBOX_ALIPAY}/scan/${ticket}`;
    this.pages.send(response, more.status, <AlipayLoginPage {...{ page, query, ticket, link, ...more }} />);
  }
}
