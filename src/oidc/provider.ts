import type { Configuration } from 'oidc-provider';
import { Provider } from 'oidc-provider';
import type { JsonWebKey } from 'node:crypto';
import type { Env } from '../config/env.js';
import type { Jurisdiction } from '../config/jurisdiction.js';
import type { DailyRegister } from '../identity/entity-standing/daily-register.service.js';
import type { OutboundFetch } from '../gateways/outbound.js';
import type { Clock } from '../shared/clock.js';
import { findAccountWith } from './account.js';
import type { AccountParts } from './account.js';
import { appClaimsWith } from './app-claims.js';
import { assertAssertion, assertClaims } from './assertions.js';
import { RecordAdapter } from './adapter.js';
import type { AdapterParts } from './adapter.js';
import { CLIENT_RULES } from './sites/client-rules.js';
import { cookieNames, cookieOptions } from './cookies.js';
import { acceptEarlierSecrets } from './sites/earlier-secrets.js';
import type { FormPost } from './form-post.service.js';
import { loadExistingGrantWith } from './grants.js';
import type { LogoutPages } from './logout/logout.js';
import { policyWith } from './policy.js';
import type { ProtocolErrors } from './errors/protocol-errors.js';
import { CLAIMS_OF, ID_TOKEN_CLAIMS } from './scopes.js';
import { SessionAdapter } from './session.adapter.js';
import { subjectFor } from './subject.js';
import type { PairwiseKey } from '../storage/pairwise-key.js';

export interface ProviderParts extends AccountParts, AdapterParts {
  env: Env;
  jurisdiction: Jurisdiction;
  clock: Clock;
  pairwise: PairwiseKey;
  logout: LogoutPages;
  errors: ProtocolErrors;
  formPost: FormPost;
  outbound: OutboundFetch;
  register: DailyRegister;
}

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
const REFRESH_SECONDS = 30 * DAY;

/** Builds the engine. Keys and sites are given whole: when either changes, a new engine takes the old one's place. */
export function buildProvider(parts: ProviderParts, jwks: { keys: JsonWebKey[] }): Provider {
  const { env, jurisdiction, sites, clock } = parts;
  const secure = env.issuer.startsWith('https:');
  const siteOf = (client: { clientId: string }) => sites.get(client.clientId);

  const configuration: Configuration = {
    ...CLIENT_RULES,
    adapter: (model: string) =>
      model === 'Session' ? new SessionAdapter(parts.sessions, clock) : new RecordAdapter(model, parts),
    allowOmittingSingleRegisteredRedirectUri: false,
    assertJwtClientAuthClaimsAndHeader: async (_ctx, claims, header, client) =>
      assertAssertion(siteOf(client), env.issuer, claims, header),
    claims: {
      openid: [...ID_TOKEN_CLAIMS],
      ...Object.fromEntries(Object.entries(CLAIMS_OF).map(([scope, names]) => [scope, [...names]])),
    },
    clientBasedCORS: () => false,
    clients: sites.all().map((site) => site.engine) as unknown as NonNullable<Configuration['clients']>,
    conformIdTokenClaims: true,
    cookies: {
      names: cookieNames(secure),
      long: cookieOptions(secure),
      short: cookieOptions(secure),
      keys: [...env.cookieKeys],
    },
    discovery: { ui_locales_supported: ['zh-CN', 'en'], claims_locales_supported: ['zh-CN'] },
    enableHttpPostMethods: false,
    expiresWithSession: async (_ctx, token) => !('scopes' in token && token.scopes.has('offline_access')),
    extraParams: ['kind'],
    extraTokenClaims: appClaimsWith(parts),
    features: {
      backchannelLogout: { enabled: true },
      claimsParameter: { enabled: true, assertClaimsParameter: assertClaims },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      introspection: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
      },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: false },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => parts.logout.confirmation(ctx, form),
        postLogoutSuccessSource: async (ctx) => parts.logout.signedOut(ctx),
      },
      userinfo: { enabled: true },
    },
    fetch: async (url, options) => parts.outbound.fetch(url as string | URL, options as RequestInit),
    findAccount: findAccountWith(parts),
    interactions: { policy: policyWith(parts), url: async (_ctx, interaction) => `/interaction/${interaction.uid}` },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    jwks: jwks as Configuration['jwks'],
    loadExistingGrant: loadExistingGrantWith(parts),
    pairwiseIdentifier: async (_ctx, accountId, client) => subjectFor(accountId, siteOf(client), parts.pairwise),
    pkce: { required: (_ctx, client) => siteOf(client)?.requirePkce ?? true },
    renderError: async (ctx, out, error) => parts.errors.render(ctx, out, error),
    rotateRefreshToken: async (ctx) => (ctx.oidc.client && siteOf(ctx.oidc.client)?.rotateRefreshToken) ?? true,
    routes: {
      authorization: '/oidc/auth',
      end_session: '/oidc/logout',
      introspection: '/oidc/introspect',
      jwks: '/oidc/jwks',
      pushed_authorization_request: '/oidc/par',
      revocation: '/oidc/revoke',
      token: '/oidc/token',
      userinfo: '/oidc/userinfo',
    },
    sectorIdentifierUriValidate: () => false,
    ttl: {
      AccessToken: 10 * MINUTE,
      AuthorizationCode: MINUTE,
      Grant: REFRESH_SECONDS,
      IdToken: 10 * MINUTE,
      Interaction: jurisdiction.lifetimes.interactionMinutes * MINUTE,
      RefreshToken: (ctx, token) =>
        Math.max(1, REFRESH_SECONDS - (ctx?.oidc.entities.RotatedRefreshToken ? token.totalLifetime() : 0)),
      Session: parts.sessions.longest,
    },
  };

  const provider = new Provider(env.issuer, configuration);
  provider.proxy = true;
  acceptEarlierSecrets(provider, parts);
  parts.errors.attach(provider);
  parts.formPost.attach(provider);
  parts.logout.attach(provider);
  return provider;
}
