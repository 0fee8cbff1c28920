import { Count } from './rules.js';

/** When a number changes hands. */
export class NumberHandoverLimits {
  /** Numbers freed by a new owner from one address. */
  @Count()
  perAddressDay!: number;

  @Count()
  serviceHour!: number;
}

/** When a number is lost. */
export class LostNumberLimits {
  /** Wrong passwords in a China day for one ID number, whether or not it has an account. */
  @Count()
  triesPerPersonDay!: number;

  /** Moves asked for without a proof in a China day for one ID number. */
  @Count()
  asksPerPersonDay!: number;

  /** Wrong proofs, and moves asked for, from one address. */
  @Count()
  perAddressDay!: number;

  /** Wrong stop codes from one address. */
  @Count()
  stopsPerAddressHour!: number;

  @Count()
  serviceHour!: number;
}
