import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { vouchedBy } from '../../identity/alipay/alipay-real-name.service.js';
import { AlipayVisits } from '../../identity/alipay/alipay-visits.service.js';
import type { Profile } from '../../identity/accounts/standing.js';
import { AlipayWay, placeOfSession } from '../../oidc/alipay-way.service.js';
import { PersonGuard } from '../../oidc/person.guard.js';
import { SessionGuard, TheProfile, TheSession } from '../../oidc/session.guard.js';
import { Sessions } from '../../oidc/sessions.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Refusal } from '../../shared/refusal.js';
import { NothingForm } from '../../web/nothing.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { AccountAlipayPage } from './account-alipay.page.js';
import type { AlipayNews } from './account-alipay.page.js';
import { AccountAlipay } from './account-alipay.service.js';
import { AlipayBinding } from './alipay-binding.service.js';

const PATH = '/account/alipay';
const NEWS: readonly unknown[] = ['bound', 'raised', 'unbound'] satisfies AlipayNews[];
const newsOf = (asked: unknown): AlipayNews | undefined => (NEWS.includes(asked) ? (asked as AlipayNews) : undefined);

/** `/account/alipay`: bind, unbind, raise the level. */
@Controller('account/alipay')
@UseGuards(SessionGuard, PersonGuard)
export class AccountAlipayController {
  constructor(
    private readonly account: AccountAlipay,
    private readonly binding: AlipayBinding,
    private readonly visits: AlipayVisits,
    private readonly way: AlipayWay,
    private readonly sessions: Sessions,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheProfile() profile: Profile,
    @Query('news') news: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.way.refuseUnoffered();
    this.pages.send(response, 200, await this.page(profile, request, { news: newsOf(news) }));
  }

  @Post('bind')
  async bind(
    @TheSession() who: SignedIn,
    @TheProfile() profile: Profile,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.way.refuseUnoffered();
    await submit(NothingForm, body, response, {
      do: async () => this.account.prove(who, profile, this.way.verifies),
      done: async () => this.way.start(response, { path: `${PATH}/return`, place: placeOfSession(who) }),
      refused: async (_values, refusal) => this.page(profile, request, { refusal }),
    });
  }

  /** Back from Alipay. */
  @Get('return')
  async back(
    @TheSession() who: SignedIn,
    @TheProfile() profile: Profile,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    try {
      const news = await this.bound(who, profile, request.ip ?? '');
      response.redirect(303, news ? `${PATH}?news=${news}` : PATH);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      this.pages.send(response, refusal.status, await this.page(profile, request, { refusal }));
    }
  }

  @Post('unbind')
  async unbind(
    @TheSession() who: SignedIn,
    @TheProfile() profile: Profile,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.account.unbind(who, profile),
      done: () => response.redirect(303, `${PATH}?news=unbound`),
      refused: async (_values, refusal) => this.page(profile, request, { refusal }),
    });
  }

  /** Nobody is kept after a refusal: the next one to come back is asked about anew. */
  private async bound(who: SignedIn, { level }: Profile, address: string): Promise<AlipayNews | undefined> {
    const place = placeOfSession(who);
    const person = await this.visits.receive(place, address);
    if (!person) return undefined;
    await this.visits.drop(place);
    if (level > 0 && this.way.verifies && !vouchedBy(person)) throw new Refusal('alipay.uncertified');
    const raised = await this.binding.bind(who.accountId, person);
    await this.sessions.gain(who.uid, 'fed');
    return raised && level < 2 ? 'raised' : 'bound';
  }

  private async page(profile: Profile, request: Request, more: { news?: AlipayNews; refusal?: Refusal }) {
    const page = this.pages.context(request);
    const since = await this.account.since(profile.accountId);
    return <AccountAlipayPage {...{ page, profile, since, ...more }} raises={this.way.verifies} />;
  }
}
