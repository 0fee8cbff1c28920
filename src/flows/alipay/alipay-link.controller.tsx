import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { AlipayArrivals } from './alipay-arrivals.service.js';
import { AlipayBinding } from './alipay-binding.service.js';
import { AlipayLinkForm } from './alipay-link.form.js';
import { AlipayLinkPage } from './alipay-link.page.js';
import { AlipayLink, linkBinding } from './alipay-link.service.js';
import type { AlipayStage } from './alipay-stage.service.js';

type Stage = Extract<AlipayStage, { page: 'link' }>;

/** `/interaction/:uid/alipay/link`: Alipay's ID number has an account; it is linked once it is proved. */
@Controller('interaction/:uid/alipay/link')
@UseGuards(InteractionGuard)
export class AlipayLinkController {
  constructor(
    private readonly link: AlipayLink,
    private readonly binding: AlipayBinding,
    private readonly arrivals: AlipayArrivals,
    private readonly codes: CodeStages,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.arrivals.stage(i, 'link', request, response);
    if (stage?.page === 'link') this.pages.send(response, 200, await this.page(i, stage, request));
  }

  @Post()
  async submit(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.arrivals.stage(i, 'link', request, response);
    if (stage?.page !== 'link') return;
    const { accountId, person } = stage;
    await submit(AlipayLinkForm, body, response, {
      do: async (form) => {
        const means = await this.link.prove(i, accountId, form, this.visitors.origin(request));
        if (means) await this.binding.bind(accountId, person);
        return means;
      },
      done: async (means) => {
        if (!means) return response.redirect(303, `/interaction/${i.uid}/alipay/link`);
        await this.arrivals.loggedIn(i, { accountId, amr: [means, 'fed'] }, request, response);
      },
      refused: async (_values, refusal) => this.page(i, stage, request, refusal),
    });
  }

  /** After Alipay has proved the person no picture stands before a message. */
  private async page(i: CurrentInteraction, { accountId, vouched }: Stage, request: Request, refusal?: Refusal) {
    const page = this.pages.context(request);
    const phone = await this.link.phoneOf(accountId);
    const asking = { purpose: 'alipay-link', binding: linkBinding(i, accountId), address: request.ip ?? '' } as const;
    const code = phone ? await this.codes.of({ ...asking, captcha: 'not-needed' }) : undefined;
    return <AlipayLinkPage {...{ page, i, vouched, code, refusal }} maskedPhone={phone?.masked()} />;
  }
}
