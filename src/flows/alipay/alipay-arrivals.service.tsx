import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Arrivals } from '../../oidc/arrivals.service.js';
import { Interactions } from '../../oidc/interactions.service.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { Amr } from '../../shared/account.js';
import { Refusal } from '../../shared/refusal.js';
import { AlipayFailedPage } from '../../web/alipay.js';
import { Pages } from '../../web/pages.service.js';
import { AlipayStages } from './alipay-stage.service.js';
import type { AlipayStage } from './alipay-stage.service.js';

interface Who {
  accountId: string;
  amr: Amr[];
}

/** From whom Alipay has logged in to a login of ours: the page that is due, and the end of it. */
@Injectable()
export class AlipayArrivals {
  constructor(
    private readonly stages: AlipayStages,
    private readonly interactions: Interactions,
    private readonly arrivals: Arrivals,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  /** @returns nothing when the answer is sent: another page is due, or none can be */
  async stage(
    i: CurrentInteraction,
    wanted: 'link' | 'register',
    request: Request,
    response: Response,
  ): Promise<AlipayStage | undefined> {
    try {
      const stage = await this.stages.of(i);
      if (stage.page === wanted) return stage;
      const address = stage.page === 'login' ? '' : `/${stage.page}`;
      response.redirect(303, `/interaction/${i.uid}/alipay${address}`);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const page = this.pages.context(request);
      const failed = <AlipayFailedPage {...{ page, refusal }} base={`/interaction/${i.uid}`} />;
      this.pages.send(response, refusal.status, failed);
    }
    return undefined;
  }

  /** The account was made in this journey. */
  async registered(i: CurrentInteraction, who: Who, request: Request, response: Response): Promise<void> {
    await this.stages.done(i);
    this.visitors.remember(request, response, who.accountId);
    await this.interactions.signIn(request, response, who, { registered: true });
  }

  async loggedIn(i: CurrentInteraction, who: Who, request: Request, response: Response): Promise<void> {
    await this.stages.done(i);
    await this.arrivals.announce(request, response, { ...who, site: i.site.id });
    await this.interactions.signIn(request, response, who);
  }
}
