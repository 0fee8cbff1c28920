import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { EntityGuard } from '../../oidc/entity.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Visitors } from '../../oidc/visitors.service.js';
import { Clock } from '../../shared/clock.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { RepresentativeChange } from './representative-change.service.js';
import { newRepresentativeForm, WordForm } from './representative.form.js';
import { ConfirmRepresentativePage, NewRepresentativePage } from './representative.page.js';
import { ChangeViews } from './change-views.service.js';
import type { Refused } from './word-fields.js';

const PATH = '/account/representative';
/** What comes after each outcome. */
const AFTER = { sent: `${PATH}/confirm`, asked: PATH, changed: `${PATH}?news=changed` } as const;

/** `/account/representative/new`, `…/confirm`: who takes over, and their word. */
@Controller('account/representative')
@UseGuards(SessionGuard, EntityGuard)
export class NewRepresentativeController {
  constructor(
    private readonly change: RepresentativeChange,
    private readonly views: ChangeViews,
    private readonly visitors: Visitors,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get('new')
  async begin(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (await this.views.isWaiting(who, 'representative')) return response.redirect(303, PATH);
    this.pages.send(response, 200, <NewRepresentativePage page={this.pages.context(request)} />);
  }

  @Post('new')
  async check(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(newRepresentativeForm(this.clock.now()), body, response, {
      do: async ({ representativeName: name, representativeIdNumber: idNumber }) =>
        this.change.check(who, { name, idNumber }, request.ip ?? ''),
      done: () => response.redirect(303, `${PATH}/confirm`),
      refused: (values, refusal) => (
        <NewRepresentativePage page={this.pages.context(request)} {...{ values, refusal }} />
      ),
    });
  }

  @Get('confirm')
  async word(@TheSession() who: SignedIn, @Req() request: Request, @Res() response: Response): Promise<void> {
    const page = await this.page(who, request);
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
        (await this.page(who, request, { values, refusal })) ?? (
          <NewRepresentativePage page={this.pages.context(request)} refusal={refusal} />
        ),
    });
  }

  private async page(who: SignedIn, request: Request, more: Refused = {}) {
    const view = await this.views.ofRepresentative(who, request.ip ?? '');
    return view && <ConfirmRepresentativePage page={this.pages.context(request)} {...view} {...more} />;
  }
}
