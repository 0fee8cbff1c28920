import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import type { Amr } from '../../shared/account.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { AlipayArrivals } from './alipay-arrivals.service.js';
import { AlipayNumber } from './alipay-number.service.js';
import { AlipayAgreementForm, AlipayNumberForm } from './alipay-register.form.js';
import { AlipayRegisterPage } from './alipay-register.page.js';
import { AlipayRegistration } from './alipay-register.service.js';

import type { AlipayStage } from './alipay-stage.service.js';

type Stage = Extract<AlipayStage, { page: 'register' }>;
type Registered = Awaited<ReturnType<AlipayRegistration['register']>>;

/** `/interaction/:uid/alipay/register`: the agreement once; of whom Alipay does not vouch for, a number too. */
@Controller('interaction/:uid/alipay/register')
@UseGuards(InteractionGuard)
export class AlipayRegisterController {
  constructor(
    private readonly registration: AlipayRegistration,
    private readonly number: AlipayNumber,
    private readonly arrivals: AlipayArrivals,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.arrivals.stage(i, 'register', request, response);
    if (stage?.page === 'register') this.pages.send(response, 200, await this.page(i, stage, request));
  }

  @Post()
  async register(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.arrivals.stage(i, 'register', request, response);
    if (stage?.page !== 'register') return;
    const refused = async (values: Record<string, string>, refusal: Refusal) =>
      this.page(i, stage, request, values, refusal);
    if (stage.vouched) {
      return submit(AlipayAgreementForm, body, response, {
        do: async (form) => {
          this.registration.refuseUnagreed(form);
          return this.registration.register(stage.person);
        },
        done: async (made) => this.answer(i, made, ['fed'], request, response),
        refused,
      });
    }
    await submit(AlipayNumberForm, body, response, {
      do: async (form) => this.withNumber(i, stage, form, request),
      done: async (made) => this.answer(i, made, ['fed', 'sms'], request, response),
      refused,
    });
  }

  /** @returns nothing when a code is on its way */
  private async withNumber(
    i: CurrentInteraction,
    { person }: Stage,
    form: AlipayNumberForm,
    request: Request,
  ): Promise<Registered | undefined> {
    if (!(await this.number.isRegisterDue(i, form))) {
      await this.number.send(i, form, request);
      return undefined;
    }
    this.registration.refuseUnagreed(form);
    await this.number.prove(i, form);
    return this.registration.register(person, form.phone);
  }

  private async answer(
    i: CurrentInteraction,
    made: Registered | undefined,
    amr: Amr[],
    request: Request,
    response: Response,
  ): Promise<void> {
    const base = `/interaction/${i.uid}`;
    if (made === undefined) return response.redirect(303, `${base}/alipay/register`);
    if (typeof made === 'string') return this.arrivals.registered(i, { accountId: made, amr }, request, response);
    response.redirect(303, made.other === 'taken' ? `${base}/register/taken` : `${base}/alipay`);
  }

  private async page(
    i: CurrentInteraction,
    stage: Stage,
    request: Request,
    values?: Record<string, string>,
    refusal?: Refusal,
  ) {
    const page = this.pages.context(request);
    const code = stage.vouched ? undefined : await this.number.stage(i, request, refusal);
    return <AlipayRegisterPage {...{ page, i, values, refusal, code }} vouched={stage.vouched} />;
  }
}
