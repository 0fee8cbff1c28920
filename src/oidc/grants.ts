import { randomBytes } from 'node:crypto';
import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { Accounts } from '../identity/accounts/accounts.service.js';
import { sessionStamp, standingOf, stands } from './account.js';
import type { Clock } from '../shared/clock.js';
import { notesOf } from './notes.js';
import { CLAIMS_OF, ID_TOKEN_CLAIMS, claimsOfScopes, releasable } from './scopes.js';
import type { SessionStore, SiteLogin } from './session-store.js';
import type { Sites } from './sites/sites.service.js';

export interface GrantParts {
  accounts: Accounts;
  sites: Sites;
  sessions: SessionStore;
  clock: Clock;
}

/** What the library's types leave out. */
interface LoadedSession {
  uid: string;
  grantIdFor(clientId: string, grantId?: string): string | undefined;
  sidFor(clientId: string, sid?: string): string | undefined;
}

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

const drawn = () => randomBytes(32).toString('base64url');

/** The id of the session's one Grant for this site, and with it the `sid`: tabs that come first together agree on both. */
async function grantIdOf(ctx: KoaContextWithOIDC, sessions: SessionStore): Promise<string> {
  const session = ctx.oidc.session as unknown as LoadedSession;
  const clientId = ctx.oidc.client?.clientId as string;
  const known = session.grantIdFor(clientId);
  if (known) return known;
  const text = await sessions.settle(session.uid, clientId, { sid: drawn(), grantId: drawn() });
  const login = JSON.parse(text) as Required<SiteLogin>;
  session.sidFor(clientId, login.sid);
  session.grantIdFor(clientId, login.grantId);
  notesOf(ctx).sessions.get(session.uid)?.sites.set(clientId, text);
  return login.grantId;
}

/**
 * One Grant per session and site, rewritten under its existing id to what may leave now: a new id would kill the tokens
 * of the site's other tab, and so would narrowing it to this request (DESIGN 4).
 */
export const loadExistingGrantWith =
  ({ accounts, sites, sessions, clock }: GrantParts) =>
  async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { client, session, provider } = ctx.oidc;
    narrowClaims(ctx);
    const site = client && sites.get(client.clientId);
    if (!client || !site || !session?.accountId) return undefined;
    const standing = await standingOf(ctx, accounts, session.accountId);
    if (!stands(standing, sessionStamp(ctx, clock), session.amr ?? [])) return undefined;

    const scopes = releasable(site, standing.permittedScopes, standing);
    const jti = await grantIdOf(ctx, sessions);
    const kept = await provider.Grant.find(jti);
    const wanted = scopes.join(' ');
    if (kept && kept.getOIDCScope() === wanted) return kept;
    const fresh = { jti, accountId: session.accountId, clientId: client.clientId };
    const grant = kept ?? new provider.Grant(fresh);
    grant.openid = { scope: wanted, claims: claimsOfScopes(scopes) };
    await grant.save();
    return grant;
  };
