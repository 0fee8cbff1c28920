import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The notice before a move without a proof. */
@Injectable()
export class MoveDays {
  private readonly ms: number;

  constructor(
    private readonly clock: Clock,
    jurisdiction: Jurisdiction,
  ) {
    this.ms = jurisdiction.lifetimes.numberMoveDays * DAY_MS;
  }

  /** The day of a move that is asked for now. */
  fromNow(): Date {
    return new Date(this.clock.ms() + this.ms);
  }

  /** The day that was named, or a later one when the notice goes out so late that the old number would lose hours of it. */
  kept(named: Date): Date {
    const late = this.fromNow();
    return late.getTime() - named.getTime() > HOUR_MS ? late : named;
  }
}
