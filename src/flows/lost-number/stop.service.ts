import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { NumberMoves } from '../../identity/number-moves/number-moves.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import { LostNumberLimits } from './lost-number-limits.service.js';

/** Stopping a move by the code of its notice: whoever has the old number needs nothing else. */
@Injectable()
export class StopByCode {
  constructor(
    private readonly moves: NumberMoves,
    private readonly limits: LostNumberLimits,
    private readonly db: Database,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @throws {Refusal} limit.wait, stop-code.unknown */
  async stop(code: string, address: string): Promise<void> {
    await this.limits.refuseStops(address);
    if (await this.db.transaction(async (tx) => this.moves.stopByCode(tx, code))) return;
    await this.limits.stopFailed(address);
    const { number: hotline } = this.jurisdiction.hotline;
    throw new Refusal('stop-code.unknown', { field: 'stopCode', values: { hotline } });
  }
}
