import { Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import { Pages } from '../../web/pages.service.js';
import { OtherKindPage } from './login.page.js';

/** What is no login after all: its cancel, and "log in as …". */
@Controller('interaction/:uid')
@UseGuards(InteractionGuard)
export class LoginExitController {
  constructor(
    private readonly interactions: Interactions,
    private readonly pages: Pages,
  ) {}

  @Post('login/cancel')
  async cancel(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.interactions.decline(request, response);
  }

  @Get('account-kind')
  otherKind(@TheInteraction() i: CurrentInteraction, @Req() request: Request, @Res() response: Response): void {
    this.pages.send(response, 200, <OtherKindPage page={this.pages.context(request)} i={i} />);
  }
}
