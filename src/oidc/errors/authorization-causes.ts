import type { CauseRule } from './causes.js';

/** At the authorization endpoint, for pushed requests, and at the logout. */
export const authorizationCauses: readonly CauseRule[] = [
  {
    cause: 'redirect-uri',
    says: /redirect_uri did not match/,
    parameter: 'redirect_uri',
    expected: ({ site }) => site?.redirectUris ?? [],
  },
  {
    cause: 'post-logout-redirect-uri',
    says: /post_logout_redirect_uri not registered/,
    parameter: 'post_logout_redirect_uri',
    expected: ({ site }) => site?.postLogoutRedirectUris ?? [],
  },
  {
    cause: 'response-type',
    says: /unsupported_response_type|response_type is not allowed/,
    parameter: 'response_type',
    expected: () => ['code'],
  },
  {
    cause: 'response-mode',
    says: /response_mode/,
    parameter: 'response_mode',
    expected: () => ['query', 'fragment', 'form_post'],
  },
  {
    cause: 'code-challenge-method',
    says: /code_challenge_method must be provided|not supported value of code_challenge_method/,
    parameter: 'code_challenge_method',
    expected: () => ['S256'],
  },
  {
    cause: 'code-challenge',
    says: /requires PKCE|code_challenge must be provided|code_challenge (?:must be a string|contains)/,
    parameter: 'code_challenge',
  },
  {
    cause: 'openid-scope',
    says: /openid scope must be requested/,
    parameter: 'scope',
    expected: () => ['openid'],
  },
  {
    cause: 'scope',
    says: /requested scope is not allowed|scope contains/,
    parameter: 'scope',
    expected: ({ site }) => site?.scopes ?? [],
    value: ({ error, params }) => error.scope ?? params['scope'],
  },
  {
    cause: 'prompt',
    says: /unsupported prompt|prompt none must/,
    parameter: 'prompt',
    expected: () => ['none', 'login', 'consent', 'create'],
  },
  { cause: 'max-age', says: /max_age/, parameter: 'max_age' },
  { cause: 'id-token-hint', says: /id_token_hint/, parameter: 'id_token_hint' },
  { cause: 'client-id', says: /client is invalid|; client not found/, parameter: 'client_id' },
  {
    cause: 'not-supported',
    says: /request_not_supported|request_uri_not_supported|registration_not_supported|invalid_request_object/,
    parameter: ({ error }) => /^(request_uri|registration)/.exec(error.error)?.[1] ?? 'request',
  },
  { cause: 'claims', says: /\bclaims\b/, parameter: 'claims' },
  { cause: 'pushed-request', says: /Pushed Authorization Request must be used/, parameter: 'request_uri' },
  { cause: 'request-uri', says: /invalid_request_uri/, parameter: 'request_uri' },
];
