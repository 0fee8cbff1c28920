// A small portal: login, a higher level, logout, back-channel logout. `npm install && npm start`, then http://localhost:8088
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';

const ISSUER = process.env.ISSUER ?? 'http://localhost:3000';
const CLIENT_ID = process.env.CLIENT_ID ?? 'demo-node';
const CLIENT_SECRET = process.env.CLIENT_SECRET ?? 'demo-only-not-a-secret-demo-only-not-a-secret';
const PORT = Number(process.env.PORT ?? 8088);
const ORIGIN = process.env.ORIGIN ?? `http://localhost:${PORT}`;
const LEVEL = 'urn:tongxing:level:';

// Sessions live on the server: a back-channel logout could not reach one that lives in a cookie.
const sessions = new Map(); // session id -> { sub, sid, level, kind, idToken, name }
const attempts = new Map(); // state -> { browser, verifier, nonce, level }
const seen = new Map(); // jti of a logout token -> until when it is a replay, milliseconds

const development = ISSUER.startsWith('http:') ? [client.allowInsecureRequests] : [];
const provider = await client.discovery(new URL(ISSUER), CLIENT_ID, CLIENT_SECRET, undefined, {
  execute: [...development, client.enableNonRepudiationChecks],
});
// Keys are kept by `kid` for an hour; a `kid` that is new is fetched at once.
const keys = createRemoteJWKSet(new URL(provider.serverMetadata().jwks_uri), { cacheMaxAge: 3_600_000 });

/** Sends the browser to the provider. @param level what the page needs, as a must; 0 for any login */
async function login({ browser, level }) {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  if (attempts.size >= 10_000) attempts.delete(attempts.keys().next().value);
  attempts.set(state, { browser, verifier, nonce, level });
  const must = { id_token: { acr: { essential: true, values: [LEVEL + level] } } };
  return client.buildAuthorizationUrl(provider, {
    redirect_uri: `${ORIGIN}/callback`,
    scope: level > 0 ? 'openid profile real_name' : 'openid profile',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(level > 0 ? { claims: JSON.stringify(must) } : {}),
  });
}

