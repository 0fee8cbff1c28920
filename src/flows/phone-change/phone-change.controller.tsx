import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { FreedNumbers } from '../../identity/accounts/freed-numbers.service.js';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import { PersonGuard } from '../../oidc/person.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { NewPhoneForm, OldPhoneForm } from './phone-change.form.js';
import { NewPhonePage, OldPhonePage, PhoneChangedPage } from './phone-change.page.js';
import { bindingOf, PhoneChange } from './phone-change.service.js';

/** `/account/phone`: the present number, then the new one; preceded by the proof page. */
@Controller('account/phone')
@UseGuards(SessionGuard, PersonGuard)
export class PhoneChangeController {
  constructor(
    private readonly change: PhoneChange,
    private readonly freed: FreedNumbers,
    private readonly stages: CodeStages,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Get()
  async old(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    const present = await this.change.present(who);
    if (!present && (await this.freed.of(who.accountId))) return response.redirect(303, '/account/phone/restore');
    await this.change.require(who);
    if (await this.change.isOldProved(who, present)) return response.redirect(303, '/account/phone/new');
    this.pages.send(response, 200, await this.oldPage(who, present as Phone, request));
  }

  @Post()
  async proveOld(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const present = await this.change.present(who);
    if (!present) return response.redirect(303, '/account/phone/new');
    await submit(OldPhoneForm, body, response, {
      do: async (form) => this.change.old(who, present, form, this.visitors.origin(request)),
      done: () => response.redirect(303, '/account/phone'),
      refused: async (values, refusal) => this.oldPage(who, present, request, values, refusal),
    });
  }

  @Get('new')
  async next(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.change.require(who);
    if (!(await this.isOldDone(who))) return response.redirect(303, '/account/phone');
    this.pages.send(response, 200, await this.newPage(who, request));
  }

  @Post('new')
  async submit(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const present = await this.change.present(who);
    if (!(await this.change.isOldProved(who, present))) return response.redirect(303, '/account/phone');
    await submit(NewPhoneForm, body, response, {
      do: async (form) => this.change.next(who, present, form, this.visitors.origin(request)),
      done: (result) => response.redirect(303, `/account/phone/${result === 'sent' ? 'new' : 'changed'}`),
      refused: async (values, refusal) => this.newPage(who, request, values, refusal),
    });
  }

  @Get('changed')
  async changed(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    const maskedPhone = (await this.change.present(who))?.masked() ?? '';
    this.pages.send(response, 200, <PhoneChangedPage page={this.pages.context(request)} maskedPhone={maskedPhone} />);
  }

  private async isOldDone(who: SignedIn): Promise<boolean> {
    return this.change.isOldProved(who, await this.change.present(who));
  }

  private async oldPage(
    who: SignedIn,
    present: Phone,
    request: Request,
    values?: Record<string, string>,
    refusal?: Refusal,
  ) {
    const stage = await this.stage(who, 'phone-old', request);
    const page = this.pages.context(request);
    return <OldPhonePage {...{ page, stage, values, refusal }} maskedPhone={present.masked()} />;
  }

  private async newPage(who: SignedIn, request: Request, values?: Record<string, string>, refusal?: Refusal) {
    const stage = await this.stage(who, 'phone-new', request);
    return <NewPhonePage {...{ page: this.pages.context(request), stage, values, refusal }} />;
  }

  /** In a session no picture stands before a message. */
  private async stage(who: SignedIn, purpose: 'phone-old' | 'phone-new', request: Request) {
    const binding = bindingOf(who, purpose);
    return this.stages.of({ purpose, binding, address: request.ip ?? '', captcha: 'not-needed' });
  }
}
