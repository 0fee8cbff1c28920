import type { tokenFaultCauses as zh } from '../zh/token-fault-causes.js';

export const tokenFaultCauses: typeof zh = {
  'grant-type': {
    title: '`grant_type` cannot be used',
    expected: 'One that is registered.',
    cure: 'Redeem codes with `authorization_code`; have `refresh_token` registered to use it. There is no password grant.',
  },
  'code-unknown': {
    title: 'The code is not found',
    expected: 'The code that has just arrived, within a minute.',
    cure: 'Redeem it at once on the server, and once. One that is old, one that was used before, one that was cut short: all end here.',
  },
  'code-expired': {
    title: 'The code has expired',
    expected: 'A code is redeemed within a minute.',
    cure: 'Redeem it at once; see whether other requests hold the server up.',
  },
  'code-used': {
    title: 'The code was used before',
    expected: 'Each code is redeemed once.',
    cure: 'Redirect as soon as you have the tokens, so that reloading the callback redeems nothing. The tokens of the first time have ended: log in again.',
  },
  'code-redirect-uri': {
    title: '`redirect_uri` differs when the code is redeemed',
    expected: 'The `redirect_uri` of this login request, letter by letter.',
    cure: 'Take both from one setting; do not build the address from the request that came in.',
  },
  'code-verifier-missing': {
    title: '`code_verifier` is missing',
    expected: 'The login request had a `code_challenge`, so a `code_verifier` belongs here.',
    cure: "Keep the `code_verifier` in the person's session and send it when redeeming.",
  },
  'code-verifier': {
    title: '`code_verifier` does not match',
    expected: 'The `code_verifier` of this login, the one that its `code_challenge` was made from.',
    cure: 'Look at the session: logins in two windows must not overwrite each other, so keep it by `state`; compute with `S256`.',
  },
  'code-verifier-form': {
    title: '`code_verifier` is malformed',
    expected: '43 to 128 characters, letters, digits and `-._~` alone.',
    cure: 'Let the client library make it, or encode 32 random bytes as `base64url`.',
  },
  'refresh-token-used': {
    title: 'The refresh token was used before',
    expected: 'The refresh token that came last.',
    cure: 'Store the new one after each refresh, and let parallel requests queue. Used a second time, the whole family has ended: log in again.',
  },
  'refresh-token-unknown': {
    title: 'The refresh token has ended',
    expected: 'A refresh token that still counts.',
    cure: 'The session is over, the permission was taken back, or it has expired: have the person log in, do not try again and again.',
  },
  'refresh-scope': {
    title: 'A refresh asks for more scopes',
    expected: 'No more than was given at the login.',
    cure: 'Refresh without `scope`; for more, begin a new login request.',
  },
  'of-another-site': {
    title: 'The code or token belongs to another site',
    expected: 'A code or token that was issued to this site.',
    cure: 'Look at the configuration: are the `client_id` of two sites or environments mixed up?',
  },
  'grant-ended': {
    title: 'The permission has ended',
    expected: 'Account, session and permission still count when it is redeemed.',
    cure: 'The person logged out, took the permission back, or the account was disabled: log in again.',
  },
  'access-token-missing': {
    title: 'There is no access token',
    expected: 'The header `Authorization: Bearer` with the access token.',
    cure: 'Send it; see whether a server or proxy takes it away (`PHP` under `Apache` often does).',
  },
  'access-token-place': {
    title: 'The access token stands in the wrong place',
    expected: 'The access token stands in the header alone, never in an address.',
    cure: 'Use `Authorization: Bearer`; addresses end up in logs.',
  },
  'bearer-header': {
    title: '`Authorization` is malformed',
    expected: '`Authorization: Bearer`, one space, the access token.',
    cure: "Check spelling, spaces and line breaks; the site's secret has no place here.",
  },
  'access-token-unknown': {
    title: 'The access token has ended',
    expected: 'An access token of the last ten minutes.',
    cure: 'Fetch userinfo right after the login and keep the result; an ID token is no access token.',
  },
  'access-token-ended': {
    title: 'The session or the permission has ended',
    expected: 'Session, permission and account still count.',
    cure: 'The person logged out or took the permission back: log in again.',
  },
  'access-token-scope': {
    title: 'The access token lacks the scope',
    expected: 'The access token has this scope.',
    cure: 'Name it in `scope` of the login request, `openid` included.',
  },
  'client-secret': {
    title: 'The secret is wrong',
    expected: 'The registered secret, letter by letter.',
    cure: 'Look for a line break or space at its end, a secret of another environment, one that was rotated; in the header both id and secret are form-encoded before `base64`.',
  },
  'authentication-method': {
    title: 'Another method than the registered one',
    expected: 'The registered method. `client_secret_basic` and `client_secret_post` count for each other.',
    cure: 'Change the method in the client library, or ask the operator to change the registration. A site without a secret sends no `client_secret`.',
  },
  'authentication-missing': {
    title: 'The site does not prove who it is',
    expected: '`client_id` and the registered proof.',
    cure: 'Send the header `Authorization: Basic`, or `client_id` and `client_secret` in the body.',
  },
  'authentication-twice': {
    title: 'The site proves who it is in two ways',
    expected: 'One way of proving who asks.',
    cure: 'Keep the secret in the header or in the body, not in both.',
  },
  'client-id-differs': {
    title: 'Two values of `client_id`',
    expected: 'The same `client_id` in header, body and assertion.',
    cure: 'Take `client_id` from one setting.',
  },
  'authorization-header': {
    title: '`Authorization` is not encoded as it should be',
    expected: '`Authorization: Basic`, then `base64` of the form-encoded id, a colon, the form-encoded secret.',
    cure: 'Let the client library build it; special characters of a secret are encoded with `rawurlencode` first, and no line break stands at its end.',
  },
  'assertion-type': {
    title: '`client_assertion_type` is wrong',
    expected: 'Sent together with `client_assertion`, with the value named here.',
    cure: 'Copy the value as it is.',
  },
  'assertion-issuer': {
    title: '`iss` or `sub` of the assertion is wrong',
    expected: "`iss` and `sub` of the assertion are the site's `client_id`.",
    cure: 'Put `client_id` into both.',
  },
  'assertion-audience': {
    title: '`aud` of the assertion is wrong',
    expected: '`aud` of the assertion is the name of this service, one string.',
    cure: 'Use `issuer` of the metadata, letter by letter, without a slash at the end.',
  },
  'assertion-algorithm': {
    title: 'The assertion is signed by another algorithm',
    expected: 'The registered algorithm; `PS256`, `ES256` or `EdDSA` under the FAPI profile.',
    cure: 'Change it in the client library, to one that fits the registered key.',
  },
  'assertion-key': {
    title: 'Signature or `kid` of the assertion does not match',
    expected: 'Signed with a registered key, whose `kid` it names.',
    cure: 'Register a new public key before you sign with it; check `kid`.',
  },
  'jwks-uri': {
    title: '`jwks_uri` cannot be fetched',
    expected: 'The registered `jwks_uri` answers with the public keys.',
    cure: 'See whether the address can be reached from outside and answers `JSON`; this service must be able to reach it.',
  },
  'assertion-expired': {
    title: 'The assertion has expired',
    expected: 'The assertion has not expired; 15 seconds are forgiven.',
    cure: 'Set the clock of the server; 8 hours are local time taken for UTC. A minute of life is enough, with a new one for each request.',
  },
  'assertion-early': {
    title: 'The assertion is from the future',
    expected: 'The assertion is not from the future; 15 seconds are forgiven.',
    cure: 'Set the clock of the server; 8 hours are local time taken for UTC.',
  },
  'assertion-jti': {
    title: 'The assertion has no `jti`',
    expected: 'Each assertion has a `jti` of its own.',
    cure: 'Make a random `jti` each time.',
  },
  'assertion-used': {
    title: 'The assertion was used before',
    expected: 'Each assertion is used once.',
    cure: 'Sign a new one for each request, also when trying again; do not cache it.',
  },
  'assertion-form': {
    title: 'The assertion cannot be read',
    expected: 'A signed `JWT`.',
    cure: 'Let the client library build it; see whether it was cut short on the way.',
  },
  other: {
    title: 'Another cause',
    expected: 'A request as the standards have it.',
    cure: 'Read `error_description`; if that does not help, give the error id to the operator.',
  },
};
