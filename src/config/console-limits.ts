import { Count } from './rules.js';

/** Numbers that operators look for to give them a role: `limits.console`. The answer tells who is there at level 2. */
export class ConsoleLimits {
  @Count()
  perOperatorDay!: number;

  @Count()
  perNumberDay!: number;

  @Count()
  perAddressDay!: number;

  @Count()
  serviceHour!: number;
}
