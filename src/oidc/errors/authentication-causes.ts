import type { Asked } from './asked.js';
import type { CauseRule } from './causes.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: readonly (readonly [seconds: number, name: string])[] = [
  [2 * DAY, 'd'],
  [2 * HOUR, 'h'],
  [2 * MINUTE, 'min'],
  [0, 's'],
];
const SECONDS: Record<string, number> = { d: DAY, h: HOUR, min: MINUTE, s: 1 };
const MOST = 999;

/** How far a moment is from now, by the engine's clock: `-8 h`, `+90 s`. @param epoch in seconds */
export function offset(epoch: unknown): string | undefined {
  if (typeof epoch !== 'number' || !Number.isFinite(epoch)) return undefined;
  const seconds = epoch - Date.now() / 1000;
  const away = Math.abs(seconds);
  const [, unit] = UNITS.find(([least]) => away >= least) as readonly [number, string];
  return `${seconds < 0 ? '-' : '+'}${Math.min(Math.round(away / (SECONDS[unit] as number)), MOST)} ${unit}`;
}

/** By which method a request proves who sends it. */
function methodOf({ params, header }: Asked): string {
  if (params['client_assertion'] !== undefined) return 'private_key_jwt';
  if (params['client_secret'] !== undefined) return 'client_secret_post';
  return header('authorization') ? 'client_secret_basic' : 'none';
}

const registered = ({ site }: Asked, member: string): string[] => [site?.engine[member] ?? []].flat().map(String);
const kids = ({ site }: Asked): string[] => {
  const { keys = [] } = (site?.engine['jwks'] ?? {}) as { keys?: { kid?: string }[] };
  return keys.flatMap(({ kid }) => kid ?? []);
};
const METHOD = 'token_endpoint_auth_method';
const method = ({ site }: Asked): string[] => (site ? [String(site.engine[METHOD] ?? 'client_secret_basic')] : []);

/** Where a site proves who it is: at the token endpoint, for pushed requests, at introspection and revocation. */
export const authenticationCauses: readonly CauseRule[] = [
  { cause: 'client-secret', says: /invalid secret provided/, parameter: 'client_secret', value: secretOf },
  {
    cause: 'authentication-method',
    says: /does not match the registered client authentication method/,
    parameter: METHOD,
    expected: method,
    value: methodOf,
  },
  {
    cause: 'authentication-missing',
    says: /no client authentication mechanism provided/,
    parameter: METHOD,
    expected: method,
  },
  { cause: 'authentication-twice', says: /client authentication must only be provided using one/, parameter: METHOD },
  { cause: 'client-id-differs', says: /client_id mismatch/, parameter: 'client_id' },
  {
    cause: 'authorization-header',
    says: /authorization header/i,
    parameter: 'Authorization',
    value: ({ header }) => header('authorization'),
  },
  {
    cause: 'assertion-type',
    says: /client_assertion_type must/,
    parameter: 'client_assertion_type',
    expected: () => ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
  },
  {
    cause: 'assertion-issuer',
    says: /(?:sub|iss) \(JWT (?:subject|issuer)\) must/,
    parameter: 'client_assertion.iss',
    expected: ({ site }) => (site ? [site.id] : []),
    value: ({ assertion }) => assertion.payload['iss'],
  },
  {
    cause: 'assertion-audience',
    says: /audience \(aud\)|aud \(JWT audience\)/,
    parameter: 'client_assertion.aud',
    expected: ({ issuer }) => [issuer],
    value: ({ assertion }) => [assertion.payload['aud']].flat()[0],
  },
  {
    cause: 'assertion-algorithm',
    says: /alg mismatch|PS256, ES256 or EdDSA expected/,
    parameter: 'client_assertion.alg',
    expected: (asked) => registered(asked, 'token_endpoint_auth_signing_alg'),
    value: ({ assertion }) => assertion.header['alg'],
  },
  {
    cause: 'assertion-key',
    when: ({ keyless }) => !keyless,
    says: /no applicable key found|signature verification failed/,
    parameter: 'client_assertion.kid',
    expected: kids,
    value: ({ assertion }) => assertion.header['kid'],
  },
  {
    cause: 'jwks-uri',
    says: /JSON Web Key Set|invalid_client_metadata|no applicable key found/,
    parameter: 'jwks_uri',
  },
  {
    cause: 'assertion-expired',
    says: /jwt expired|expiration must be specified|invalid exp value/,
    parameter: 'client_assertion.exp',
    value: ({ assertion }) => offset(assertion.payload['exp']),
  },
  {
    cause: 'assertion-early',
    says: /jwt issued in the future|issued \(iat\) in the future|jwt not active yet|invalid (?:iat|nbf) value/,
    parameter: 'client_assertion.iat',
    value: ({ assertion }) => offset(assertion.payload['nbf'] ?? assertion.payload['iat']),
  },
  { cause: 'assertion-jti', says: /jti/, parameter: 'client_assertion.jti' },
  {
    cause: 'assertion-used',
    says: /client assertion tokens must only be used once/,
    parameter: 'client_assertion.jti',
  },
  {
    cause: 'assertion-form',
    says: /invalid_client: .*; (?!client not found)|client_assertion format/,
    parameter: 'client_assertion',
  },
];

/** Of a secret only the length is kept, which tells a line break at its end. */
function secretOf({ params, header }: Asked): unknown {
  if (params['client_secret'] !== undefined) return params['client_secret'];
  const [, basic = ''] = /^basic (\S+)$/i.exec(header('authorization')) ?? [];
  return Buffer.from(basic, 'base64').toString('utf8').split(':').slice(1).join(':');
}
