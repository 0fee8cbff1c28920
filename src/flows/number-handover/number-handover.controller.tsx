import { Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { NumberHolders } from '../../oidc/number-holders.service.js';
import { Pages } from '../../web/pages.service.js';
import { NumberHandoverPage } from './number-handover.page.js';
import { NumberHandover } from './number-handover.service.js';

/** `/interaction/:uid/new-holder`: what freeing the number means, and the second confirmation. */
@Controller('interaction/:uid/new-holder')
@UseGuards(InteractionGuard)
export class NumberHandoverController {
  constructor(
    private readonly handover: NumberHandover,
    private readonly holders: NumberHolders,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Query('for') journey: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const asked = await this.holders.asked(i.cid);
    if (!asked) return this.onward(i, response);
    const page = this.pages.context(request);
    const back = `/interaction/${i.uid}/number-holder?for=${journey === 'reset' || journey === 'register' ? journey : 'login'}`;
    this.pages.send(response, 200, <NumberHandoverPage {...{ page, i, back }} maskedPhone={asked.phone.masked()} />);
  }

  @Post()
  async free(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.handover.free(i.cid, request.ip ?? '');
    this.onward(i, response);
  }

  /** Registration sends on to what is due with the number as it stands. */
  private onward({ uid }: CurrentInteraction, response: Response): void {
    response.redirect(303, `/interaction/${uid}/register/taken`);
  }
}
