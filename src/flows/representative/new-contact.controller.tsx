import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { EntityGuard } from '../../oidc/entity.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Visitors } from '../../oidc/visitors.service.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { ChangeViews } from './change-views.service.js';
import { ContactChange } from './contact-change.service.js';
import { ContactGuard } from './contact.guard.js';
import { ConfirmContactPage, NewContactPage } from './contact.page.js';
import { NewContactForm, WordForm } from './representative.form.js';
import type { Refused } from './word-fields.js';

const PATH = '/account/contact';
/** What comes after each outcome. */
const AFTER = { sent: `${PATH}/confirm`, asked: PATH, changed: `${PATH}?news=changed` } as const;

/** `/account/contact/new`, `…/confirm`: the new number, and the word for it. */
@Controller('account/contact')
@UseGuards(SessionGuard, EntityGuard, ContactGuard)
export class NewContactController {
  constructor(
    private readonly change: ContactChange,
    private readonly views: ChangeViews,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Get('new')
  async begin(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (await this.views.isWaiting(who, 'contact')) return response.redirect(303, PATH);
    this.pages.send(response, 200, await this.newPage(who, request));
  }

  @Post('new')
  async prove(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NewContactForm, body, response, {
      do: async (form) => this.change.prove(who, form, this.visitors.origin(request)),
      done: (outcome) => response.redirect(303, `${PATH}/${outcome === 'sent' ? 'new' : 'confirm'}`),
      refused: async (values, refusal) => this.newPage(who, request, { values, refusal }),
    });
  }

  @Get('confirm')
  async word(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    const page = await this.confirmPage(who, request);
    if (!page) return response.redirect(303, `${PATH}/new`);
    this.pages.send(response, 200, page);
  }

  @Post('confirm')
  async confirm(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(WordForm, body, response, {
      do: async (form) => this.change.confirm(who, form, this.visitors.origin(request)),
      done: (outcome) => response.redirect(303, outcome ? AFTER[outcome] : `${PATH}/new`),
      refused: async (values, refusal) =>
        (await this.confirmPage(who, request, { values, refusal })) ?? this.newPage(who, request, { refusal }),
    });
  }

  private async newPage(who: SignedIn, request: Request, more: Refused = {}) {
    const stage = await this.views.ofNewContact(who, request.ip ?? '');
    return <NewContactPage page={this.pages.context(request)} stage={stage} {...more} />;
  }

  private async confirmPage(who: SignedIn, request: Request, more: Refused = {}) {
    const view = await this.views.ofContact(who, request.ip ?? '');
    return view && <ConfirmContactPage page={this.pages.context(request)} {...view} {...more} />;
  }
}
