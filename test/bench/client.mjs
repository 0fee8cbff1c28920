/** A browser and a site in one, as light as can be: raw requests on kept connections. */
import { Agent, request as send } from 'node:http';

export const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const basic = (id, secret) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

export const call = async (origin, method, path, headers = {}, body = undefined) =>
  new Promise((done, refuse) => {
    const sent = send(
      `${origin}${path}`,
      {
        method,
        agent,
        headers: {
          ...headers,
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }),
        },
      },
      (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () =>
          done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    sent.once('error', refuse);
    sent.end(body);
  });

/** Cookies by name; the path of an interaction's own is enough to tell them apart. */
export class Jar {
  cookies = new Map();

  keep(headers) {
    for (const cookie of headers['set-cookie'] ?? []) {
      const [pair] = cookie.split(';');
      const at = pair.indexOf('=');
      if (cookie.includes('01 Jan 1970')) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  get header() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

const must = (answer, status, what) => {
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
  return answer;
};

const authorizePath = (site) =>
  `/oidc/auth?${new URLSearchParams({ client_id: site.id, redirect_uri: site.redirect, response_type: 'code', scope: 'openid', state: 'state-of-the-benchmark', nonce: 'nonce-of-the-benchmark' })}`;

async function redeem(origin, site, location) {
  const code = new URL(location).searchParams.get('code');
  if (!code) throw new Error(`no code: ${location}`);
  const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: site.redirect }).toString();
  return JSON.parse(
    must(await call(origin, 'POST', '/oidc/token', { authorization: basic(site.id, site.secret) }, body), 200, 'token')
      .text,
  );
}

export const userinfo = async (origin, token) =>
  must(await call(origin, 'GET', '/oidc/userinfo', { authorization: `Bearer ${token}` }), 200, 'userinfo');

/** Single-sign-on hop of a live session: authorize → code → token → userinfo. */
export async function hop(origin, jar, site) {
  const answer = must(await call(origin, 'GET', authorizePath(site), { cookie: jar.header }), 303, 'authorize');
  jar.keep(answer.headers);
  const tokens = await redeem(origin, site, answer.headers.location);
  await userinfo(origin, tokens.access_token);
  return tokens;
}

/** Login with a password, from a new browser to a redeemed code. */
export async function login(origin, site, person) {
  const jar = new Jar();
  const step = async (method, path, body) => {
    const answer = await call(origin, method, path, { cookie: jar.header, origin }, body);
    jar.keep(answer.headers);
    return answer;
  };
  const start = must(await step('GET', authorizePath(site)), 303, 'authorize');
  const begun = await step('GET', start.headers.location);
  const path = begun.headers.location ?? start.headers.location;
  const page = begun.status === 303 ? must(await step('GET', path), 200, 'page') : begun;
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
  const form = new URLSearchParams({
    ...(csrf ? { _csrf: csrf } : {}),
    identifier: person.identifier,
    password: person.password,
  });
  const done = must(await step('POST', path, form.toString()), 303, 'login');
  const resume = new URL(done.headers.location, origin);
  const back = must(await step('GET', resume.pathname + resume.search), 303, 'resume');
  await redeem(origin, site, back.headers.location);
  return jar;
}

export async function refresh(origin, site, token) {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }).toString();
  return must(
    await call(origin, 'POST', '/oidc/token', { authorization: basic(site.id, site.secret) }, body),
    200,
    'refresh',
  );
}

export const discovery = async (origin) =>
  must(await call(origin, 'GET', '/.well-known/openid-configuration'), 200, 'discovery');
