import type { faultCauses as zh } from '../zh/fault-causes.js';

export const faultCauses: typeof zh = {
  missing: {
    title: 'A parameter is missing',
    expected: 'The request has these parameters; none of them came.',
    cure: 'Add them. A form goes by `POST`, with its parameters in the body, not in the address.',
  },
  twice: {
    title: 'A parameter comes twice',
    expected: 'Each parameter comes once.',
    cure: 'Remove the repetition. Often one stands in the address already and the program adds another.',
  },
  'wrong-host': {
    title: 'The request came to another host name',
    expected: 'The request goes to the address of the issuer: host name and port as in the discovery document.',
    cure: 'Use the endpoints of the discovery document, not an internal address; a proxy on the way passes `Host` on as it came.',
  },
  'too-large': {
    title: 'The request is too large',
    expected: 'Login and logout requests have at most 8 KB, others 56 KB.',
    cure: 'Keep data of your own on the server, and only its key in `state`.',
  },
  'content-type': {
    title: 'The body has the wrong format',
    expected: 'The body is form-encoded, and `Content-Type` says so.',
    cure: 'Build the body with `http_build_query` or its like; do not send `JSON`.',
  },
  origin: {
    title: 'A script in the browser asks',
    expected: "The site's server asks, not a script in the browser.",
    cure: 'Move the request to the server; neither secret nor tokens belong in a browser.',
  },
  'redirect-uri': {
    title: '`redirect_uri` is not registered',
    expected: 'One of the registered redirect addresses, letter by letter.',
    cure: 'Compare scheme, host, port, path, case and a slash at the end; if the address has really changed, ask the operator to register it.',
  },
  'post-logout-redirect-uri': {
    title: '`post_logout_redirect_uri` is not registered',
    expected: 'One of the registered addresses for after the logout, letter by letter.',
    cure: 'Correct the request or register the address. What belongs in `state` is not part of it.',
  },
  'response-type': {
    title: '`response_type` is not supported',
    expected: 'The code flow alone: `code`.',
    cure: 'Set `response_type` to `code` and redeem the code on the server.',
  },
  'response-mode': {
    title: '`response_mode` is not supported',
    expected: 'The answer comes in the address (`query`, `fragment`) or as a form (`form_post`).',
    cure: 'Leave `response_mode` out, or use one of these.',
  },
  'code-challenge-method': {
    title: '`code_challenge_method` is not supported',
    expected: 'Sent together with `code_challenge`, and `S256`.',
    cure: 'Switch `PKCE` on in the client library, with `S256`; `plain` is not supported.',
  },
  'code-challenge': {
    title: '`code_challenge` is missing or malformed',
    expected: 'The `SHA-256` of `code_verifier` in `base64url`, 43 characters.',
    cure: 'Switch `PKCE` on in the client library. If you compute it yourself: not in hexadecimal, and without equals signs at the end.',
  },
  'openid-scope': {
    title: '`scope` lacks `openid`',
    expected: '`scope` has `openid` in it.',
    cure: 'Add `openid` to `scope`.',
  },
  scope: {
    title: '`scope` has more than is registered',
    expected: 'Registered scopes alone, parted by spaces.',
    cure: 'Leave this scope out, or ask the operator to register it.',
  },
  prompt: {
    title: '`prompt` has an unknown value',
    expected: 'One of the values named here; `none` stands alone.',
    cure: 'Use one of them; to have the person log in again it is `login`.',
  },
  'max-age': {
    title: '`max_age` is malformed',
    expected: 'Seconds, a whole number, not negative.',
    cure: 'Write `max_age` as a whole number, or leave it out.',
  },
  'id-token-hint': {
    title: '`id_token_hint` cannot be used',
    expected: 'An ID token that was issued to this site, unchanged; it may have expired.',
    cure: 'Keep the `id_token` of the login and send it as it is; without a sound one, log out without it.',
  },
  'client-id': {
    title: '`client_id` is not registered',
    expected: 'A registered `client_id`.',
    cure: 'Check the spelling and the environment: demonstration and production have ids of their own. A site that was disabled looks the same.',
  },
  'not-supported': {
    title: 'A parameter that is not supported',
    expected: 'Parameters stand in the request itself, or are pushed first.',
    cure: 'Leave `request`, `request_uri` or `registration` out; to protect parameters use `/oidc/par`.',
  },
  claims: {
    title: '`claims` is malformed',
    expected: 'A `JSON` object with `id_token` or `userinfo`, each member of which is an object or empty.',
    cure: 'Build it with `json_encode`, then encode it for an address; the guide has an example in section 3.',
  },
  'pushed-request': {
    title: 'Parameters have to be pushed first',
    expected: 'Parameters are pushed to `/oidc/par` first; the `request_uri` that comes back is used here.',
    cure: 'This site is registered for pushed requests: push, or ask the operator to change the registration.',
  },
  'request-uri': {
    title: '`request_uri` has expired or was used',
    expected: 'A `request_uri` that was pushed less than a minute ago and has not been used.',
    cure: 'Push once for each login and redirect at once; when somebody comes back by the Back button, begin the login anew.',
  },
};
