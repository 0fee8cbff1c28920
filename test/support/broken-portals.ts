import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { answering, asking, broken, cookies, inside, receiving, sending, taking, without } from './portal-faults.js';
import type { BrokenPortal, Fault } from './portal-faults.js';

const SESSION = /^demo-wuhan-session=([^;]*)/;
const ATTEMPT = /^(demo-wuhan-attempt-[^=]+)=([^;]+)/;
const URN = 'urn:tongxing:level:';
const isLevel = (acr: unknown, level: number): boolean => acr === URN + level;
const cookieIn = ({ headers }: IncomingMessage, name: RegExp): string | undefined =>
  headers.cookie?.split('; ').find((pair) => name.test(pair));
const isCallback = ({ url }: IncomingMessage): boolean => url?.startsWith('/callback?') ?? false;
const addCookie = ({ headers }: IncomingMessage, pair = ''): void => {
  headers.cookie = [headers.cookie, pair].filter(Boolean).join('; ');
};

/** Attempts belong to whoever knows their state. */
const anybodysAttempts = (): Fault[] => {
  const attempts = new Map<string, string>();
  return [
    cookies((one) => {
      const [pair, name] = ATTEMPT.exec(one) ?? [];
      if (pair !== undefined && name !== undefined) attempts.set(name, pair);
      return one;
    }),
    receiving((request) => {
      const state = new URL(request.url ?? '', 'http://localhost').searchParams.get('state');
      if (isCallback(request)) addCookie(request, attempts.get(`demo-wuhan-attempt-${state?.slice(0, 12)}`));
    }),
  ];
};

/** The session has the id that the browser came with. */
const fixedSessions = (): Fault[] => {
  const sessions = new Map<string, string>();
  const FIXED = /^fixed=/;
  const fixed: Fault = (_insides, answer) => async (request, response) => {
    if (!cookieIn(request, FIXED)) {
      addCookie(request, `fixed=${randomBytes(9).toString('hex')}`);
      response.appendHeader('set-cookie', `${cookieIn(request, FIXED)}; Path=/; HttpOnly; SameSite=Lax`);
    }
    return answer(request, response);
  };
  const kept = cookies((one, request) => {
    const [pair] = SESSION.exec(one) ?? [];
    if (pair === undefined) return one;
    sessions.set(cookieIn(request, FIXED) ?? '', pair);
    return undefined;
  });
  return [receiving((request) => addCookie(request, sessions.get(cookieIn(request, FIXED) ?? ''))), kept, fixed];
};

/** The journeys that a portal's developer is asked to try: each goes wrong in its own way. */
export const BROKEN: Record<string, BrokenPortal> = {
  'a login that opens no session': broken(
    ['login'],
    cookies((one) => (SESSION.test(one) ? undefined : one)),
  ),
  'a step-up that is not noticed': broken(
    ['step-up'],
    taking(() => ({ acr: `${URN}0` })),
  ),
  'a declined step-up that logs the person out': broken(['step-up-declined'], ({ sessions }, answer) => {
    return async (request, response) => {
      const [, id] = SESSION.exec(cookieIn(request, SESSION) ?? '') ?? [];
      if (request.url?.includes('error=access_denied')) sessions.close(id);
      return answer(request, response);
    };
  }),
  'a crash at access_denied': broken(
    ['access-denied', 'step-up-declined'],
    answering(/error=access_denied/, 500, '<a href="/">Home</a>'),
  ),
  'a loop when the session at the provider has expired': broken(
    ['expired-session'],
    answering(/error=(login|interaction)_required/, 303, '', { location: '/login' }),
  ),
  'a nonce that is not compared': broken(['wrong-nonce'], without('wrong-nonce')),
  'a key that nobody has published, believed': broken(['unknown-key'], without('unknown-key')),
  'keys that are kept for ever': broken(['rotated-key'], without('rotated-key')),
  'a logout token that ends nothing': broken(
    ['backchannel-sid', 'backchannel-sub'],
    inside(({ sessions }) => Object.assign(sessions, { closeBy: () => undefined })),
  ),
  'a replayed code that is a crash': broken(
    ['replayed-code', 'expired-code'],
    sending((status, headers, { url }) => {
      const isCrash = url?.includes('code=') && headers['location']?.includes('loginFailed');
      return isCrash ? [500, {}] : [status, headers];
    }),
  ),
  'a login that any browser can finish': broken(['login-csrf'], ...anybodysAttempts()),
  'a level that is read from the wish': broken(
    ['step-up-lower'],
    taking((claims, next) => ({ acr: next === '/apply' ? `${URN}1` : claims.acr })),
  ),
};

