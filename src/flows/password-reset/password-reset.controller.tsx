import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Arrivals } from '../../oidc/arrivals.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import type { Amr } from '../../shared/account.js';
import { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { ResetPasswordForm, ResetProofForm } from './password-reset.form.js';
import { ResetPasswordPage, ResetPersonPage } from './password-reset.page.js';
import { PasswordReset } from './password-reset.service.js';
import { ResetPersons } from './reset-persons.service.js';
import { ResetProgress } from './reset-progress.service.js';
import type { ResetStage } from './reset-progress.service.js';

/** A proved number without an account goes on to registration; of one long unused the person is asked elsewhere. */
const ADDRESSES: Record<ResetStage['page'], string> = {
  number: 'reset',
  register: 'register/person',
  'number-holder': 'number-holder?for=reset',
  person: 'reset/person',
  password: 'reset/password',
};

type Person = Extract<ResetStage, { page: 'person' }>;
type Known = Extract<ResetStage, { page: 'password' }>;

/** After the code: the person behind a verified account, then the new password, then on to the site. */
@Controller('interaction/:uid/reset')
@UseGuards(InteractionGuard)
export class PasswordResetController {
  constructor(
    private readonly progress: ResetProgress,
    private readonly persons: ResetPersons,
    private readonly reset: PasswordReset,
    private readonly interactions: Interactions,
    private readonly arrivals: Arrivals,
    private readonly pages: Pages,
  ) {}

  @Get('person')
  async person(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.show(i, 'person', request, response);
  }

  @Post('person')
  async prove(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.progress.of(i.cid);
    if (stage.page !== 'person') return response.redirect(303, this.address(i, stage));
    await submit(ResetProofForm, body, response, {
      do: async (form) => this.persons.prove(i.cid, stage, form, request.ip ?? ''),
      done: () => response.redirect(303, `/interaction/${i.uid}/reset/password`),
      refused: (values, refusal) => this.personPage(i, stage, request, values, refusal),
    });
  }

  @Get('password')
  async password(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.show(i, 'password', request, response);
  }

  @Post('password')
  async set(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const stage = await this.progress.of(i.cid);
    if (stage.page !== 'password') return response.redirect(303, this.address(i, stage));
    await submit(ResetPasswordForm, body, response, {
      do: async ({ password }) => {
        const hash = await this.reset.hash(password, stage.phone);
        if (!(await this.progress.finish(i.cid, stage.phone, stage.accountId))) {
          throw new Refusal('sms-code.used', { field: 'password' });
        }
        await this.reset.set(stage.accountId, hash);
      },
      done: async () => {
        const who = { accountId: stage.accountId, amr: ['pwd', 'sms'] as Amr[] };
        await this.arrivals.note(request, response, { ...who, site: i.site.id });
        await this.interactions.signIn(request, response, who, { anew: true });
      },
      refused: (_values, refusal) => this.passwordPage(i, stage, request, refusal),
    });
  }

  /** A page that is not due sends on to the one that is. */
  private async show(
    i: CurrentInteraction,
    wanted: 'person' | 'password',
    request: Request,
    response: Response,
  ): Promise<void> {
    const stage = await this.progress.of(i.cid);
    if (stage.page !== wanted) return response.redirect(303, this.address(i, stage));
    const page = stage.page === 'password' ? this.passwordPage(i, stage, request) : this.personPage(i, stage, request);
    this.pages.send(response, 200, page);
  }

  private address(i: CurrentInteraction, stage: ResetStage): string {
    return `/interaction/${i.uid}/${ADDRESSES[stage.page]}`;
  }

  private personPage(
    i: CurrentInteraction,
    { phone, accountId }: Person,
    request: Request,
    values?: Record<string, string>,
    refusal?: Refusal,
  ) {
    const page = this.pages.context(request);
    const unknown = accountId === undefined;
    return <ResetPersonPage {...{ page, i, values, refusal, unknown }} maskedPhone={phone.masked()} />;
  }

  private passwordPage(i: CurrentInteraction, stage: Known, request: Request, refusal?: Refusal) {
    const page = this.pages.context(request);
    return <ResetPasswordPage {...{ page, i, refusal }} maskedPhone={stage.phone.masked()} />;
  }
}
