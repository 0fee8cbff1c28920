import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { PendingChanges } from '../../identity/accounts/pending-changes.service.js';
import { Notices } from '../../identity/notices/notices.service.js';
import { NumberMoves } from '../../identity/number-moves/number-moves.service.js';
import type { NumberMove } from '../../identity/number-moves/number-moves.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import { Moving } from './moving.service.js';

const KIND = 'number-move';

/** It was stopped, or the owner was quicker, in the very moment. */
class Overtaken extends Error {}

/** What happens on the day of a move that nobody stopped: job `pending.number-move`. */
@Injectable()
export class DueMoves implements OnModuleInit {
  constructor(
    private readonly pending: PendingChanges,
    private readonly accounts: Accounts,
    private readonly moves: NumberMoves,
    private readonly moving: Moving,
    private readonly notices: Notices,
    private readonly db: Database,
  ) {}

  /** A move that could not be announced does not take place either. */
  onModuleInit(): void {
    this.notices.whenLost('phone-moving', async (accountId) => {
      const move = await this.moves.of(accountId);
      if (move) await this.drop(move);
    });
    this.pending.onDue(KIND, async ({ accountId, phone, due }) => {
      if (phone) await this.fallDue({ accountId, phone, due });
    });
  }

  private async fallDue(move: NumberMove): Promise<void> {
    const standing = await this.accounts.standing(move.accountId);
    if (standing?.state !== 'active') return this.drop(move);
    try {
      await this.moving.move({ ...move, by: 'notice' }, async (tx) => {
        if (!(await this.pending.take(tx, move.accountId, KIND, move.due))) throw new Overtaken();
      });
    } catch (problem) {
      if (problem instanceof Overtaken) return;
      if (!(problem instanceof Refusal)) throw problem;
      // The number was taken meanwhile.
      await this.drop(move);
    }
  }

  private async drop(move: NumberMove): Promise<void> {
    await this.db.transaction(async (tx) => this.moves.drop(tx, move));
  }
}
