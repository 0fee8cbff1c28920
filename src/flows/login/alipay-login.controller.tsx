import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AlipayWay, placeOfJourney } from '../../oidc/alipay-way.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { AlipayFailedPage } from '../../web/alipay.js';
import { Pages } from '../../web/pages.service.js';
import { AlipayLogin } from './alipay-login.service.js';
import { Login } from './login.service.js';

/** `/interaction/:uid/alipay`: the way to Alipay, and what follows from who comes back. */
@Controller('interaction/:uid/alipay')
@UseGuards(InteractionGuard)
export class AlipayLoginController {
  constructor(
    private readonly alipay: AlipayLogin,
    private readonly login: Login,
    private readonly way: AlipayWay,
    private readonly pages: Pages,
  ) {}

  @Get('start')
  async start(@TheInteraction() i: CurrentInteraction, @Res() response: Response): Promise<void> {
    await this.way.start(response, {
      path: `/interaction/${i.uid}/alipay`,
      place: placeOfJourney(i),
      siteId: i.site.id,
    });
  }

  @Get()
  async arrive(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const next = await this.alipay.next(i, request, response);
    if (typeof next === 'string') return response.redirect(303, `/interaction/${i.uid}${next}`);
    if ('accountId' in next) return this.login.finish(i, next, request, response);
    const { refusal } = next;
    if (refusal.retryAfter !== undefined) response.setHeader('retry-after', String(refusal.retryAfter));
    const page = this.pages.context(request);
    this.pages.send(
      response,
      refusal.status,
      <AlipayFailedPage {...{ page, refusal }} base={`/interaction/${i.uid}`} />,
    );
  }
}
