import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PersonGuard } from '../../oidc/person.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { AnswerForm } from './confirmations.form.js';
import { ConfirmationsPage, newsOf } from './confirmations.page.js';
import type { News } from './confirmations.page.js';
import { Confirmations } from './confirmations.service.js';

/** `/account/confirmations`: what waits for this person's word as a legal representative. */
@Controller('account/confirmations')
@UseGuards(SessionGuard, PersonGuard)
export class ConfirmationsController {
  constructor(
    private readonly confirmations: Confirmations,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() who: SignedIn,
    @Query('news') news: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.pages.send(response, 200, await this.page(who, request, { news: newsOf(news) }));
  }

  @Post()
  async answer(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(AnswerForm, body, response, {
      do: async (form) => this.confirmations.answer(who, form),
      done: (news) => response.redirect(303, `/account/confirmations?news=${news}`),
      refused: async (_values, refusal) => this.page(who, request, { refusal }),
    });
  }

  private async page(who: SignedIn, request: Request, more: { news?: News; refusal?: Refusal }) {
    const requests = await this.confirmations.open(who.accountId);
    return <ConfirmationsPage page={this.pages.context(request)} {...{ requests, ...more }} />;
  }
}
