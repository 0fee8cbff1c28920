import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Activity } from '../../identity/activity/activity.service.js';
import { Agreements } from '../../identity/accounts/agreements.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import { Optional, Parsed } from '../../web/fields.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { AgreementPage } from './agreement.page.js';

/** Accepting a new version of the agreement. */
export class AgreementForm {
  @Parsed((raw) => {
    if (raw !== 'yes') throw new Refusal('agreement.not-accepted');
    return raw;
  })
  agreement!: string;

  @Optional()
  agreementVersion?: string;
}

/** `/interaction/:uid/agreement`: when the agreement has changed since it was accepted. */
@Controller('interaction/:uid/agreement')
@UseGuards(InteractionGuard)
export class AgreementController {
  constructor(
    private readonly agreements: Agreements,
    private readonly activity: Activity,
    private readonly interactions: Interactions,
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(@TheInteraction() i: CurrentInteraction, @Req() request: Request, @Res() response: Response): void {
    this.pages.send(response, 200, <AgreementPage page={this.pages.context(request)} i={i} />);
  }

  @Post()
  async accept(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(AgreementForm, body, response, {
      do: async (form) => this.keep(i, form),
      done: async () => this.interactions.proceed(request, response, { agreement: 'accepted' }),
      refused: (_values, refusal) => <AgreementPage page={this.pages.context(request)} i={i} refusal={refusal} />,
    });
  }

  @Post('decline')
  async decline(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.interactions.decline(request, response);
  }

  private async keep(i: CurrentInteraction, form: AgreementForm): Promise<void> {
    if (form.agreementVersion !== this.agreements.version)
      throw new Refusal('agreement.outdated', { field: 'agreement' });
    const account = i.accountId as string;
    await this.db.transaction(async (tx) => {
      await this.agreements.accept(tx, account);
      await this.activity.record(tx, { account, kind: 'agreement-accepted' });
    });
  }
}
