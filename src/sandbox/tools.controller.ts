import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { Captchas } from '../identity/codes/captchas.service.js';
import { Clock } from '../shared/clock.js';
import { Refusal } from '../shared/refusal.js';
import { Jobs } from '../storage/jobs.service.js';
import { Parsed, parseForm } from '../web/fields.js';

const LONGEST_SECONDS = 400 * 24 * 3600;

/** How far the clock moves, in seconds. */
export class ClockForm {
  @Parsed((raw) => {
    const seconds = Number(raw);
    if (raw.trim() === '' || !(seconds >= 0 && seconds <= LONGEST_SECONDS)) throw new Refusal('request.malformed');
    return seconds;
  })
  advance!: number;
}

/** What a demonstration and its tests need: the answer to a picture, the clock. */
@Controller('sandbox')
export class SandboxToolsController {
  constructor(
    private readonly captchas: Captchas,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  @Get('captcha/:captchaId')
  async captcha(@Param('captchaId') id: string): Promise<{ answer: string }> {
    const answer = await this.captchas.answer(id);
    if (answer === undefined) throw new NotFoundException();
    return { answer };
  }

  /** Moves this process's clock, then does what has fallen due. */
  @Post('clock')
  @HttpCode(200)
  async advance(@Body() body: unknown): Promise<{ now: string }> {
    const now = this.clock.advance(parseForm(ClockForm, body).advance);
    await this.jobs.runDue();
    return { now: now.toISOString() };
  }
}
