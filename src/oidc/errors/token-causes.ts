import type { Asked } from './asked.js';
import type { CauseRule } from './causes.js';

const redeemed = ({ params }: Asked): string => (params['refresh_token'] === undefined ? 'code' : 'refresh_token');

/** At the token endpoint and at userinfo. */
export const tokenCauses: readonly CauseRule[] = [
  {
    cause: 'grant-type',
    says: /unsupported_grant_type|requested grant type is not allowed/,
    parameter: 'grant_type',
    expected: ({ site }) => (site?.engine['grant_types'] as string[] | undefined) ?? ['authorization_code'],
  },
  {
    cause: 'of-another-site',
    says: /invalid_grant/,
    when: ({ foreign }) => foreign,
    parameter: redeemed,
  },
  { cause: 'code-unknown', says: /authorization code not found/, parameter: 'code' },
  { cause: 'code-expired', says: /authorization code is expired/, parameter: 'code' },
  { cause: 'code-used', says: /authorization code already consumed/, parameter: 'code' },
  {
    cause: 'code-redirect-uri',
    says: /authorization code redirect_uri mismatch/,
    parameter: 'redirect_uri',
    expected: ({ site }) => site?.redirectUris ?? [],
  },
  { cause: 'code-verifier-missing', says: /code_verifier must be provided/, parameter: 'code_verifier' },
  {
    cause: 'code-verifier',
    says: /code_verifier does not match|unsupported code_challenge_method/,
    parameter: 'code_verifier',
  },
  { cause: 'code-verifier-form', says: /code_verifier (?:must be a string|contains)/, parameter: 'code_verifier' },
  { cause: 'refresh-token-used', says: /refresh token already/, parameter: 'refresh_token' },
  { cause: 'refresh-token-unknown', says: /refresh token (?:not found|is expired)/, parameter: 'refresh_token' },
  {
    cause: 'refresh-scope',
    says: /refresh token missing requested scope/,
    parameter: 'scope',
    value: ({ error, params }) => error.scope ?? params['scope'],
  },
  {
    cause: 'grant-ended',
    says: /invalid_grant: .*(?:grant not found|grant is expired|accountId mismatch|account not found)/,
    parameter: redeemed,
  },
  { cause: 'access-token-missing', says: /no access token provided/, parameter: 'Authorization' },
  {
    cause: 'access-token-place',
    says: /access tokens? must (?:not|only) be provided/,
    parameter: 'access_token',
  },
  {
    cause: 'bearer-header',
    says: /^userinfo .*authorization header/,
    parameter: 'Authorization',
    value: ({ header }) => header('authorization'),
  },
  { cause: 'access-token-unknown', says: /access token not found/, parameter: 'access_token' },
  { cause: 'access-token-ended', says: /invalid_token/, parameter: 'access_token' },
  {
    cause: 'access-token-scope',
    says: /insufficient_scope/,
    parameter: 'scope',
    value: ({ error }) => error.scope,
  },
];
