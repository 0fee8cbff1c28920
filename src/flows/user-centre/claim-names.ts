import type { PersonalClaim } from '../../oidc/scopes.js';
import type { PageContext } from '../../web/page-context.js';

/** Several names in a row, as the language has it. */
export const listed = (page: PageContext, names: readonly string[]): string =>
  names.join(page.language === 'en' ? ', ' : '、');

/** What left, in words; every personal claim has its own, in the order of the texts. */
export function claimNames(page: PageContext, claims: readonly string[]): string {
  const words: Record<PersonalClaim, string> = page.t.userCentre.claims;
  const known = Object.entries(words).filter(([claim]) => claims.includes(claim));
  const others = claims.filter((claim) => !(claim in words));
  return listed(page, [...known.map(([, word]) => word), ...others]);
}
