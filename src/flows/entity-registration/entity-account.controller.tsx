import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import type { WithPresence } from '../../oidc/presence.service.js';
import { Visitors } from '../../oidc/visitors.service.js';
import { typed } from '../../web/fields.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { EntityAccountForm } from './entity-account.form.js';
import { EntityAccountPage } from './entity-account.page.js';
import { EntityAccountViews } from './entity-account-view.service.js';
import { EntityDrafts } from './entity-draft.service.js';
import type { CheckedEntity } from './kept-entity.js';
import { EntityRegistration } from './entity-registration.service.js';

/** The new account, or which page follows. */
type Outcome = { accountId: string } | { page: 'account' | 'waiting' };

/** `/interaction/:uid/register/entity/account`: the second step; without the first one it leads back there. */
@Controller('interaction/:uid/register/entity/account')
@UseGuards(InteractionGuard)
export class EntityAccountController {
  constructor(
    private readonly registration: EntityRegistration,
    private readonly views: EntityAccountViews,
    private readonly drafts: EntityDrafts,
    private readonly interactions: Interactions,
    private readonly visitors: Visitors,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: WithPresence,
    @Res() response: Response,
  ): Promise<void> {
    const draft = await this.drafts.of(i.cid);
    if (!draft.checked) return this.toDetails(i, response);
    const view = await this.views.of(i, draft, request, response);
    const page = this.pages.context(request);
    this.pages.send(response, 200, <EntityAccountPage {...{ page, i, ...view }} values={draft.account} />);
  }

  @Post()
  async submit(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: WithPresence,
    @Res() response: Response,
  ): Promise<void> {
    const { checked: entity } = await this.drafts.of(i.cid);
    if (!entity) return this.toDetails(i, response);
    await this.drafts.keepAccount(i.cid, typed(body));
    await submit(EntityAccountForm, body, response, {
      do: async (form) => this.deed(i, entity, form, request),
      done: async (outcome) => this.answer(i, outcome, request, response),
      refused: async (values, refusal) => {
        const view = await this.views.of(i, await this.drafts.of(i.cid), request, response, refusal);
        return <EntityAccountPage {...{ i, values, refusal, ...view }} page={this.pages.context(request)} />;
      },
    });
  }

  private async deed(
    i: CurrentInteraction,
    entity: CheckedEntity,
    form: EntityAccountForm,
    request: Request,
  ): Promise<Outcome> {
    const origin = this.visitors.origin(request);
    if (form.deed === 'confirmation-ask') {
      await this.drafts.keepRequest(i.cid, await this.registration.ask(i.cid, entity, form, origin.address));
      return { page: 'waiting' };
    }
    if (await this.views.isRegisterDue(i, entity, form, origin.address))
      return { accountId: await this.registration.register(i.cid, entity, form, origin.address) };
    await this.registration.sendCode(i.cid, entity, form, origin);
    return { page: 'account' };
  }

  private async answer(i: CurrentInteraction, outcome: Outcome, request: Request, response: Response): Promise<void> {
    if ('page' in outcome) return response.redirect(303, `/interaction/${i.uid}/register/entity/${outcome.page}`);
    const { accountId } = outcome;
    await this.drafts.drop(i.cid);
    this.visitors.remember(request, response, accountId);
    await this.interactions.signIn(request, response, { accountId, amr: ['pwd', 'sms'] }, { registered: true });
  }

  private toDetails(i: CurrentInteraction, response: Response): void {
    response.redirect(303, `/interaction/${i.uid}/register/entity`);
  }
}
