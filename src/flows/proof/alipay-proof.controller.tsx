import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AlipayWay } from '../../oidc/alipay-way.service.js';
import { PersonGuard } from '../../oidc/person.guard.js';
import { SessionGuard, TheSession } from '../../oidc/session.guard.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { AlipayProof, placeOfProof } from './alipay-proof.service.js';
import { pageAfter, proofPath } from './proof-pages.js';
import { AlipayProofForm, actOf } from './proof.form.js';
import { ProofPage } from './proof.page.js';
import { ProofViews } from './proof-view.service.js';

const PATH = '/account/proof/alipay';

/** `/account/proof/alipay`: to Alipay and back, a proof for this account and this act, once (DESIGN 6). */
@Controller('account/proof/alipay')
@UseGuards(SessionGuard, PersonGuard)
export class AlipayProofController {
  constructor(
    private readonly proof: AlipayProof,
    private readonly way: AlipayWay,
    private readonly views: ProofViews,
    private readonly pages: Pages,
  ) {}

  @Post()
  async start(
    @TheSession() who: SignedIn,
    @Body() body: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.way.refuseUnoffered();
    const act = actOf(body['act']);
    const to = pageAfter(act, body['to']);
    await submit(AlipayProofForm, body, response, {
      do: async () => this.proof.begin(who, act),
      done: async () => {
        const path = `${PATH}/return?${new URLSearchParams({ act, to })}`;
        await this.way.start(response, { path, place: placeOfProof(who, act) });
      },
      refused: async (_values, refusal) => {
        const page = this.pages.context(request);
        return <ProofPage {...{ page, act, to, refusal }} {...await this.views.of(who)} />;
      },
    });
  }

  /** Back from Alipay. */
  @Get('return')
  async back(
    @TheSession() who: SignedIn,
    @Query('act') asked: unknown,
    @Query('to') to: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const act = actOf(asked);
    try {
      const given = await this.proof.give(who, act, request.ip ?? '');
      response.redirect(303, given ? pageAfter(act, to) : proofPath(act, to));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const page = this.pages.context(request);
      const refused = <ProofPage {...{ page, act, to, refusal }} {...await this.views.of(who)} />;
      this.pages.send(response, refusal.status, refused);
    }
  }
}
