import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Clock } from '../../shared/clock.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { speakerForm } from './entity-reset.form.js';
import { EntityResetPersonPage } from './entity-reset.page.js';
import { EntityResetProgress, addressOf } from './entity-reset-progress.service.js';
import { SpeakerProofs } from './speaker-proofs.service.js';

/** After the code: who speaks for the entity. A page that is not due leads on to the one that is. */
@Controller('interaction/:uid/reset/entity/person')
@UseGuards(InteractionGuard)
export class SpeakerController {
  constructor(
    private readonly progress: EntityResetProgress,
    private readonly proofs: SpeakerProofs,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async person(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.progress.of(i.cid);
    if (stage.page !== 'person') return response.redirect(303, addressOf(i, stage));
    this.pages.send(response, 200, <EntityResetPersonPage page={this.pages.context(request)} i={i} />);
  }

  @Post()
  async prove(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.progress.of(i.cid);
    if (stage.page !== 'person') return response.redirect(303, addressOf(i, stage));
    await submit(speakerForm(this.clock.now()), body, response, {
      do: async (form) => this.proofs.prove(i.cid, stage.accountId, form, request.ip ?? ''),
      done: () => response.redirect(303, `/interaction/${i.uid}/reset/entity/password`),
      refused: (values, refusal) => (
        <EntityResetPersonPage {...{ page: this.pages.context(request), i, values, refusal }} />
      ),
    });
  }
}
