import type { PairwiseKey } from '../storage/pairwise-key.js';
import type { Site } from './sites/site.js';

/** The `sub` a site knows an account by: the one place where it is decided (OpenID Connect Core 8). */
export function subjectFor(accountId: string, site: Site | undefined, pairwise: PairwiseKey): string {
  if (site?.subjectType !== 'pairwise') return accountId;
  return pairwise.subject(accountId, site.sector);
}
