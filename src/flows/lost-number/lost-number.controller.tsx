import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Visitors } from '../../oidc/visitors.service.js';
import { Clock } from '../../shared/clock.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { lostNumberForm } from './lost-number.form.js';
import { LostNumberPage } from './lost-number.page.js';
import { LostNumber } from './lost-number.service.js';

/** `/interaction/:uid/lost-number`: who it is, and the new number with its code. */
@Controller('interaction/:uid/lost-number')
@UseGuards(InteractionGuard)
export class LostNumberController {
  constructor(
    private readonly lost: LostNumber,
    private readonly visitors: Visitors,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.pages.send(response, 200, await this.page(i, request));
  }

  @Post()
  async submit(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const base = `/interaction/${i.uid}/lost-number`;
    await submit(lostNumberForm(this.clock.now()), body, response, {
      do: async (form) => this.lost.submit(i, form, this.visitors.origin(request)),
      done: (step) => response.redirect(303, step === 'sent' ? base : `${base}/proof`),
      refused: async (values, refusal) => this.page(i, request, values, refusal),
    });
  }

  private async page(i: CurrentInteraction, request: Request, values?: Record<string, string>, refusal?: Refusal) {
    const view = await this.lost.view(i, request.ip ?? '', refusal);
    return <LostNumberPage {...{ page: this.pages.context(request), i, view, values, refusal }} />;
  }
}