/** Every other line of the tester's, several faults to a site. */
export const FURTHER_BROKEN: Record<string, BrokenPortal> = {
  'a state that is not compared': broken(
    ['wrong-state'],
    receiving((request) => {
      const [, , kept = ''] = ATTEMPT.exec(cookieIn(request, ATTEMPT) ?? '') ?? [];
      if (!isCallback(request) || kept === '') return;
      const { state } = JSON.parse(Buffer.from(kept, 'base64url').toString()) as { state: string };
      request.url = request.url?.replace(/state=[^&]*/, `state=${state}`);
    }),
  ),
  'an ID token that is decoded and not judged': broken(
    [
      ...(['issuer', 'id-token-issuer', 'id-token-audience', 'id-token-expired', 'alg-none', 'alg-hmac'] as const),
      ...(['signature', 'userinfo-sub'] as const),
    ],
    without(
      ...(['issuer', 'id-token-issuer', 'id-token-audience', 'id-token-expired', 'alg-none', 'alg-hmac'] as const),
      ...(['signature', 'userinfo-sub'] as const),
    ),
  ),
  'a logout token that is decoded and not judged': broken(
    [
      ...(['backchannel-no-store', 'backchannel-signature', 'backchannel-issuer', 'backchannel-audience'] as const),
      ...(['backchannel-expired', 'backchannel-event', 'backchannel-nonce', 'backchannel-replay'] as const),
    ],
    without(
      ...(['backchannel-signature', 'backchannel-issuer', 'backchannel-audience'] as const),
      ...(['backchannel-expired', 'backchannel-event', 'backchannel-nonce', 'backchannel-replay'] as const),
    ),
    sending((status, headers, { url }) => {
      const { 'cache-control': _kept, ...others } = headers;
      return [status, url === '/backchannel-logout' ? others : headers];
    }),
  ),
  'requests that are the same each time, without PKCE and secret': broken(
    ['state', 'nonce', 'pkce', 'redirect-uri', 'scope', 'client-auth', 'max-age'],
    inside(({ party }) => Object.assign((party as unknown as { options: object }).options, { clientSecret: '' })),
    without(),
    asking((asked) => {
      asked.set('state', 'always-the-same-state');
      asked.set('nonce', 'n');
      asked.set('redirect_uri', `${asked.get('redirect_uri')}?n=${randomBytes(3).toString('hex')}`);
      asked.set('scope', (asked.get('scope') ?? '').replace('openid ', ''));
      asked.set('max_age', '60');
      asked.delete('code_challenge');
    }),
  ),
  'endpoints that are written down': broken(['discovery'], without('discovery')),
  'a session cookie for a month that scripts can read, and markup from the address': broken(
    ['error-markup', 'session-cookie', 'session-lifetime'],
    cookies((one) => (SESSION.test(one) ? one.replace(' HttpOnly;', ' Max-Age=2592000;') : one)),
    answering(/error=(invalid_request|%3C)/, 400, '<a href="/">Home</a><b id="trial-markup">x</b>'),
  ),
  'a session that keeps its id': broken(['session-renewed'], ...fixedSessions()),
  'pages that lead nowhere': broken(['provider-away'], answering(/error=temporarily_unavailable/, 200, 'Later.')),
  'a level compared for equality, a kind of account not at all': broken(
    ['step-up-higher', 'account-kind'],
    taking(({ acr }) => ({ account_kind: 'person', acr: isLevel(acr, 1) ? acr : `${URN}0` })),
  ),
  'a logout that says nothing': broken(
    ['logout-hint', 'logout-return'],
    inside(({ party }) => {
      const { issuer } = (party as unknown as { options: { issuer: string } }).options;
      party.logoutUrl = async () => `${issuer}/oidc/logout`;
    }),
  ),
  'a logout that is the provider’s alone': broken(
    ['logout'],
    inside(({ sessions }) => Object.assign(sessions, { close: () => undefined })),
    cookies((one) => (one.startsWith('demo-wuhan-session=;') ? undefined : one)),
  ),
  'cookies that do not come along from another site': broken(
    ['login'],
    cookies((one) => one.replace('SameSite=Lax', 'SameSite=Strict')),
  ),
};

