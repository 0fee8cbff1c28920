import { check } from './check-words.js';

const REFUSED = 'the answer is 400 and the session goes on';

export const logoutChecks = {
  logout: check(
    'logout at the portal',
    'the session here ends, and the browser goes to end_session_endpoint',
    'end your own session first, then redirect to end_session_endpoint',
  ),
  'logout-hint': check(
    '`id_token_hint` of that logout',
    "it is this login's ID token",
    'keep the ID token with the session and send it as `id_token_hint`',
  ),
  'logout-return': check(
    'the way back after the logout',
    'a page of the portal, and nobody is logged in',
    'send a registered `post_logout_redirect_uri`, a page that needs no login',
  ),
  'backchannel-sid': check(
    'a logout token with `sid`',
    'the answer is 200, that session ends and no other',
    'keep sessions on the server, each with the `sid` of its ID token, and end the one that is named',
  ),
  'backchannel-sub': check(
    'a logout token with `sub` alone',
    'the answer is 200, every session of this person ends and no other',
    'without a `sid`, end every session of this `sub`',
  ),
  'backchannel-no-store': check(
    'the answer to a logout token',
    'Cache-Control: no-store',
    'send Cache-Control: no-store',
  ),
  'backchannel-signature': check(
    'logout tokens that the provider has not signed',
    REFUSED,
    'verify the signature as of an ID token',
  ),
  'backchannel-issuer': check('a logout token of another issuer', REFUSED, 'compare `iss` with the issuer'),
  'backchannel-audience': check('a logout token for another site', REFUSED, 'compare `aud` with your client_id'),
  'backchannel-expired': check(
    'a logout token that has expired',
    REFUSED,
    'check `exp`, and that `iat` is a few minutes ago at most',
  ),
  'backchannel-event': check(
    'tokens that are no logout tokens',
    REFUSED,
    'demand the member http://schemas.openid.net/event/backchannel-logout in `events`',
  ),
  'backchannel-nonce': check(
    'a logout token with a `nonce`',
    REFUSED,
    'refuse a token that has a `nonce`: it is an ID token',
  ),
  'backchannel-replay': check(
    'the same logout token a second time',
    'the answer is 400 and the new session goes on',
    'keep each `jti` until its token has expired, and take none twice',
  ),
};