/** Redeems the code. The library judges state, `iss`, nonce, audience, expiry and signature. */
async function callback(url, browser) {
  const state = url.searchParams.get('state') ?? '';
  const attempt = attempts.get(state);
  attempts.delete(state);
  if (!attempt || attempt.browser !== browser) throw new Error('this browser has not begun this login');
  const tokens = await client.authorizationCodeGrant(provider, url, {
    pkceCodeVerifier: attempt.verifier,
    expectedState: state,
    expectedNonce: attempt.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  const level = Number(String(claims.acr).replace(LEVEL, ''));
  // "At least", and from the ID token: whatever was asked for in the address is the user's to edit.
  if (!(level >= attempt.level)) throw new Error('the level was not reached');
  const userinfo = await client.fetchUserInfo(provider, tokens.access_token, claims.sub);
  return {
    sub: claims.sub, // the one key of the portal's own table of users
    sid: claims.sid,
    level,
    kind: claims.account_kind, // 'person' or 'entity'
    idToken: tokens.id_token,
    name: userinfo.real_name ?? userinfo.name ?? '',
  };
}

/** Ends what a logout token names (OpenID Connect Back-Channel Logout 1.0, section 2.6). */
async function loggedOut(token) {
  const { payload } = await jwtVerify(token, keys, {
    issuer: provider.serverMetadata().issuer,
    audience: CLIENT_ID,
    algorithms: ['RS256'],
    requiredClaims: ['iat', 'exp', 'jti', 'events'],
    clockTolerance: 60,
  });
  const event = payload.events['http://schemas.openid.net/event/backchannel-logout'];
  if (!event || payload.nonce !== undefined || !(payload.sid || payload.sub)) throw new Error('not a logout token');
  for (const [jti, until] of seen) if (until < Date.now()) seen.delete(jti);
  if (seen.has(payload.jti)) throw new Error('a replay');
  seen.set(payload.jti, (payload.exp + 60) * 1000);
  for (const [id, session] of sessions)
    if (payload.sid ? session.sid === payload.sid : session.sub === payload.sub) sessions.delete(id);
}

const cookieOf = (request) => /(?:^|; )portal=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
const setCookie = (value) =>
  `portal=${value}; Path=/; HttpOnly; SameSite=Lax${ORIGIN.startsWith('https:') ? '; Secure' : ''}`;
const escaped = (text) => String(text).replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
const goTo = (response, url, headers = {}) => response.writeHead(303, { location: String(url), ...headers }).end();
const page = (response, status, body) =>
  response
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(`<!doctype html><title>Portal</title>${body}`);

async function bodyOf(request) {
  let body = '';
  for await (const chunk of request) if ((body += chunk).length > 20_000) throw new Error('too large');
  return new URLSearchParams(body);
}

const routes = {
  'GET /': ({ response, session }) => {
    if (!session) return page(response, 200, '<a id="log-in" href="/login">Log in</a>');
    page(
      response,
      200,
      `<p>Hello <b id="name">${escaped(session.name)}</b>, level <b id="level">${session.level}</b>, ` +
        `<span id="sub">${escaped(session.sub)}</span> (${escaped(session.kind)})</p>` +
        '<a id="step-up" href="/apply">Something that needs level 1</a> <a id="log-out" href="/logout">Log out</a>',
    );
  },
  'GET /login': async ({ response, url, browser }) => {
    const own = browser ?? randomBytes(18).toString('base64url');
    const level = url.searchParams.get('level') === '1' ? 1 : 0;
    goTo(response, await login({ browser: own, level }), { 'set-cookie': setCookie(own) });
  },
  // A page that needs level 1: without it, to the provider.
  'GET /apply': ({ response, session }) => {
    if (!(session?.level >= 1)) return goTo(response, '/login?level=1');
    page(response, 200, `<p id="apply">${escaped(session.name)} may apply.</p><a id="home" href="/">Back</a>`);
  },
  'GET /callback': async ({ response, url, browser }) => {
    const error = url.searchParams.get('error');
    // access_denied: the person has declined. They stay as they were, logged in or not.
    if (error) return page(response, 200, `<p id="declined">${escaped(error)}</p><a id="home" href="/">Back</a>`);
    const session = await callback(url, browser);
    const id = randomBytes(18).toString('base64url'); // a new one: nobody else can have planted it
    sessions.delete(browser);
    sessions.set(id, session);
    goTo(response, '/', { 'set-cookie': setCookie(id) });
  },
  'GET /logout': ({ response, browser, session }) => {
    sessions.delete(browser);
    const more = session ? { id_token_hint: session.idToken } : {};
    goTo(response, client.buildEndSessionUrl(provider, { post_logout_redirect_uri: `${ORIGIN}/signed-out`, ...more }));
  },
  'GET /signed-out': ({ response }) =>
    page(response, 200, '<p id="signed-out">Signed out.</p><a id="home" href="/">Back</a>'),
  'POST /backchannel-logout': async ({ request, response }) => {
    await loggedOut((await bodyOf(request)).get('logout_token') ?? '');
    response.writeHead(200, { 'cache-control': 'no-store' }).end();
  },
};

createServer(async (request, response) => {
  const url = new URL(request.url, ORIGIN);
  const browser = cookieOf(request);
  const route = `${request.method} ${url.pathname}`;
  try {
    if (!Object.hasOwn(routes, route)) return page(response, 404, 'Not found');
    await routes[route]({ request, response, url, browser, session: sessions.get(browser) });
  } catch (error) {
    console.error(route, error.code ?? error.name);
    page(response, 400, '<p id="failed">This did not work. <a id="log-in" href="/login">Try again</a></p>');
  }
}).listen(PORT, () => console.log(`listening on ${ORIGIN}`));
