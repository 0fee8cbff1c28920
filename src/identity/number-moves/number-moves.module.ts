/** An account that is to move to another number after some days' notice: asked for, announced, stopped. DESIGN 6. */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ActivityModule } from '../activity/activity.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { MoveStops } from './move-stops.service.js';
import { NumberMoves } from './number-moves.service.js';

@Module({
  imports: [AccountsModule, ActivityModule, NoticesModule],
  providers: [MoveStops, NumberMoves],
  exports: [NumberMoves],
})
export class NumberMovesModule {}
