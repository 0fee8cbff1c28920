import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { EntityGuard } from '../../oidc/entity.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { NothingForm } from '../../web/nothing.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { ContactGuard } from './contact.guard.js';
import { ChangeRequests } from './change-requests.service.js';
import { ContactChange } from './contact-change.service.js';
import { ContactPage } from './contact.page.js';
import type { Refused } from './word-fields.js';

const PATH = '/account/contact';

/** `/account/contact`: where the entity is told things, in provinces where that is not its representative's number. */
@Controller('account/contact')
@UseGuards(SessionGuard, EntityGuard, ContactGuard)
export class ContactController {
  constructor(
    private readonly change: ContactChange,
    private readonly requests: ChangeRequests,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() who: SignedIn,
    @Query('news') news: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.pages.send(response, 200, await this.page(who, request, { changed: news === 'changed' }));
  }

  @Post('finish')
  async finish(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.change.finish(who, request.ip ?? ''),
      done: () => response.redirect(303, `${PATH}?news=changed`),
      refused: async (_values, refusal) => this.page(who, request, { refusal }),
    });
  }

  @Post('withdraw')
  async withdraw(
    @TheSession() who: SignedIn,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.requests.withdraw(who, 'contact'),
      done: () => response.redirect(303, PATH),
      refused: async (_values, refusal) => this.page(who, request, { refusal }),
    });
  }

  private async page(who: SignedIn, request: Request, { changed = false, refusal }: Refused & { changed?: boolean }) {
    const entity = await this.change.entity(who);
    const waiting = await this.requests.of(who, 'contact');
    const page = this.pages.context(request);
    return <ContactPage {...{ page, entity, changed, refusal }} request={waiting} />;
  }
}
