import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Arrivals } from '../../oidc/arrivals.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import type { Amr } from '../../shared/account.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { EntityPasswordForm } from './entity-reset.form.js';
import { EntityResetPasswordPage } from './entity-reset.page.js';
import { EntityReset } from './entity-reset.service.js';
import { EntityResetProgress, addressOf } from './entity-reset-progress.service.js';

/** The new password, then on to the site. A page that is not due leads on to the one that is. */
@Controller('interaction/:uid/reset/entity/password')
@UseGuards(InteractionGuard)
export class EntityPasswordController {
  constructor(
    private readonly progress: EntityResetProgress,
    private readonly reset: EntityReset,
    private readonly interactions: Interactions,
    private readonly arrivals: Arrivals,
    private readonly pages: Pages,
  ) {}

  @Get()
  async password(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.progress.of(i.cid);
    if (stage.page !== 'password') return response.redirect(303, addressOf(i, stage));
    this.pages.send(response, 200, await this.passwordPage(i, stage.accountId, request));
  }

  @Post()
  async set(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.progress.of(i.cid);
    if (stage.page !== 'password') return response.redirect(303, addressOf(i, stage));
    const { accountId } = stage;
    await submit(EntityPasswordForm, body, response, {
      do: async ({ password }) => {
        const hash = await this.reset.hash(accountId, password);
        const by = await this.progress.finish(i.cid, accountId);
        await this.reset.set(accountId, hash, by);
        return by;
      },
      done: async (by) => {
        const who = { accountId, amr: ['pwd', by] as Amr[] };
        await this.arrivals.note(request, response, { ...who, site: i.site.id });
        await this.interactions.signIn(request, response, who, { anew: true });
      },
      refused: async (_values, refusal) => this.passwordPage(i, accountId, request, refusal),
    });
  }

  private async passwordPage(i: CurrentInteraction, accountId: string, request: Request, refusal?: Refusal) {
    const entity = await this.reset.profile(accountId);
    return <EntityResetPasswordPage {...{ page: this.pages.context(request), i, entity, refusal }} />;
  }
}
