import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import { SmsCodes } from '../../identity/codes/sms-codes.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { CodeForm } from '../../web/code.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { ResetNumberForm } from './password-reset.form.js';
import { ResetCodePage, ResetNumberPage } from './password-reset.page.js';

const PURPOSE = 'reset';

/** `/interaction/:uid/reset`: the number, then the code to it. Says the same for every number (DESIGN 6). */
@Controller('interaction/:uid/reset')
@UseGuards(InteractionGuard)
export class ResetCodeController {
  constructor(
    private readonly codes: SmsCodes,
    private readonly stages: CodeStages,
    private readonly proved: ProvedNumbers,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Get()
  async number(
    @TheInteraction() i: CurrentInteraction,
    @Query('kind') kind: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (kind === 'entity') return response.redirect(303, `/interaction/${i.uid}/reset/entity`);
    this.pages.send(response, 200, await this.numberPage(i, request));
  }

  @Post()
  async next(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(ResetNumberForm, body, response, {
      do: async (form) => this.send(i, form.phone, form, request),
      done: () => response.redirect(303, `/interaction/${i.uid}/reset/code`),
      refused: async (values, refusal) => this.numberPage(i, request, values, refusal),
    });
  }

  @Get('code')
  async code(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = await this.codePage(i, request);
    if (!(await this.codes.sent(PURPOSE, i.cid))) return response.redirect(303, `/interaction/${i.uid}/reset`);
    this.pages.send(response, 200, page);
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
        const phone = await this.codes.numberOf(PURPOSE, i.cid);
        if (!phone) throw new Refusal('sms-code.none', { field: 'smsCode' });
        if (form.deed === 'sms-send') return this.send(i, phone, form, request);
        await this.codes.prove({ purpose: PURPOSE, phone, binding: i.cid, code: form.smsCode ?? '' });
        await this.proved.keep(i.cid, phone);
        return 'password' as const;
      },
      done: (next) => response.redirect(303, `/interaction/${i.uid}/reset/${next}`),
      refused: async (values, refusal) => this.codePage(i, request, values, refusal),
    });
  }

  private async send(
    i: CurrentInteraction,
    phone: Phone,
    { captchaId: id, captcha: text }: { captchaId?: string; captcha?: string },
    request: Request,
  ): Promise<'code'> {
    await this.codes.send({
      purpose: PURPOSE,
      phone,
      binding: i.cid,
      captcha: { id, text },
      object: i.site.name['zh-CN'],
      ...this.visitors.origin(request),
    });
    return 'code';
  }

  /** A new number asks for a picture of its own, whatever an earlier one covers. */
  private async numberPage(
    i: CurrentInteraction,
    request: Request,
    values?: Record<string, string>,
    refusal?: Refusal,
  ) {
    const stage = await this.stages.of({ purpose: PURPOSE, binding: i.cid, address: request.ip ?? '', anew: true });
    return <ResetNumberPage {...{ page: this.pages.context(request), i, stage, values, refusal }} />;
  }

  private async codePage(i: CurrentInteraction, request: Request, values?: Record<string, string>, refusal?: Refusal) {
    const stage = await this.stages.of({ purpose: PURPOSE, binding: i.cid, address: request.ip ?? '', refusal });
    return <ResetCodePage {...{ page: this.pages.context(request), i, stage, values, refusal }} />;
  }
}
