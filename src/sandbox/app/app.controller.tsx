import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DEMO_APP } from '../../config/demo-sites.js';
import { parseForm } from '../../web/fields.js';
import type { PageContext } from '../../web/page-context.js';
import { Pages } from '../../web/pages.service.js';
import { AppParty, ServiceAway } from './app-party.service.js';
import { AppPhones } from './app-phones.service.js';
import type { Phone } from './app-phones.service.js';
import { AppUse } from './app-use.service.js';
import { NumberForm, ScanForm } from './app.form.js';
import { AppPage, OpenedPage } from './app.page.js';
import { cameraScripts } from './camera.js';

const { path } = DEMO_APP;
/** The page alone may use the camera. */
const PERMISSIONS = 'camera=(self), geolocation=(), microphone=()';
const OWN_PATH = new RegExp(`^${path}/t/[\\w-]{22}$`);

/** `/sandbox/app`: a stand-in for the government app, phone-sized, that knows the service as docs/app.md describes it. */
@Controller('sandbox/app')
export class AppController {
  private readonly scripts = cameraScripts();

  constructor(
    private readonly phones: AppPhones,
    private readonly party: AppParty,
    private readonly use: AppUse,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(@Req() request: Request, @Res() response: Response): void {
    const phone = this.phones.of(request, response);
    const { said } = phone;
    phone.said = undefined;
    response.set('permissions-policy', PERMISSIONS);
    this.pages.send(response, 200, <AppPage {...{ page: this.page(request, phone), phone, said }} />);
  }

  @Get('login')
  async logIn(@Query('next') next: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const phone = this.phones.of(request, response);
    const begun = await this.reach(request, phone, async () => this.party.begin(this.page(request, phone).language));
    if (!begun) return response.redirect(303, path);
    phone.attempt = { ...begun.attempt, next: typeof next === 'string' && OWN_PATH.test(next) ? next : path };
    return response.redirect(303, begun.url);
  }

  @Get('callback')
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    const phone = this.phones.of(request, response);
    const { attempt } = phone;
    phone.attempt = undefined;
    const query = request.originalUrl.slice(request.path.length);
    phone.said = { problem: this.page(request, phone).t.app.loginFailed };
    const tokens = attempt && (await this.reach(request, phone, async () => this.party.finish(query, attempt)));
    if (!tokens) return response.redirect(303, path);
    Object.assign(this.phones.fresh(response, phone), { tokens });
    return response.redirect(303, attempt.next);
  }

  @Post('logout')
  async logOut(@Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const phone = this.posted(body, request, response);
    if (phone.tokens) await this.party.leave(phone.tokens);
    this.phones.fresh(response, phone);
    response.redirect(303, path);
  }

  /** What the link opens: nothing is scanned before its owner has said that it is theirs. */
  @Get('t/:ticket')
  opened(@Param('ticket') ticket: string, @Req() request: Request, @Res() response: Response): void {
    const phone = this.phones.of(request, response);
    const here = `${path}/t/${ticket}`;
    if (!OWN_PATH.test(here)) return response.redirect(303, path);
    if (!phone.tokens) return response.redirect(303, `${path}/login?next=${here}`);
    this.pages.send(response, 200, <OpenedPage page={this.page(request, phone)} ticket={ticket} />);
  }

  @Post('t/:ticket')
  async open(
    @Param('ticket') ticket: string,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const phone = this.posted(body, request, response);
    await this.use.scan(phone, ticket, true, this.page(request, phone).language);
    response.redirect(303, path);
  }

  @Post('scan')
  async scan(@Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const phone = this.posted(body, request, response);
    const { link = '' } = parseForm(ScanForm, body);
    await this.use.scan(phone, link, false, this.page(request, phone).language);
    response.redirect(303, path);
  }

  @Post('confirm')
  async confirm(@Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const phone = this.posted(body, request, response);
    await this.use.confirm(phone, parseForm(NumberForm, body).number, this.page(request, phone).language);
    response.redirect(303, path);
  }

  @Post('deny')
  async deny(@Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const phone = this.posted(body, request, response);
    await this.use.deny(phone, this.page(request, phone).language);
    response.redirect(303, path);
  }

  @Get(':script')
  script(@Param('script') name: string, @Res() response: Response): void {
    const script = Object.hasOwn(this.scripts, name) ? this.scripts[name] : undefined;
    if (script === undefined) return response.redirect(303, path);
    response.type('text/javascript').send(script);
  }

  /** A service that cannot be reached is said, and the phone goes on. */
  private async reach<T>(request: Request, phone: Phone, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ServiceAway)) throw error;
      phone.said = { problem: this.page(request, phone).t.app.away };
      return undefined;
    }
  }

  private posted(body: unknown, request: Request, response: Response): Phone {
    const phone = this.phones.of(request, response);
    this.phones.check(phone, body);
    return phone;
  }

  private page(request: Request, phone: Phone): PageContext {
    const page = this.pages.context(request);
    return { ...page, subtitle: page.t.app.subtitle, formToken: this.phones.formToken(phone) };
  }
}
