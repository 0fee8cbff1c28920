import type { Account, ClaimsParameterMember, KoaContextWithOIDC } from 'oidc-provider';
import type { Accounts } from '../identity/accounts/accounts.service.js';
import type { Standing } from '../identity/accounts/standing.js';
import type { Amr } from '../shared/account.js';
import type { Clock } from '../shared/clock.js';
import { acrOf, isCertified } from './levels.js';
import type { Releases } from './releases.service.js';
import { notesOf } from './notes.js';
import { releasable } from './scopes.js';
import type { Sites } from './sites/sites.service.js';
import type { KnownKinds } from './known-kinds.js';

type TokenInUse = { kind?: string; acr?: string; amr?: string[]; clientId?: string; scopes?: Set<string> };

export interface AccountParts {
  accounts: Accounts;
  kinds: KnownKinds;
  releases: Releases;
  sites: Sites;
}

/** The account's standing towards this request's site: one statement, read once a request. */
export function standingOf(
  ctx: KoaContextWithOIDC,
  accounts: Accounts,
  accountId: string,
): Promise<Standing | undefined> {
  const notes = notesOf(ctx);
  notes.standing ??= accounts.standing(accountId, ctx.oidc.client?.clientId);
  return notes.standing;
}

/** From when on what was proved so counts: a certificate that stopped counting took what it had made with it. */
const countsFrom = ({ validFrom, certifiedFrom }: Standing, amr: readonly string[]): number =>
  Math.max(validFrom.getTime(), isCertified(amr) ? (certifiedFrom?.getTime() ?? 0) : 0);

/**
 * Active, and not older than what ended the account's sessions (disabled, reset, number moved), or those made with a
 * certificate (unbound, revoked, its authority trusted no longer).
 * @param amr how it was proved; none for a token that does not say
 */
export const stands = (
  standing: Standing | undefined,
  stamp: number | undefined,
  amr: readonly string[],
): standing is Standing => standing?.state === 'active' && (stamp ?? 0) >= countsFrom(standing, amr);

/** How old this request's session is: as old as its login, which this very request may bring. */
export const sessionStamp = (ctx: KoaContextWithOIDC, clock: Clock): number => {
  const brought = ctx.oidc.result?.login as { stamp?: number } | undefined;
  return brought?.stamp ?? notesOf(ctx).stamps.get('Session') ?? clock.ms();
};

/**
 * Whether a token for use while nobody is there has lost its permission: what takes the permission back ends the token
 * too, but one that was being issued in that very moment is found out here.
 */
function isWithdrawn(sites: Sites, { clientId, scopes }: TokenInUse, standing: Standing): boolean {
  const site = sites.get(clientId ?? '');
  if (!scopes?.has('offline_access')) return false;
  return !site || !releasable(site, standing.permittedScopes, standing).includes('offline_access');
}

/**
 * Makes the engine's `findAccount`. It returns at once where it can: a hop has one read at authorize (the policy's) and
 * one at userinfo, none at the token endpoint (PERFORMANCE 4.12). A refresh is judged by the account as it is today.
 */
export const findAccountWith =
  (parts: AccountParts) =>
  async (ctx: KoaContextWithOIDC, sub: string, token?: unknown): Promise<Account | undefined> => {
    const inUse = token as TokenInUse | undefined;
    if (inUse?.kind === 'RefreshToken') {
      const standing = await standingOf(ctx, parts.accounts, sub);
      if (!stands(standing, notesOf(ctx).stamps.get('RefreshToken'), inUse.amr ?? [])) return undefined;
      if (isWithdrawn(parts.sites, inUse, standing)) return undefined;
      inUse.acr = acrOf(standing, (inUse.amr ?? []) as Amr[]);
    }
    return {
      accountId: sub,
      claims: (use, scope, claims) => claimsFor(ctx, sub, use, scope, claims, parts),
    };
  };

/** Person data goes out at userinfo alone; the ID token carries what a site must check (DESIGN 4). */
async function claimsFor(
  ctx: KoaContextWithOIDC,
  sub: string,
  use: string,
  scope: string,
  claims: { [key: string]: null | ClaimsParameterMember },
  parts: AccountParts,
) {
  if (use === 'id_token') return { sub, account_kind: await parts.kinds.of(sub) };
  return { sub, ...(await parts.releases.userinfo(ctx, sub, scope, Object.keys(claims))) };
}
