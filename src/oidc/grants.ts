import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { Accounts } from '../identity/accounts/accounts.service.js';
import { sessionStamp, standingOf, stands } from './account.js';
import type { Clock } from '../shared/clock.js';
import { CLAIMS_OF, ID_TOKEN_CLAIMS, claimsOfScopes, releasable } from './scopes.js';
import type { Sites } from './sites.service.js';

const ALLOWED_IN_ID_TOKEN = new Set<string>(ID_TOKEN_CLAIMS);
const RELEASED = new Set<string>(Object.values(CLAIMS_OF).flat());

/**
 * What was asked for claim by claim, as it is kept in codes and tokens. Person data under `id_token` is ignored; `sid` is
 * asked for on the site's behalf, so that every token has it. Names alone: what a site expects of a claim's value may be a
 * phone number, and no record holds one.
 */
function narrowClaims(ctx: KoaContextWithOIDC): void {
  const { id_token: idToken, userinfo } = ctx.oidc.claims;
  const asked = Object.entries(idToken ?? {}).filter(([name]) => ALLOWED_IN_ID_TOKEN.has(name));
  const kept = asked.map(([name, member]) => [name, name === 'sub' ? member : null] as const);
  const names = Object.keys(userinfo ?? {}).filter((name) => RELEASED.has(name));
  (ctx.oidc as { claims: object }).claims = {
    ...(names.length > 0 ? { userinfo: Object.fromEntries(names.map((name) => [name, null])) } : {}),
    id_token: { ...Object.fromEntries(kept), sid: null },
  };
}

/**
 * One Grant per session and site, rewritten under its existing id to what may leave now: a new id would kill the tokens
 * of the site's other tab, and so would narrowing it to this request (DESIGN 4).
 */
export const loadExistingGrantWith =
  (accounts: Accounts, sites: Sites, clock: Clock) =>
  async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { client, session, provider } = ctx.oidc;
    narrowClaims(ctx);
    const site = client && sites.get(client.clientId);
    if (!client || !site || !session?.accountId) return undefined;
    const standing = await standingOf(ctx, accounts, session.accountId);
    if (!stands(standing, sessionStamp(ctx, clock))) return undefined;

    const scopes = releasable(site, standing.permittedScopes, standing);
    const id = session.grantIdFor(client.clientId);
    const kept = id ? await provider.Grant.find(id) : undefined;
    const mine = kept?.accountId === session.accountId ? kept : undefined;
    const wanted = scopes.join(' ');
    if (mine && mine.getOIDCScope() === wanted) return mine;
    const grant = mine ?? new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
    grant.openid = { scope: wanted, claims: claimsOfScopes(scopes) };
    await grant.save();
    return grant;
  };
