import { logoutChecks } from './en-logout-checks.js';
import { check } from './check-words.js';

const NOBODY = 'nobody is logged in';
const WAY_ON = 'a page of the portal says so and leads on; nobody is logged in';
const LIBRARY = 'let the library verify the ID token before anybody is logged in';

/** What is tried, what counts as passed, and what to do otherwise: for developers, so names of the protocol stay as they are. */
export const checks = {
  issuer: check(
    'metadata that names another issuer',
    'the portal does not go on with it',
    'compare `issuer` of the metadata with the address they were read from; libraries do it when given the issuer',
  ),
  login: check(
    'a login, seen at the page',
    'the page knows the person after it, and nobody before',
    'make the login work first: issuer, redirect address, and --page, a page that tells by itself who is logged in',
  ),
  discovery: check(
    'where the endpoints come from',
    'the metadata have been read',
    'read /.well-known/openid-configuration instead of writing the addresses of the endpoints into your settings',
  ),
  state: check(
    '`state` of the logins',
    'there, 16 characters or more, another one each time',
    'make `state` by a random generator for cryptography, anew for each login',
  ),
  nonce: check(
    '`nonce` of the logins',
    'there, 16 characters or more, another one each time',
    'make `nonce` by a random generator for cryptography, anew for each login',
  ),
  pkce: check(
    'PKCE',
    '`code_challenge` by S256, another one each time, and its verifier at the token endpoint',
    'switch PKCE on in the library, method S256',
  ),
  'redirect-uri': check(
    '`redirect_uri`',
    'the same one in each login and at the token endpoint, at the portal, without a fragment',
    'send the registered address, byte for byte, from your settings and not from the request',
  ),
  scope: check(
    '`scope` and `response_type`',
    '`openid` is asked for, by the code flow',
    'ask for scope `openid` with response_type `code`',
  ),
  'client-auth': check(
    'the portal at the token endpoint',
    'it proves itself as the client that asked, or by PKCE if it is public',
    'use client_secret_basic (both parts form-encoded), client_secret_post or private_key_jwt',
  ),
  'wrong-state': check(
    'an answer with another `state`',
    NOBODY,
    'compare `state` with the one this browser began with, before the code is redeemed',
  ),
  'wrong-nonce': check(
    'an ID token with another `nonce`, or none',
    NOBODY,
    'compare `nonce` of the ID token with the one this browser began with; none is wrong too',
  ),
  'id-token-issuer': check('an ID token of another issuer', NOBODY, `${LIBRARY}: \`iss\` is the issuer`),
  'id-token-audience': check('an ID token for another site', NOBODY, `${LIBRARY}: \`aud\` is your client_id`),
  'id-token-expired': check(
    'an ID token that has expired',
    NOBODY,
    `${LIBRARY}: \`exp\` is not past, a minute's tolerance at most`,
  ),
  'alg-none': check(
    'an ID token without a signature',
    NOBODY,
    'allow RS256 (or ES256, if you registered it) alone, and never what the token itself says',
  ),
  'alg-hmac': check(
    'an ID token by HMAC with the public key',
    NOBODY,
    'allow RS256 (or ES256, if you registered it) alone, and never what the token itself says',
  ),
  signature: check(
    'an ID token that another key has signed under the name of ours',
    NOBODY,
    `${LIBRARY}: its signature, by the key of this \`kid\``,
  ),
  'unknown-key': check(
    'an ID token by a key that is not published',
    NOBODY,
    `${LIBRARY}: a \`kid\` that is not at jwks_uri is refused`,
  ),
  'rotated-key': check(
    'an ID token by a key that has just been published',
    'the portal reads the keys anew and logs the person in',
    'fetch jwks_uri again for a `kid` that is new, not more often than every few seconds',
  ),
  'login-csrf': check(
    'an answer that belongs to another browser',
    NOBODY,
    'bind each login to the browser that began it: keep `state` in its session or in a cookie of its own',
  ),
  'replayed-code': check(
    'the same answer a second time, with the cookies of before the login too',
    'a page of the portal, and the second browser is not logged in',
    'use `state` up at the first answer; show a page with a way on when a login cannot be finished',
  ),
  'userinfo-sub': check(
    'userinfo about somebody else',
    NOBODY,
    'compare `sub` of userinfo with `sub` of the ID token (OpenID Connect Core 5.3.2)',
  ),
  'max-age': check(
    'an ID token with an `auth_time` older than `max_age`',
    NOBODY,
    'compare `auth_time` with the `max_age` you asked for',
  ),
  'access-denied': check(
    'the person cancels (`access_denied`)',
    WAY_ON,
    'catch `error` at the redirect address: say in a sentence what happened, offer to go on without or to try again',
  ),
  'expired-session': check(
    'the session at the provider is gone (`login_required`)',
    WAY_ON,
    'treat `login_required` and `interaction_required` as logged out: a page with a way to log in, no redirect at once',
  ),
  'provider-away': check(
    'the provider is away (`temporarily_unavailable`)',
    WAY_ON,
    'say that the login is away for the moment, with a way to try again',
  ),
  'expired-code': check(
    'a code that has expired (`invalid_grant`)',
    WAY_ON,
    'catch the error of the token endpoint: a page with a way to log in again',
  ),
  'error-markup': check(
    'markup in `error` and `error_description`',
    'it is not shown as markup',
    'escape what comes in by the address; better, show sentences of your own by `error`',
  ),
  'session-cookie': check(
    'the cookie of the session',
    'HttpOnly and SameSite=Lax, over https Secure',
    'set these attributes on the cookie of the session',
  ),
  'session-lifetime': check(
    'the life of that cookie',
    'it ends with the browser, or after 12 hours at most',
    'let the cookie end with the browser, and the session on the server after 30 minutes idle, 12 hours at most',
  ),
  'session-renewed': check(
    'the cookies of before the login, used after it',
    NOBODY,
    'give the session a new id at the login (session_regenerate_id(true), changeSessionId(), regenerate())',
  ),
  'step-up': check(
    'the page that needs a level',
    'the portal asks for the level, and the page opens when it is reached',
    'send `claims` with an essential `acr`; check --level, --level-page, --step-up and --level-shows',
  ),
  'step-up-higher': check(
    'a level above the one that is asked for',
    'the page opens',
    'compare levels "at least", not for equality',
  ),
  'step-up-declined': check(
    'the person declines the level (`access_denied`)',
    'the page stays closed, the person stays logged in, a page leads on',
    'keep the session as it was, and say what can be done without the level',
  ),
  'step-up-lower': check(
    'an ID token with a lower `acr`, none, or one that is no level of ours',
    'the page stays closed',
    'read `acr` in the ID token after each login, compare the whole value; what you asked for proves nothing',
  ),
  'account-kind': check(
    'the other kind of account at this level',
    'the page stays closed',
    'check `account_kind` in the ID token',
  ),
  ...logoutChecks,
};
