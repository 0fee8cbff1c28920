import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { PasswordChangeForm } from './password-change.form.js';
import { PasswordChangePage } from './password-change.page.js';
import { PasswordChange } from './password-change.service.js';

/** `/account/password`: the present password is the proof. */
@Controller('account/password')
@UseGuards(SessionGuard)
export class PasswordChangeController {
  constructor(
    private readonly change: PasswordChange,
    private readonly passwords: Passwords,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() who: SignedIn,
    @Query('done') done: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.change.refuseClosed(who.accountId);
    this.pages.send(response, 200, await this.page(who, request, { done: done !== undefined }));
  }

  @Post()
  async submit(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(PasswordChangeForm, body, response, {
      do: async (form) => this.change.submit(who, form, request.ip ?? ''),
      done: () => response.redirect(303, '/account/password?done=1'),
      refused: async (_values, refusal) => this.page(who, request, { refusal }),
    });
  }

  private async page(who: SignedIn, request: Request, more: { done?: boolean; refusal?: Refusal }) {
    const has = await this.passwords.has(who.accountId);
    return <PasswordChangePage page={this.pages.context(request)} has={has} {...more} />;
  }
}
