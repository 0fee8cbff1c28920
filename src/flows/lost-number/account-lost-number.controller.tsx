import { Body, Controller, Get, Post, Query, Redirect, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PersonGuard } from '../../oidc/person.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Visitors } from '../../oidc/visitors.service.js';
import { Refusal } from '../../shared/refusal.js';
import { parseForm } from '../../web/fields.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { AccountLostNumberPage, StoppedPage, WaitingMovePage } from './account-lost-number.page.js';
import { AccountLostNumber } from './account-lost-number.service.js';
import type { Pace } from './account-lost-number.service.js';
import { AccountLostNumberForm, NoProofForm } from './lost-number.form.js';
import { NewNumber } from './new-number.service.js';

const NEXT = { sent: '/account/lost-number', later: '/account/lost-number', now: '/account/phone/changed' };

/** `/account/lost-number`: for who is signed in and gets no code at the old number; and where a waiting move is stopped. */
@Controller('account/lost-number')
@UseGuards(SessionGuard, PersonGuard)
export class AccountLostNumberController {
  constructor(
    private readonly lost: AccountLostNumber,
    private readonly numbers: NewNumber,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() who: SignedIn,
    @Query('stopped') stopped: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    const move = await this.lost.waiting(who);
    if (move) return this.pages.send(response, 200, <WaitingMovePage page={page} move={move} />);
    if (stopped !== undefined) return this.pages.send(response, 200, <StoppedPage page={page} signedIn />);
    if (!(await this.lost.present(who))) return response.redirect(303, '/account/phone');
    this.pages.send(response, 200, await this.page(who, await this.lost.pace(who), request));
  }

  @Post()
  async submit(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const [move, present] = [await this.lost.waiting(who), await this.lost.present(who)];
    if (move || !present) return response.redirect(303, '/account/lost-number');
    const pace = await this.lost.pace(who);
    await submit(AccountLostNumberForm, body, response, {
      do: async (form): Promise<Pace | 'sent'> => {
        if (form.phone.reveal() === present.reveal()) throw new Refusal('phone.same', { field: 'phone' });
        const step = await this.numbers.step(who, form, this.visitors.origin(request));
        return step === 'sent' ? step : this.lost.act(who, form.phone);
      },
      done: (next) => response.redirect(303, NEXT[next]),
      refused: async (values, refusal) => this.page(who, pace, request, values, refusal),
    });
  }

  @Post('stop')
  @Redirect('/account/lost-number?stopped=1', 303)
  async stop(@TheSession() who: SignedIn, @Body() body: unknown): Promise<void> {
    parseForm(NoProofForm, body);
    await this.lost.stop(who);
  }

  private async page(who: SignedIn, pace: Pace, request: Request, values?: Record<string, string>, refusal?: Refusal) {
    const stage = await this.numbers.stage(who, request.ip ?? '');
    return <AccountLostNumberPage {...{ page: this.pages.context(request), pace, stage, values, refusal }} />;
  }
}
