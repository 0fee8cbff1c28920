import { decodeJwt } from 'jose';
import type { Browser } from './browser.js';
import type { RunningService } from './service.js';
import type { TestSite } from './site.js';

/** A logout token as `site sid`, or `site subject` where it names no session. */
type Named = string;

/** Which logout tokens arrive at which sites, and which were due. */
export class LogoutTokens {
  constructor(
    private readonly service: RunningService,
    private readonly sites: readonly TestSite[],
  ) {}

  /** The browser, signed in already, goes to each site. @returns the logins there, as their tokens will name them */
  async visits(browser: Browser, more: Record<string, string> = {}): Promise<Named[]> {
    const names: Named[] = [];
    for (const site of this.sites) {
      const page = await browser.open(await site.loginUrl(this.service.origin, more));
      if (page.title !== 'logged in') throw new Error(`${site.id}: ${page.title} ${page.text}`);
      names.push(`${site.id} ${String(site.lastLogin.claims['sid'])}`);
    }
    return names;
  }

  /** At every site one token for the subject alone. */
  subjects(): Named[] {
    return this.sites.map(({ id }) => `${id} subject`);
  }

  /** All that arrives of something, the jobs that it leaves behind included: sorted, so that one too many is seen. */
  async of(work: () => Promise<unknown>): Promise<Named[]> {
    const before = this.sites.map(({ logoutTokens }) => logoutTokens.length);
    await work();
    // Longer than a promised ending waits, and than a delivery is tried.
    for (const advance of ['61', '600']) {
      const body = new URLSearchParams({ advance });
      await fetch(`${this.service.origin}/sandbox/clock`, { method: 'POST', body });
    }
    const named = ({ id, logoutTokens }: TestSite, at: number) =>
      logoutTokens.slice(before[at]).map((token) => `${id} ${String(decodeJwt(token)['sid'] ?? 'subject')}`);
    return this.sites.flatMap(named).toSorted();
  }
}
