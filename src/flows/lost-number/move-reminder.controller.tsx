import { Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { NumberMoves } from '../../identity/number-moves/number-moves.service.js';
import { InteractionGuard, TheInteraction } from '../../oidc/interaction.guard.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { Interactions } from '../../oidc/interactions.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import { Pages } from '../../web/pages.service.js';
import { MoveReminderPage } from './move-reminder.page.js';

/** `/interaction/:uid/number-move`: each session is told once of a move that waits, and may stop it. */
@Controller('interaction/:uid/number-move')
@UseGuards(InteractionGuard)
export class MoveReminderController {
  constructor(
    private readonly moves: NumberMoves,
    private readonly interactions: Interactions,
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const move = await this.moves.of(this.accountOf(i));
    if (!move) return this.interactions.proceed(request, response, { 'number-move': 'none' });
    this.pages.send(response, 200, <MoveReminderPage page={this.pages.context(request)} i={i} move={move} />);
  }

  @Post()
  async goOn(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.accountOf(i);
    await this.interactions.proceed(request, response, { 'number-move': 'told' });
  }

  @Post('stop')
  async stop(
    @TheInteraction() i: CurrentInteraction,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const accountId = this.accountOf(i);
    await this.db.transaction(async (tx) => this.moves.stop(tx, accountId));
    await this.interactions.proceed(request, response, { 'number-move': 'stopped' });
  }

  /** Answered before it was asked, the question would be skipped. @throws {Refusal} page.not-found (404) */
  private accountOf({ prompt, accountId }: CurrentInteraction): string {
    if (prompt !== 'number-move' || !accountId) throw new Refusal('page.not-found', { status: 404 });
    return accountId;
  }
}
