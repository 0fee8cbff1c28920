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

/** A browser that walks pages: keeps cookies, knows the form token of the last page. */
class Walker {
  jar = new Jar();
  page = '';

  constructor(origin) {
    this.origin = origin;
  }

  async step(method, path, body) {
    const answer = await call(this.origin, method, path, { cookie: this.jar.header, origin: this.origin }, body);
    this.jar.keep(answer.headers);
    return answer;
  }

  /** Follows our own pages to the one that is shown. */
  async open(location, status = 200) {
    let url = new URL(location, this.origin);
    let answer = await this.step('GET', url.pathname + url.search);
    while (answer.status === 303 && new URL(answer.headers.location, this.origin).origin === this.origin) {
      url = new URL(answer.headers.location, this.origin);
      answer = await this.step('GET', url.pathname + url.search);
    }
    this.page = must(answer, status, url.pathname).text;
    return { path: url.pathname + url.search, answer };
  }

  async post(path, values, status = 303) {
    const csrf = /name="_csrf" value="([^"]+)"/.exec(this.page)?.[1];
    const form = new URLSearchParams({ ...(csrf ? { _csrf: csrf } : {}), ...values });
    const answer = must(await this.step('POST', path, form.toString()), status, `POST ${path}`);
    if (status !== 303) this.page = answer.text;
    return answer;
  }

  async toSite(location, site) {
    const { answer } = await this.open(location, 303);
    return redeem(this.origin, site, answer.headers.location);
  }

  get captchaId() {
    return /name="captchaId"[^>]* value="([^"]+)"/.exec(this.page)?.[1];
  }

  /** The picture of this page, read with the sandbox's help. */
  async captcha() {
    if (!this.captchaId) return {};
    const { answer } = JSON.parse((await call(this.origin, 'GET', `/sandbox/captcha/${this.captchaId}`)).text);
    return { captchaId: this.captchaId, captcha: answer };
  }

  async code(phone) {
    const messages = JSON.parse((await call(this.origin, 'GET', `/sandbox/sms?phone=${phone}`)).text);
    return messages.find(({ code }) => code).code;
  }
}

/** Login with a password, from a new browser to a redeemed code. */
export async function login(origin, site, person) {
  const walker = new Walker(origin);
  const { path } = await walker.open(authorizePath(site));
  const done = await walker.post(path, { identifier: person.identifier, password: person.password });
  await walker.toSite(done.headers.location, site);
  return walker.jar;
}

/** From a new browser to the certificate page; what its challenge is, signed, with the certificate. */
async function certificatePage(walker, site, { certificate, sign }) {
  const { path } = await walker.open(`${authorizePath(site)}&kind=entity`);
  const base = path.split('?')[0];
  await walker.open(`${base}?kind=entity&method=certificate`);
  const challenge = /name="challenge" value="([^"]+)"/.exec(walker.page)[1];
  const signature = sign(Buffer.from(challenge, 'base64')).toString('base64');
  return { base, answer: { challenge, certificate, signature } };
}

/** Login with a bound certificate, from a new browser to a redeemed code. @param holder PEM, and what signs */
export async function certificateLogin(origin, site, holder) {
  const walker = new Walker(origin);
  const { base, answer } = await certificatePage(walker, site, holder);
  const done = await walker.post(`${base}/certificate`, answer);
  await walker.toSite(done.headers.location, site);
  return walker.jar;
}

/** Binds a certificate of a company that has an account: as the login offers it, by the account's password. */
export async function bindCertificate(origin, site, holder, password) {
  const walker = new Walker(origin);
  const { base, answer } = await certificatePage(walker, site, holder);
  await walker.post(`${base}/certificate`, answer, 422);
  const begun = await walker.post(`${base}/replacement/begin`, {});
  const page = await walker.open(begun.headers.location);
  const thumbprint = /name="thumbprint" value="([^"]+)"/.exec(walker.page)[1];
  const done = await walker.post(page.path, { password, thumbprint });
  await walker.toSite(done.headers.location, site);
}

/** The whole of a registration: picture, message, code, agreement, the verification skipped, a redeemed code. */
export async function register(origin, site, phone, password) {
  const walker = new Walker(origin);
  const { path } = await walker.open(`${authorizePath(site)}&prompt=create`);
  const sent = await walker.post(path, { phone, password, ...(await walker.captcha()), deed: 'sms-send' });
  await walker.open(sent.headers.location);
  const agreementVersion = /name="agreementVersion" value="([^"]+)"/.exec(walker.page)?.[1];
  const form = { phone, password: '', smsCode: await walker.code(phone), agreement: 'yes', agreementVersion };
  const made = await walker.post(path, { ...form, deed: 'register-submit' });
  const verification = await walker.open(made.headers.location);
  const skipped = await walker.post(`${verification.path}/skip`, {});
  await walker.toSite(skipped.headers.location, site);
}

/** A forgotten password: picture, message, code, new password, a redeemed code. */
export async function reset(origin, site, phone, password) {
  const walker = new Walker(origin);
  const start = await walker.open(authorizePath(site));
  const base = start.path.replace(/\/login.*/, '/reset');
  await walker.open(base);
  const sent = await walker.post(base, { phone, ...(await walker.captcha()) });
  await walker.open(sent.headers.location);
  const proved = await walker.post(`${base}/code`, { smsCode: await walker.code(phone), deed: 'reset-verify' });
  await walker.open(proved.headers.location);
  const done = await walker.post(`${base}/password`, { password });
  await walker.toSite(done.headers.location, site);
}

/** A page of ours, of a live session. */
export const page = async (origin, jar, path) =>
  must(await call(origin, 'GET', path, { cookie: jar.header }), 200, path);

/**
 * The site sends a browser to sign out, and the browser comes back to it: at once by the hint, or by the page that asks first.
 * @param at.byHint whether the engine takes the hint of this session for the person's word
 */
export async function backFromLogout(origin, jar, { site, hint, byHint }) {
  const whose = byHint ? { id_token_hint: hint } : { client_id: site.id };
  const wish = new URLSearchParams({ ...whose, post_logout_redirect_uri: site.out, state: 'state-of-the-benchmark' });
  const walker = new Walker(origin);
  walker.jar = jar;
  let answer = await walker.step('GET', `/oidc/logout?${wish}`);
  if (!byHint) {
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(must(answer, 200, 'logout').text)[1];
    const form = new URLSearchParams({ xsrf, logout: 'yes' }).toString();
    answer = await walker.step('POST', '/oidc/logout/confirm', form);
  }
  const { location } = must(answer, 303, 'logout').headers;
  if (location !== `${site.out}?state=state-of-the-benchmark`) throw new Error(`not back: ${location}`);
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
