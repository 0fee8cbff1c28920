import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Pages } from '../../web/pages.service.js';
import { submit } from '../../web/submit.js';
import { PasswordRaiseForm } from './password-raise.form.js';
import { PasswordRaisePage } from './password-raise.page.js';
import { PasswordRaise } from './password-raise.service.js';
import { VerificationViews } from './verification-view.service.js';

/** Posts of `/interaction/:uid/verification` where the session lacks a level that its account holds. */
@Controller('interaction/:uid/verification/password')
@UseGuards(InteractionGuard)
export class PasswordRaiseController {
  constructor(
    private readonly raising: PasswordRaise,
    private readonly views: VerificationViews,
    private readonly pages: Pages,
  ) {}

  /** A refused page's address, opened anew. */
  @Get()
  page(@TheInteraction() i: CurrentInteraction, @Res() response: Response): void {
    response.redirect(303, `/interaction/${i.uid}`);
  }

  @Post()
  async raise(
    @TheInteraction() i: CurrentInteraction,
    @Body() body: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const view = await this.views.of(i);
    if (!view.byPassword) return response.redirect(303, `/interaction/${i.uid}`);
    await submit(PasswordRaiseForm, body, response, {
      do: async ({ password }) => this.raising.prove(i, password, request.ip ?? ''),
      done: async () => this.raising.finish(i, request, response),
      refused: (_values, refusal) => (
        <PasswordRaisePage {...{ page: this.pages.context(request), i, refusal }} maskedPhone={view.maskedPhone} />
      ),
    });
  }
}
