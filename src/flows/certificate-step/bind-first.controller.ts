import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Detours } from '../../oidc/detours.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';

/** Where the account's certificates are bound, with its own proofs; its list leads back to this journey. */
@Controller('interaction/:uid/certificate/bind-first')
@UseGuards(InteractionGuard)
export class BindFirstController {
  constructor(private readonly detours: Detours) {}

  @Get()
  async leave(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.detours.begin(request, response, i, 'certificate');
    response.redirect(303, '/account/certificates');
  }
}
