import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import { PersonGuard } from '../../oidc/person.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { NumberRestoreForm } from './number-restore.form.js';
import { NumberRestoredPage, NumberRestorePage } from './number-restore.page.js';
import { bindingOf, NumberRestore, PURPOSE } from './number-restore.service.js';

type Freed = { phone: Phone; due: Date };

/** `/account/phone/restore`: the number that a new owner has freed, back to the old one; preceded by the proof page. */
@Controller('account/phone')
@UseGuards(SessionGuard, PersonGuard)
export class NumberRestoreController {
  constructor(
    private readonly restore: NumberRestore,
    private readonly stages: CodeStages,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Get('restore')
  async show(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    const freed = await this.restore.number(who);
    if (!freed) return response.redirect(303, '/account/phone');
    await this.restore.require(who);
    this.pages.send(response, 200, await this.page(who, freed, request));
  }

  @Post('restore')
  async submit(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const freed = await this.restore.number(who);
    if (!freed) return response.redirect(303, '/account/phone');
    await submit(NumberRestoreForm, body, response, {
      do: async (form) => this.restore.submit(who, freed.phone, form, this.visitors.origin(request)),
      done: (result) => response.redirect(303, `/account/phone/${result === 'sent' ? 'restore' : 'restored'}`),
      refused: async (values, refusal) => this.page(who, freed, request, values, refusal),
    });
  }

  @Get('restored')
  restored(@Req() request: Request, @Res() response: Response): void {
    this.pages.send(response, 200, <NumberRestoredPage page={this.pages.context(request)} />);
  }

  private async page(
    who: SignedIn,
    { phone, due }: Freed,
    request: Request,
    values?: Record<string, string>,
    refusal?: Refusal,
  ) {
    const asking = {
      purpose: PURPOSE,
      binding: bindingOf(who),
      address: request.ip ?? '',
      captcha: 'not-needed',
    } as const;
    const stage = await this.stages.of(asking);
    const page = this.pages.context(request);
    return <NumberRestorePage {...{ page, stage, due, values, refusal }} maskedPhone={phone.masked()} />;
  }
}
