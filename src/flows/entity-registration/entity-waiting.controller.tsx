import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import { Visitors } from '../../oidc/visitors.service.js';
import type { Refusal } from '../../shared/refusal.js';
import { NothingForm } from '../../web/nothing.form.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { EntityDrafts } from './entity-draft.service.js';
import { EntityFinding } from './entity-finding.service.js';
import { EntityFindForm, EntityFinishForm } from './entity-waiting.form.js';
import { EntityFindPage, EntityWaitingPage } from './entity-waiting.page.js';
import { EntityWaiting } from './entity-waiting.service.js';

/** `/interaction/:uid/register/entity/waiting`: a registration that waits for the representative's word, and its end. */
@Controller('interaction/:uid/register/entity/waiting')
@UseGuards(InteractionGuard)
export class EntityWaitingController {
  constructor(
    private readonly waiting: EntityWaiting,
    private readonly finding: EntityFinding,
    private readonly drafts: EntityDrafts,
    private readonly interactions: Interactions,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.pages.send(response, 200, await this.page(i, request));
  }

  @Post()
  async find(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    await submit(EntityFindForm, body, response, {
      do: async ({ creditCode, password }) => this.finding.find(creditCode, password, request.ip ?? ''),
      done: async (found) => {
        await this.drafts.keepRequest(i.cid, found);
        this.toWaiting(i, response);
      },
      refused: (values, refusal) => <EntityFindPage {...{ page, i, values, refusal }} />,
    });
  }

  @Post('finish')
  async finish(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(EntityFinishForm, body, response, {
      do: async ({ userName }) => this.waiting.finish(i.cid, userName, request.ip ?? ''),
      done: async (accountId) => {
        await this.drafts.drop(i.cid);
        this.visitors.remember(request, response, accountId);
        await this.interactions.signIn(request, response, { accountId, amr: ['pwd'] }, { registered: true });
      },
      refused: async (values, refusal) => this.page(i, request, values, refusal),
    });
  }

  @Post('withdraw')
  async withdraw(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NothingForm, body, response, {
      do: async () => this.waiting.withdraw(i.cid),
      done: () => this.toWaiting(i, response),
      refused: async (values, refusal) => this.page(i, request, values, refusal),
    });
  }

  private async page(i: CurrentInteraction, request: Request, values?: Record<string, string>, refusal?: Refusal) {
    const page = this.pages.context(request);
    const { checked } = await this.drafts.of(i.cid);
    const waiting = await this.waiting.of(i.cid);
    if (waiting === 'none') return <EntityFindPage {...{ page, i, values, refusal }} />;
    return <EntityWaitingPage {...{ page, i, waiting, values, refusal }} byCode={checked !== undefined} />;
  }

  private toWaiting(i: CurrentInteraction, response: Response): void {
    response.redirect(303, `/interaction/${i.uid}/register/entity/waiting`);
  }
}
