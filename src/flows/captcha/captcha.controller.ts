import { Controller, Get, HttpCode, NotFoundException, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { Captchas } from '../../identity/codes/captchas.service.js';
import { ProofOfWork } from '../../identity/codes/proof-of-work.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';

/** The picture, its larger form, and the work that stands in for it. */
@Controller('captcha')
export class CaptchaController {
  constructor(
    private readonly captchas: Captchas,
    private readonly work: ProofOfWork,
  ) {}

  @Get(':file.png')
  async picture(@Param('file') id: string, @Query('large') large: unknown, @Res() response: Response): Promise<void> {
    const picture = await this.captchas.picture(id, large !== undefined);
    if (!picture) throw new NotFoundException();
    response.set({ 'content-type': 'image/png', 'cache-control': 'no-store' }).end(picture);
  }

  @Get(':id/work')
  async task(@Param('id') id: string): Promise<object> {
    return this.work.challenge(id);
  }
}

/** Another picture for a page that is open. */
@Controller('interaction/:uid/captcha')
@UseGuards(InteractionGuard)
export class AnotherCaptchaController {
  constructor(private readonly captchas: Captchas) {}

  @Post()
  @HttpCode(200)
  async another(@TheInteraction() i: CurrentInteraction): Promise<{ captchaId: string }> {
    return { captchaId: await this.captchas.issue(i.cid) };
  }
}
