import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Presence } from '../../oidc/presence.service.js';
import type { WithPresence } from '../../oidc/presence.service.js';
import { Clock } from '../../shared/clock.js';
import { typed } from '../../web/fields.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { entityDetailsForm } from './entity-details.form.js';
import { EntityDetailsPage } from './entity-details.page.js';
import { EntityDetailsCheck } from './entity-details.service.js';
import { EntityDrafts } from './entity-draft.service.js';

/** `/interaction/:uid/register/entity`: the first step, compared with the register. */
@Controller('interaction/:uid/register/entity')
@UseGuards(InteractionGuard)
export class EntityDetailsController {
  constructor(
    private readonly details: EntityDetailsCheck,
    private readonly drafts: EntityDrafts,
    private readonly presence: Presence,
    private readonly clock: Clock,
    private readonly jurisdiction: Jurisdiction,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: WithPresence,
    @Res() response: Response,
  ): Promise<void> {
    await this.presence.of(request, response);
    const page = this.pages.context(request);
    const { details: values } = await this.drafts.of(i.cid);
    this.pages.send(response, 200, <EntityDetailsPage {...{ page, i, values }} signedIn={request.signedInAs} />);
  }

  @Post()
  async check(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: WithPresence,
    @Res() response: Response,
  ): Promise<void> {
    await this.presence.of(request, response);
    const page = this.pages.context(request);
    await this.drafts.keepDetails(i.cid, typed(body));
    await submit(entityDetailsForm(this.clock.now(), this.jurisdiction), body, response, {
      do: async (form) => this.details.check(i, form, (request as Request).ip ?? ''),
      done: () => response.redirect(303, `/interaction/${i.uid}/register/entity/account`),
      refused: (values, refusal) => (
        <EntityDetailsPage {...{ page, i, values, refusal }} signedIn={request.signedInAs} />
      ),
    });
  }
}
