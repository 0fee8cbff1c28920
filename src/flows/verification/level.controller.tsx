import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import { PersonGuard } from '../../oidc/person.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Visitors } from '../../oidc/visitors.service.js';
import { Clock } from '../../shared/clock.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { LevelCodeForm } from './level.form.js';
import { IdCardPage, LevelCodePage, VerifiedPage } from './level.page.js';
import { LevelRaising, PURPOSE, bindingOf } from './level.service.js';
import type { LevelStage } from './level.service.js';
import { verificationForm } from './verification.form.js';

const PATH = '/account/level';
const ID_CARD = `${PATH}/id-card`;

/** `/account/level`: the level in words and how to raise it; the way in through the account settings. */
@Controller('account/level')
@UseGuards(SessionGuard, PersonGuard)
export class LevelController {
  constructor(
    private readonly raising: LevelRaising,
    private readonly stages: CodeStages,
    private readonly visitors: Visitors,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { due } = await this.raising.stage(who);
    if (due === 'id-card') return response.redirect(303, ID_CARD);
    if (due === 'code') return this.pages.send(response, 200, await this.codePage(who, request));
    const page = this.pages.context(request);
    this.pages.send(response, 200, <VerifiedPage page={page} profile={await this.raising.profile(who)} />);
  }

  @Post()
  async code(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { due, phone } = await this.raising.stage(who);
    if (due !== 'code' || !phone) return response.redirect(303, PATH);
    await submit(LevelCodeForm, body, response, {
      do: async (form) => this.raising.code(who, phone, form, this.visitors.origin(request)),
      done: () => response.redirect(303, PATH),
      refused: async (values, refusal) => this.codePage(who, request, values, refusal),
    });
  }

  @Get('id-card')
  async idCard(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    const stage = await this.raising.stage(who);
    if (stage.due !== 'id-card') return response.redirect(303, PATH);
    this.pages.send(response, 200, this.idCardPage(request, stage));
  }

  @Post('id-card')
  async verify(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.raising.stage(who);
    if (stage.due !== 'id-card') return response.redirect(303, PATH);
    await submit(verificationForm(this.clock.now()), body, response, {
      do: async (form) => this.raising.identify(who, stage.phone, form, request.ip ?? ''),
      done: () => response.redirect(303, PATH),
      refused: (values, refusal) => this.idCardPage(request, stage, values, refusal),
    });
  }

  /** In a session no picture stands before a message. */
  private async codePage(who: SignedIn, request: Request, values?: Record<string, string>, refusal?: Refusal) {
    const asking = { purpose: PURPOSE, binding: bindingOf(who), address: request.ip ?? '' } as const;
    const stage = await this.stages.of({ ...asking, captcha: 'not-needed' });
    const page = this.pages.context(request);
    return <LevelCodePage {...{ page, stage, values, refusal }} profile={await this.raising.profile(who)} />;
  }

  private idCardPage(request: Request, { phone }: LevelStage, values?: Record<string, string>, refusal?: Refusal) {
    return <IdCardPage {...{ page: this.pages.context(request), values, refusal }} maskedPhone={phone?.masked()} />;
  }
}
