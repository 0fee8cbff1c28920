import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { Records } from '../../storage/records.js';

const REST = 'number-move-rest';
const STOPPED = 'number-move-stopped';
const DAY_SECONDS = 24 * 3600;

/** What remains of a stopped move: its code, so that entering it again says the same, and the account's rest. */
@Injectable()
export class MoveStops {
  constructor(
    private readonly records: Records,
    private readonly blind: BlindIndex,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** What a stop code is kept and found by. */
  index(code: string): string {
    return this.blind.text('code', `stop|${code}`);
  }

  /** Whoever stopped a move is not asked again the next day, until one notice is overlooked. */
  async rest(accountId: string): Promise<void> {
    await this.records.put(REST, accountId, {}, this.jurisdiction.lifetimes.numberMoveRestDays * DAY_SECONDS);
  }

  async isResting(accountId: string): Promise<boolean> {
    return (await this.records.get(REST, accountId)) !== undefined;
  }

  async remember(index: string): Promise<void> {
    await this.records.put(STOPPED, index, {}, DAY_SECONDS);
  }

  async isRemembered(index: string): Promise<boolean> {
    return (await this.records.get(STOPPED, index)) !== undefined;
  }
}
