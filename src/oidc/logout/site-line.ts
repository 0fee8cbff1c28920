import { BulkheadRejectedError, bulkhead } from 'cockatiel';

/** As many logout tokens are under way to one site; more wait, and none so long that the next try of the same would find it waiting. */
const IN_FLIGHT = 8;
const WAITING = 64;
/** After so many unanswered in a row a site rests; then one delivery asks for all. */
const FAILURES = 5;
/** Shorter than the first wait before a delivery is tried again. */
const REST_MS = 20_000;

/** The site was not called: it did not answer again and again just now, or too many are waiting for it. */
export class SiteResting extends Error {}

/**
 * The way to one site, so that a dead one takes neither sockets nor anybody's time from the others. It rests by `Clock`,
 * as the jobs are that come back to it (docs/decisions/0050).
 */
export class SiteLine {
  private readonly slots = bulkhead(IN_FLIGHT, WAITING);
  private unanswered = 0;
  private restsUntil = 0;

  constructor(private readonly now: () => number) {}

  /**
   * @param isSilence whether what was thrown means that nobody answered
   * @throws {SiteResting} without a call; what the call throws
   */
  async call(work: () => Promise<void>, isSilence: (error: unknown) => boolean): Promise<void> {
    if (this.rests) throw new SiteResting();
    try {
      await this.slots.execute(async () => this.through(work, isSilence));
    } catch (error) {
      throw error instanceof BulkheadRejectedError ? new SiteResting() : error;
    }
  }

  private get rests(): boolean {
    return this.unanswered >= FAILURES && this.now() < this.restsUntil;
  }

  private async through(work: () => Promise<void>, isSilence: (error: unknown) => boolean): Promise<void> {
    // What waited for its turn while the site went silent.
    if (this.rests) throw new SiteResting();
    // This one asks for all: until it knows, the rest goes on.
    if (this.unanswered >= FAILURES) this.restsUntil = this.now() + REST_MS;
    try {
      await work();
      this.unanswered = 0;
    } catch (error) {
      this.unanswered = isSilence(error) ? this.unanswered + 1 : 0;
      if (this.unanswered >= FAILURES) this.restsUntil = this.now() + REST_MS;
      throw error;
    }
  }
}
