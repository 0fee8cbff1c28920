import { Count } from './rules.js';

/**
 * `limits.console`: numbers that operators look for to give them a role, where the answer tells who is there at level 2;
 * and tests of a logout, each of which makes the service call a site.
 */
export class ConsoleLimits {
  @Count()
  perOperatorDay!: number;

  @Count()
  perNumberDay!: number;

  @Count()
  perAddressDay!: number;

  @Count()
  serviceHour!: number;

  @Count()
  testLogoutsPerPersonHour!: number;

  @Count()
  testLogoutsPerSiteHour!: number;
}
