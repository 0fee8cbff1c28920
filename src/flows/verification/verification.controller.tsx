import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RealName } from '../../identity/accounts/real-name.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import { Clock } from '../../shared/clock.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { PasswordRaisePage } from './password-raise.page.js';
import { unlessVerified } from './unless-verified.js';
import { verificationForm } from './verification.form.js';
import { VerificationViews } from './verification-view.service.js';
import { VerificationPage } from './verification.page.js';

/** `/interaction/:uid/verification`: acts for the journey's account, never for "whoever is signed in" (DESIGN 4). */
@Controller('interaction/:uid/verification')
@UseGuards(InteractionGuard)
export class VerificationController {
  constructor(
    private readonly realName: RealName,
    private readonly views: VerificationViews,
    private readonly interactions: Interactions,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    const view = await this.views.of(i);
    const Page = view.byPassword ? PasswordRaisePage : VerificationPage;
    this.pages.send(response, 200, <Page {...{ page, i, ...view }} />);
  }

  @Post()
  async verify(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = this.pages.context(request);
    await submit(verificationForm(this.clock.now()), body, response, {
      do: async ({ name, idNumber }) => {
        const claimed = { accountId: i.accountId as string, name, idNumber, address: request.ip ?? '' };
        await this.realName.verify(claimed).catch(unlessVerified);
      },
      done: async () => this.interactions.proceed(request, response, { verification: 'done' }),
      refused: async (values, refusal) => (
        <VerificationPage {...{ page, i, values, refusal, ...(await this.views.of(i)) }} />
      ),
    });
  }

  /** A must that is declined is `access_denied`; anything else goes on at the level there is. */
  @Post('skip')
  async skip(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (i.mustLevel) return this.interactions.decline(request, response);
    await this.interactions.proceed(request, response, { verification: 'skipped' });
  }
}
