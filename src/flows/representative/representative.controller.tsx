import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Profile } from '../../identity/accounts/standing.js';
import { EntityGuard } from '../../oidc/entity.guard.js';
import { SessionGuard, TheProfile, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { NothingForm } from '../../web/nothing.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { ChangeRequests } from './change-requests.service.js';
import { RepresentativeChange } from './representative-change.service.js';
import { RepresentativePage } from './representative.page.js';
import type { Refused } from './word-fields.js';

const PATH = '/account/representative';

/** `/account/representative`: who stands for the entity here, and what waits for a new one's word. */
@Controller('account/representative')
@UseGuards(SessionGuard, EntityGuard)
export class RepresentativeController {
  constructor(
    private readonly change: RepresentativeChange,
    private readonly requests: ChangeRequests,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() who: SignedIn,
    @TheProfile() profile: Profile,
    @Query('news') news: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.pages.send(response, 200, await this.page(who, profile, request, { changed: news === 'changed' }));
  }

  @Post('finish')
  async finish(
    @TheSession() who: SignedIn,
    @TheProfile() profile: Profile,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.change.finish(who, request.ip ?? ''),
      done: () => response.redirect(303, `${PATH}?news=changed`),
      refused: async (_values, refusal) => this.page(who, profile, request, { refusal }),
    });
  }

  @Post('withdraw')
  async withdraw(
    @TheSession() who: SignedIn,
    @TheProfile() profile: Profile,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.requests.withdraw(who, 'representative'),
      done: () => response.redirect(303, PATH),
      refused: async (_values, refusal) => this.page(who, profile, request, { refusal }),
    });
  }

  private async page(
    who: SignedIn,
    { createdAt: registeredAt }: Profile,
    request: Request,
    { changed = false, refusal }: Refused & { changed?: boolean },
  ) {
    const entity = await this.change.entity(who);
    const waiting = await this.requests.of(who, 'representative');
    const page = this.pages.context(request);
    return <RepresentativePage {...{ page, entity, registeredAt, changed, refusal }} request={waiting} />;
  }
}
