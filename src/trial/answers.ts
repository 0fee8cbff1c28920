import { randomBytes } from 'node:crypto';
import type { Signing } from './trial-keys.js';

export const LEVEL = 'urn:tongxing:level:';
const LIVES_SECONDS = 600;
const FICTIONAL_ID_NUMBER = '420106198802150181';

/** Who is at the browser. */
export interface Person {
  sub: string;
  sid: string;
  name: string;
  level: number;
  kind: 'person' | 'entity';
}

/** What an authorization request is answered with: the truth about a person, but for what is said here. */
export interface Answer {
  person: Person;
  /** Instead of a code. */
  error?: Record<string, string>;
  /** Instead of the portal's own. */
  state?: string;
  /** Members of the ID token; `undefined` leaves one out. */
  claims?: Record<string, unknown>;
  signing?: Signing;
  /** Members of userinfo. */
  userinfo?: Record<string, unknown>;
  /** The token endpoint refuses with this. */
  tokenError?: string;
}

/** How the browser goes back to the portal. */
export interface Callback {
  method: 'GET' | 'POST';
  url: URL;
  fields: Record<string, string>;
}

/** The parameters that the portal asked by. */
export type Asked = Record<string, string>;

export const now = (): number => Math.floor(Date.now() / 1000);
export const token = (): string => randomBytes(24).toString('base64url');

/** The ID token's content, as the service would write it (docs/connect-a-site, section 4). */
export function idTokenOf(issuer: string, asked: Asked, { person, claims }: Answer): Record<string, unknown> {
  return {
    iss: issuer,
    aud: asked['client_id'],
    sub: person.sub,
    sid: person.sid,
    acr: LEVEL + person.level,
    amr: ['pwd'],
    account_kind: person.kind,
    auth_time: now(),
    iat: now(),
    exp: now() + LIVES_SECONDS,
    ...(asked['nonce'] === undefined ? {} : { nonce: asked['nonce'] }),
    ...claims,
  };
}

const RELEASED: Record<string, (person: Person) => Record<string, unknown>> = {
  profile: ({ name }) => ({ name, updated_at: now() }),
  phone: () => ({ phone_number: '+8613900000002', phone_number_verified: true }),
  real_name: ({ name, level }) => ({
    real_name: name,
    id_number: FICTIONAL_ID_NUMBER,
    minor: false,
    level: LEVEL + level,
    verified_at: now(),
    verified_by: 'identity-verifier',
  }),
  legal_entity: ({ name, level }) => ({
    entity_name: name,
    credit_code: '91420100MA4KDEM01W',
    entity_type: 'enterprise',
    representative_name: '黄河',
    entity_level: LEVEL + level,
  }),
};

/** Userinfo by scope. It hides nothing by level: the level is the portal's to read in the ID token. */
export const userinfoOf = (asked: Asked, { person, userinfo }: Answer): Record<string, unknown> => ({
  sub: person.sub,
  ...Object.assign({}, ...(asked['scope'] ?? '').split(' ').map((scope) => RELEASED[scope]?.(person) ?? {})),
  ...userinfo,
});

/** Back to the redirect address as `response_mode` says. @throws {Error} when the portal named none */
export function backTo(asked: Asked, fields: Record<string, string>): Callback {
  const url = new URL(asked['redirect_uri'] ?? '');
  if (asked['response_mode'] === 'form_post') return { method: 'POST', url, fields };
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return { method: 'GET', url, fields: {} };
}

export const metadataOf = (issuer: string, alg: string): Record<string, unknown> => ({
  issuer,
  authorization_endpoint: `${issuer}/oidc/auth`,
  token_endpoint: `${issuer}/oidc/token`,
  userinfo_endpoint: `${issuer}/oidc/userinfo`,
  jwks_uri: `${issuer}/oidc/jwks`,
  end_session_endpoint: `${issuer}/oidc/logout`,
  pushed_authorization_request_endpoint: `${issuer}/oidc/par`,
  response_types_supported: ['code'],
  response_modes_supported: ['query', 'form_post'],
  grant_types_supported: ['authorization_code'],
  subject_types_supported: ['public'],
  scopes_supported: ['openid', 'profile', 'phone', 'real_name', 'legal_entity', 'offline_access'],
  acr_values_supported: [0, 1, 2, 3].map((level) => LEVEL + level),
  id_token_signing_alg_values_supported: [alg],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
  token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256'],
  claims_parameter_supported: true,
  authorization_response_iss_parameter_supported: true,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
});
