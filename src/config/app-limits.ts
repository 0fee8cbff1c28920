import { Count } from './rules.js';

/** Logins confirmed in the government app: `limits.app`. */
export class AppLimits {
  /** Codes one login page shows in an hour. */
  @Count()
  ticketsPerJourneyHour!: number;

  /** Codes shown to one address in an hour. */
  @Count()
  ticketsPerAddressHour!: number;

  /** Codes one account scans in an hour. */
  @Count()
  scansPerAccountHour!: number;

  /** Codes that are scanned from one address in an hour, known or not. */
  @Count()
  scansPerAddressHour!: number;

  @Count()
  serviceHour!: number;

  /** Wrong numbers of one account within an hour that close its logins by scan; this one holds with LIMITS=off too. */
  @Count()
  wrongNumbers!: number;

  /** For so long they stay closed. */
  @Count()
  closedMinutes!: number;
}