/**
 * At the login a page stands between, with what leads to us by `?by=ours`. Whoever sends a form to a login of the portal's own
 * has locked the account: nothing works after that.
 */
export const ownLoginBeside = (page: string): Fault => {
  let isLocked = false;
  return (_insides, answer) => async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    isLocked ||= request.method === 'POST' && /^\/(own|sms)-login/.test(pathname);
    const isOwn = pathname === '/own-login' || (pathname === '/login' && searchParams.get('by') !== 'ours');
    if (!isLocked && !isOwn) return answer(request, response);
    const next = searchParams.get('target_link_uri');
    const onward = next === null ? page : page.replace('by=ours', `by=ours&target_link_uri=${next}`);
    response.writeHead(isLocked ? 503 : 200, { 'content-type': 'text/html' }).end(onward);
  };
};

/** Portals that do the same in another way: nothing fails for them. */
export const SOUND: Record<string, BrokenPortal> = {
  'a relying party written by hand': broken([], without()),
  'one whose login and logout are forms that are posted': broken(
    [],
    receiving((request) => {
      if (request.method === 'POST' && /^\/(login|logout)/.test(request.url ?? '')) request.method = 'GET';
    }),
    (_insides, answer) => async (request, response) => {
      const isAsked = request.method === 'GET' && /^\/(login|logout)/.test(request.url ?? '');
      if (!isAsked) return answer(request, response);
      const form = `<form method=post action="${request.url}"><input type=hidden name=_csrf value="&lt;x&gt;"><button>OK</button></form>`;
      response.writeHead(200, { 'content-type': 'text/html' }).end(form);
    },
  ),
  'one whose own login stands beside ours, and is never sent': broken(
    [],
    ownLoginBeside(
      '<a href="/own-login">登录</a><form method=post action="/sms-login"><input name=phone><button>短信登录</button></form>' +
        '<form method=post action="/own-login"><input name=user><input type=password name=word><button id=ours>通行登录</button></form>' +
        '<form method=post action="/own-login"><input name=user><input name=userPwd><button>登录</button></form>' +
        '<a href="/login?by=own">登录</a> <a href="/login?by=ours">统一帐号</a>',
    ),
  ),
  'one that pushes its requests': broken(
    [],
    inside(({ party }) => {
      const begin = party.begin.bind(party);
      party.begin = async (next, more) => {
        const { url, attempt } = await begin(next, more);
        const { origin, pathname, searchParams } = new URL(url);
        const pushed = await fetch(`${origin}/oidc/par`, { method: 'POST', body: searchParams });
        const { request_uri: uri } = (await pushed.json()) as { request_uri: string };
        const query = new URLSearchParams({ client_id: searchParams.get('client_id') ?? '', request_uri: uri });
        return { url: `${origin}${pathname}?${query}`, attempt };
      };
    }),
  ),
  'one that is answered by form_post': broken(
    [],
    asking((asked) => asked.set('response_mode', 'form_post')),
    cookies((one) => (ATTEMPT.test(one) ? one.replace('SameSite=Lax', 'SameSite=None; Secure') : one)),
    receiving(async (request) => {
      if (request.url !== '/callback' || request.method !== 'POST') return;
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      request.url = `/callback?${Buffer.concat(chunks).toString()}`;
      request.method = 'GET';
    }),
  ),
};
