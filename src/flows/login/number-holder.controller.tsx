import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { NumberHolders } from '../../oidc/number-holders.service.js';
import { Clock } from '../../shared/clock.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { numberHolderForm } from './number-holder.form.js';
import { NumberHolderPage } from './number-holder.page.js';
import type { Journey } from './number-holder.page.js';
import { Login } from './login.service.js';
import { elsewhere } from './sms-login.page.js';
import { SmsLogin } from './sms-login.service.js';

/** Where the journey goes on that this page stands in. */
const ONWARD: Record<Journey, (i: CurrentInteraction) => string> = {
  login: elsewhere.sent,
  reset: ({ uid }) => `/interaction/${uid}/reset/password`,
  register: ({ uid }) => `/interaction/${uid}/register/taken`,
};
const journeyOf = (asked: unknown): Journey => (asked === 'reset' || asked === 'register' ? asked : 'login');

/** `/interaction/:uid/number-holder`: asked of a proved number whose verified account nobody has used for long. */
@Controller('interaction/:uid/number-holder')
@UseGuards(InteractionGuard)
export class NumberHolderController {
  constructor(
    private readonly holders: NumberHolders,
    private readonly sms: SmsLogin,
    private readonly login: Login,
    private readonly clock: Clock,
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
    if (!asked) return response.redirect(303, ONWARD[journeyOf(journey)](i));
    this.pages.send(response, 200, this.page(i, journeyOf(journey), asked.phone.masked(), request));
  }

  @Post()
  async prove(
    @TheInteraction() i: CurrentInteraction,
    @Query('for') query: unknown,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const journey = journeyOf(query);
    const onward = () => response.redirect(303, ONWARD[journey](i));
    const asked = await this.holders.asked(i.cid);
    if (!asked) return onward();
    await submit(numberHolderForm(this.clock.now()), body, response, {
      do: async (person) => {
        await this.holders.prove(i.cid, asked.accountId, person, request.ip ?? '');
        return journey === 'login' ? this.sms.withProved(i, asked.phone, request, response) : undefined;
      },
      done: async (result) => {
        if (result === undefined) return onward();
        if (typeof result === 'string') return response.redirect(303, elsewhere[result](i));
        return this.login.finish(i, result, request, response);
      },
      refused: (values, refusal) => this.page(i, journey, asked.phone.masked(), request, values, refusal),
    });
  }

  private page(
    i: CurrentInteraction,
    journey: Journey,
    maskedPhone: string,
    request: Request,
    values?: Record<string, string>,
    refusal?: Refusal,
  ) {
    const page = this.pages.context(request);
    return <NumberHolderPage {...{ page, i, journey, maskedPhone, values, refusal }} />;
  }
}
