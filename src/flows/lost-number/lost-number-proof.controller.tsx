import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Arrivals } from '../../oidc/arrivals.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import type { Amr } from '../../shared/account.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { NoProofForm, PasswordProofForm, RecoveryCodeForm } from './lost-number.form.js';
import { LostNumberDrafts } from './lost-number-draft.service.js';
import { WAYS } from './lost-number-proofs.service.js';
import type { Way } from './lost-number-proofs.service.js';
import { ProofSteps } from './proof-steps.service.js';
import { AskedPage, LostNumberProofPage } from './lost-number-proof.page.js';
import { WaitStep } from './wait-step.service.js';

const wayOf = (asked: unknown): Way => WAYS.find((one) => one === asked) ?? 'password';

/** `/interaction/:uid/lost-number/proof`: one of the proofs, or none and some days' notice. */
@Controller('interaction/:uid/lost-number')
@UseGuards(InteractionGuard)
export class LostNumberProofController {
  constructor(
    private readonly drafts: LostNumberDrafts,
    private readonly steps: ProofSteps,
    private readonly wait: WaitStep,
    private readonly interactions: Interactions,
    private readonly arrivals: Arrivals,
    private readonly pages: Pages,
  ) {}

  @Get('proof')
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Query('by') by: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const maskedPhone = (await this.drafts.ready(i.cid))?.phone.masked();
    if (!maskedPhone) return this.first(i, response);
    const page = this.pages.context(request);
    this.pages.send(response, 200, <LostNumberProofPage {...{ page, i, maskedPhone }} way={wayOf(by)} />);
  }

  @Post('proof/password')
  async password(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(PasswordProofForm, body, response, {
      do: async ({ password }) => this.steps.byPassword(i.cid, password, request.ip ?? ''),
      done: async (accountId) => {
        if (!accountId) return this.first(i, response);
        const who = { accountId, amr: ['pwd', 'sms'] as Amr[] };
        await this.arrivals.note(request, response, { ...who, site: i.site.id });
        return this.interactions.signIn(request, response, who, { anew: true });
      },
      refused: async (values, refusal) => this.page(i, 'password', request, values, refusal),
    });
  }

  /** The old password is gone with the move: the reset comes next, with the number and the person proved already. */
  @Post('proof/recovery-code')
  async recoveryCode(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(RecoveryCodeForm, body, response, {
      do: async ({ recoveryCode }) => this.steps.byRecoveryCode(i.cid, recoveryCode, request.ip ?? ''),
      done: (accountId) => {
        if (!accountId) return this.first(i, response);
        return response.redirect(303, `/interaction/${i.uid}/reset/password`);
      },
      refused: async (values, refusal) => this.page(i, 'recovery-code', request, values, refusal),
    });
  }

  @Post('proof/none')
  async none(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await submit(NoProofForm, body, response, {
      do: async () => this.wait.ask(i.cid, request.ip ?? ''),
      done: () => response.redirect(303, `/interaction/${i.uid}/lost-number/asked`),
      refused: async (values, refusal) => this.page(i, 'none', request, values, refusal),
    });
  }

  @Get('asked')
  async asked(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const asked = await this.drafts.asked(i.cid);
    if (!asked) return this.first(i, response);
    this.pages.send(response, 200, <AskedPage page={this.pages.context(request)} i={i} asked={asked} />);
  }

  /** Without a proved number, the page that asks for it. */
  private first(i: CurrentInteraction, response: Response): void {
    response.redirect(303, `/interaction/${i.uid}/lost-number`);
  }

  private async page(
    i: CurrentInteraction,
    way: Way,
    request: Request,
    values: Record<string, string>,
    refusal: Refusal,
  ) {
    const maskedPhone = (await this.drafts.ready(i.cid))?.phone.masked() ?? '';
    return <LostNumberProofPage {...{ page: this.pages.context(request), i, way, maskedPhone, values, refusal }} />;
  }
}
