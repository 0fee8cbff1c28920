import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { CreditCode } from '../../shared/credit-code.js';
import { Refusal } from '../../shared/refusal.js';
import { CodeForm } from '../../web/code.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { ResetEntityForm } from './entity-reset.form.js';
import { EntityResetCodePage, EntityResetPage } from './entity-reset.page.js';
import { EntityResetCodes } from './entity-reset-codes.service.js';
import { EntityResetProgress, addressOf } from './entity-reset-progress.service.js';

/** `/interaction/:uid/reset/entity`: which entity, then the code to who speaks for it. Says the same of every entity (DESIGN 6). */
@Controller('interaction/:uid/reset/entity')
@UseGuards(InteractionGuard)
export class EntityResetCodeController {
  constructor(
    private readonly codes: EntityResetCodes,
    private readonly progress: EntityResetProgress,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Get()
  async entity(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.pages.send(response, 200, await this.entityPage(i, request));
  }

  @Post()
  async next(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(ResetEntityForm, body, response, {
      do: async (form) => {
        await this.send(i, form.creditCode, form, request);
        await this.progress.begin(i.cid, form.creditCode);
      },
      done: () => response.redirect(303, `/interaction/${i.uid}/reset/entity/code`),
      refused: async (values, refusal) => this.entityPage(i, request, values, refusal),
    });
  }

  @Get('code')
  async code(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.progress.of(i.cid);
    if (stage.page !== 'code') return response.redirect(303, addressOf(i, stage));
    this.pages.send(response, 200, await this.codePage(i, request));
  }

  @Post('code')
  async verify(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(CodeForm, body, response, {
      do: async (form) => {
        const stage = await this.progress.of(i.cid);
        if (stage.page !== 'code') throw new Refusal('sms-code.none', { field: 'smsCode' });
        if (form.deed === 'sms-send') {
          await this.send(i, stage.creditCode, form, request);
          return 'code';
        }
        await this.codes.prove(i.cid, stage.creditCode, form.smsCode ?? '');
        await this.progress.numberProved(i.cid, stage.creditCode);
        return 'person';
      },
      done: (next) => response.redirect(303, `/interaction/${i.uid}/reset/entity/${next}`),
      refused: async (values, refusal) => this.codePage(i, request, values, refusal),
    });
  }

  private async send(
    { cid }: CurrentInteraction,
    creditCode: CreditCode,
    { captchaId: id, captcha: text }: { captchaId?: string; captcha?: string },
    request: Request,
  ): Promise<void> {
    await this.codes.send(cid, creditCode, { captcha: { id, text }, ...this.visitors.origin(request) });
  }

  private async entityPage(
    i: CurrentInteraction,
    request: Request,
    values?: Record<string, string>,
    refusal?: Refusal,
  ) {
    const stage = await this.codes.stage(i.cid, request.ip ?? '', { anew: true });
    return <EntityResetPage {...{ page: this.pages.context(request), i, stage, values, refusal }} />;
  }

  private async codePage(i: CurrentInteraction, request: Request, values?: Record<string, string>, refusal?: Refusal) {
    const stage = await this.codes.stage(i.cid, request.ip ?? '', { refusal });
    return <EntityResetCodePage {...{ page: this.pages.context(request), i, stage, values, refusal }} />;
  }
}
