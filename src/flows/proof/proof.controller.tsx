import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { GuardedAct } from '../../identity/proofs/proof-due.js';
import { Proofs } from '../../identity/proofs/proofs.service.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Clock } from '../../shared/clock.js';
import type { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { pageAfter } from './proof-pages.js';
import { actOf, identityProofForm, PasswordProofForm } from './proof.form.js';
import { ProofPage } from './proof.page.js';
import { ProofViews } from './proof-view.service.js';
import type { ProofBy } from './proof-view.service.js';

/** `/account/proof`: a proof that is not SMS, for this account and this act, once (DESIGN 6). */
@Controller('account/proof')
@UseGuards(SessionGuard)
export class ProofController {
  constructor(
    private readonly proofs: Proofs,
    private readonly views: ProofViews,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheSession() who: SignedIn,
    @Query('act') act: unknown,
    @Query('by') by: unknown,
    @Query('to') to: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const way = by === 'identity' ? by : undefined;
    this.pages.send(response, 200, await this.page(who, request, { act: actOf(act), to, by: way }));
  }

  @Post()
  async password(
    @TheSession() who: SignedIn,
    @Body() body: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const act = actOf(body['act']);
    const to = body['to'];
    await submit(PasswordProofForm, body, response, {
      do: async ({ password }) => this.proofs.giveByPassword(who, act, password, request.ip ?? ''),
      done: () => response.redirect(303, pageAfter(act, to)),
      refused: async (_values, refusal) => this.page(who, request, { act, to, by: 'password', refusal }),
    });
  }

  @Post('identity')
  async identity(
    @TheSession() who: SignedIn,
    @Body() body: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const act = actOf(body['act']);
    const to = body['to'];
    await submit(identityProofForm(this.clock.now()), body, response, {
      do: async (person) => this.proofs.giveByIdentity(who, act, person, request.ip ?? ''),
      done: () => response.redirect(303, pageAfter(act, to)),
      refused: async (values, refusal) => this.page(who, request, { act, to, by: 'identity', values, refusal }),
    });
  }

  private async page(
    who: SignedIn,
    request: Request,
    more: { act: GuardedAct; to: unknown; by?: ProofBy; values?: Record<string, string>; refusal?: Refusal },
  ) {
    return <ProofPage page={this.pages.context(request)} {...await this.views.of(who)} {...more} />;
  }
}
