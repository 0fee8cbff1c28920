import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { vouchedBy } from '../../identity/alipay/alipay-real-name.service.js';
import { AlipayVisits } from '../../identity/alipay/alipay-visits.service.js';
import { placeOfJourney } from '../../oidc/alipay-way.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import { Refusal } from '../../shared/refusal.js';
import { AlipayFailedPage } from '../../web/alipay.js';
import { Pages } from '../../web/pages.service.js';
import { AlipayBinding } from './alipay-binding.service.js';

/** `/interaction/:uid/alipay/raise`: the verification page's way through Alipay, for the journey's account. */
@Controller('interaction/:uid/alipay/raise')
@UseGuards(InteractionGuard)
export class AlipayRaiseController {
  constructor(
    private readonly visits: AlipayVisits,
    private readonly binding: AlipayBinding,
    private readonly interactions: Interactions,
    private readonly pages: Pages,
  ) {}

  @Get()
  async raise(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { accountId } = i;
    if (i.prompt !== 'verification' || !accountId) return response.redirect(303, `/interaction/${i.uid}`);
    try {
      const person = await this.visits.require(placeOfJourney(i));
      if (!vouchedBy(person)) throw new Refusal('alipay.uncertified');
      await this.binding.bind(accountId, person);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const page = this.pages.context(request);
      const failed = <AlipayFailedPage {...{ page, refusal }} base={`/interaction/${i.uid}`} verification />;
      return this.pages.send(response, refusal.status, failed);
    }
    await this.visits.drop(placeOfJourney(i));
    const amr = [...new Set([...i.amr, 'fed' as const])];
    await this.interactions.signIn(request, response, { accountId, amr });
  }
}
