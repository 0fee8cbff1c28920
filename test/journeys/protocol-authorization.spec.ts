import { createHash } from 'node:crypto';
import { Browser } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { startProtocol } from '../support/protocol.js';
import type { Protocol } from '../support/protocol.js';
import type { TestSite } from '../support/site.js';

const LEVEL = 'urn:tongxing:level:';
const essential = (level: number, more: object = {}) =>
  JSON.stringify({ id_token: { acr: { essential: true, values: [`${LEVEL}${level}`], ...more } } });

describe('the authorization endpoint (OpenID Connect Core 3.1.2)', () => {
  let at: Protocol<'site' | 'plain' | 'strict' | 'entities' | 'narrow' | 'wishing'>;
  let site: TestSite;
  let origin: string;

  beforeAll(async () => {
    at = await startProtocol({
      site: {},
      plain: { require_pkce: false, token_endpoint_auth_method: 'client_secret_post' },
      strict: { required_acr: `${LEVEL}1` },
      entities: { account_kinds: ['entity'] },
      narrow: { scope: undefined },
      wishing: { default_acr_values: [`${LEVEL}1`], default_max_age: 600 },
    });
    site = at.sites.site;
    origin = at.service.origin;
  });
  afterAll(async () => at.close());

  /** The parameters that came back to the site by redirect, without anybody following it. */
  const back = async (who: TestSite, more: Record<string, string>, browser = at.citizen.browser) => {
    const answer = await browser.request('GET', await who.loginUrl(origin, more));
    const location = answer.headers.get('location') ?? '';
    return location.startsWith(who.origin)
      ? Object.fromEntries(new URL(location).searchParams)
      : { status: answer.status };
  };
  const newcomer = async (): Promise<Citizen> => {
    const citizen = new Citizen(at.service);
    await citizen.hasAccount(await site.loginUrl(origin));
    return citizen;
  };

  describe('requests', () => {
    it('answers prompt=none without a session by login_required, with the whole state and nothing besides', async () => {
      const state = `${'s'.repeat(120)}<&"'\u00e9%20+`;
      const answer = await back(site, { prompt: 'none', state }, new Browser());
      expect(answer).toEqual({
        error: 'login_required',
        error_description: 'End-User authentication is required',
        state,
        iss: origin,
      });
    });

    it('answers prompt=none with a session silently: same sub, same auth_time, a hint of it or none', async () => {
      await at.asks(site);
      const { sub, auth_time: first } = site.lastLogin.claims;
      await at.asks(site, { prompt: 'none', id_token_hint: site.lastLogin.tokens.id_token as string });
      expect(site.lastLogin.claims).toMatchObject({ sub, auth_time: first });
    });

    it('takes a hint of another person for a login that is needed, and another site’s hint for none', async () => {
      const other = await newcomer();
      const theirs = site.lastLogin.tokens.id_token as string;
      expect(await back(site, { prompt: 'none', id_token_hint: theirs })).toMatchObject({ error: 'login_required' });
      expect(await back(at.sites.plain, { prompt: 'none', id_token_hint: theirs }, other.browser)).toMatchObject({
        error: 'invalid_request',
      });
      const unsigned = [Buffer.from('{"alg":"none"}').toString('base64url'), theirs.split('.')[1], ''].join('.');
      expect(await back(site, { prompt: 'none', id_token_hint: unsigned }, other.browser)).toMatchObject({
        error: 'invalid_request',
      });
    });

    it('shows the login page for prompt=login and for an old max_age, and moves auth_time', async () => {
      const { clock } = at.service;
      await at.asks(site);
      const first = site.lastLogin.claims.auth_time as number;
      clock.advance(60);
      const page = await at.asks(site, { max_age: '30' });
      expect(page.has('#login-submit')).toBe(true);
      expect((await at.citizen.logsIn(page)).title).toBe('logged in');
      const second = site.lastLogin.claims.auth_time as number;
      expect(second).toBeGreaterThan(first + 50);
      for (const age of ['15000', '10000']) {
        expect((await at.asks(site, { max_age: age })).title).toBe('logged in');
        expect(site.lastLogin.claims.auth_time).toBe(second);
      }
      expect((await at.asks(site, { prompt: 'login' })).has('#login-submit')).toBe(true);
      expect((await at.asks(site, { max_age: '0' })).has('#login-submit')).toBe(true);
      expect(await back(site, { prompt: 'none', max_age: '-1' })).toMatchObject({ error: 'invalid_request' });
      clock.advance(601);
      expect(await back(at.sites.wishing, { prompt: 'none' })).toMatchObject({ error: 'login_required' });
      await at.citizen.logsIn(await at.asks(site, { prompt: 'login' }));
    });

    it('opens registration for prompt=create, and the right page for a kind', async () => {
      const create = await at.asks(site, { prompt: 'create' }, new Browser());
      expect(create.has('#register-submit')).toBe(true);
      const entity = await at.asks(site, { kind: 'entity' }, new Browser());
      expect(entity.path).toContain('kind=entity');
      expect((await at.asks(site, { kind: 'robot' }, new Browser())).path).not.toContain('kind');
    });

    it('fills in login_hint, speaks the language of ui_locales, and minds no other wish', async () => {
      const wishes = { display: 'popup', claims_locales: 'se', unknown: 'parameter' };
      const hinted = await at.asks(site, { login_hint: '13812345678', ui_locales: 'en', ...wishes }, new Browser());
      expect(hinted.value('identifier')).toBe('13812345678');
      expect(hinted.html).toContain('lang="en"');
      const markup = await at.asks(
        site,
        { login_hint: '"><script>alert(1)</script>', ui_locales: 'se' },
        new Browser(),
      );
      expect(markup.html).not.toContain('<script>alert');
      expect(markup.value('identifier')).toBe('"><script>alert(1)</script>');
      expect((await at.asks(site, { login_hint: 'buffy@localhost', display: 'page' })).title).toBe('logged in');
    });

    it('refuses repeated parameters, unknown prompts, none beside another, and what is not there', async () => {
      const url = new URL(await site.loginUrl(origin));
      url.searchParams.append('scope', 'openid phone');
      const twice = await at.citizen.browser.request('GET', url.href);
      expect(new URL(twice.headers.get('location') as string).searchParams.get('error')).toBe('invalid_request');
      for (const prompt of ['party', 'none login']) {
        expect(await back(site, { prompt })).toMatchObject({ error: 'invalid_request' });
      }
      expect((await at.asks(site, { request: 'e30.e30.' })).text).toMatch(/request_not_supported/);
      expect((await at.asks(site, { request_uri: 'https://a.example/r' })).text).toMatch(/request_uri_not_supported/);
      expect(await back(site, { registration: '{}' })).toMatchObject({ error: 'registration_not_supported' });
    });

    it('knows the code alone: no response_type, implicit, hybrid and none are refused', async () => {
      for (const type of ['token', 'id_token', 'code id_token', 'none']) {
        const answer = await at.citizen.browser.request('GET', await site.loginUrl(origin, { response_type: type }));
        expect(answer.headers.get('location')).toMatch(/[?#]error=unsupported_response_type/);
      }
      const url = new URL(await site.loginUrl(origin));
      url.searchParams.delete('response_type');
      const without = await at.citizen.browser.request('GET', url.href);
      expect(without.headers.get('location')).toMatch(/error=invalid_request/);
    });

    it('gives a site the scopes of its registration and no others; without one, openid alone', async () => {
      expect(await back(at.sites.narrow, { scope: 'openid phone' })).toMatchObject({ error: 'invalid_scope' });
      expect((await at.asks(at.sites.narrow)).title).toBe('logged in');
      expect((await at.asks(site, { scope: 'unknown openid' })).title).toBe('logged in');
      expect(site.lastLogin.tokens['scope']).toBe('openid');
    });
  });

  describe('where the answer goes', () => {
    it('answers by form_post with a script that its policy lets run, and markup in the state stays text', async () => {
      const state = `"/><script>alert(1)</script>'&amp;`;
      const url = await site.loginUrl(origin, { response_mode: 'form_post', state });
      const answer = await at.citizen.browser.request('GET', url);
      const html = await answer.text();
      const script = /<script>([^<]*)<\/script>/.exec(html)?.[1] as string;
      const hash = createHash('sha256').update(script).digest('base64');
      expect(answer.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
      expect(answer.headers.get('content-security-policy')).not.toContain('form-action');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(html).toContain(`action="${site.origin}/callback"`);
      expect(html).not.toContain('<script>alert');
      expect(html.match(/<script/g)).toHaveLength(1);
      expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    });

    it('without script it is a page with a button, in the person’s language', async () => {
      const url = await site.loginUrl(origin, { response_mode: 'form_post', state: '<noscript>$&</noscript>' });
      const page = await at.citizen.browser.open(url);
      expect(page.html).toContain('<html lang="zh-CN">');
      expect(page.html).toContain('如果没有自动跳转，请点下面的按钮');
      const { action, fields } = page.form('form-post-submit');
      expect([action, fields['state']]).toEqual([`${site.origin}/callback`, '<noscript>$&</noscript>']);
      expect(fields['code']).toMatch(/^[\w-]{43}$/);
      const english = await at.citizen.browser.open(`${url}&ui_locales=en`);
      expect(english.html).toContain('If nothing happens');
    });

    it('an error by form_post keeps markup in the state text as well', async () => {
      const url = await site.loginUrl(origin, { response_mode: 'form_post', prompt: 'none', state: '"><b>' });
      const html = await (await new Browser().request('GET', url)).text();
      expect(html).toContain('login_required');
      expect(html).not.toContain('"><b>');
    });

    it.each([
      ['an appended path', (uri: string) => `${uri}/more`],
      ['an added query', (uri: string) => `${uri}?a=b`],
      ['a fragment', (uri: string) => `${uri}#a`],
      ['another host', () => 'https://evil.example/callback'],
      ['a host before it', (uri: string) => uri.replace('127.0.0.1', '127.0.0.1@evil.example')],
      ['a host after it', (uri: string) => uri.replace('/callback', '.evil.example/callback')],
      ['another port', (uri: string) => uri.replace(/:\d+\//, ':1/')],
      ['another scheme', (uri: string) => uri.replace('http:', 'javascript:')],
      ['dots in its path', (uri: string) => uri.replace('/callback', '/x/../callback')],
      ['another case', (uri: string) => uri.replace('/callback', '/Callback')],
      ['an encoded letter', (uri: string) => uri.replace('/callback', '/%63allback')],
      ['a trailing slash', (uri: string) => `${uri}/`],
      ['a space before it', (uri: string) => ` ${uri}`],
      ['a line break', (uri: string) => `${uri}\r\nset-cookie: a=b`],
    ])('shows its own error page, and no redirect, for a redirect_uri with %s', async (_what, change) => {
      const page = await at.asks(site, { redirect_uri: change(`${site.origin}/callback`), prompt: 'none' });
      expect([page.url.origin, page.status]).toEqual([origin, 400]);
      expect(page.text).toContain('invalid_redirect_uri');
      expect(page.headers.getSetCookie().join()).not.toContain('a=b');
    });

    it('shows an error page for a missing redirect_uri and for an unknown client', async () => {
      const url = new URL(await site.loginUrl(origin));
      url.searchParams.delete('redirect_uri');
      const missing = await at.citizen.browser.open(url.href);
      expect([missing.url.origin, missing.status]).toEqual([origin, 400]);
      expect(missing.text).toContain('invalid_request');
      const unknown = await at.asks(site, { client_id: '<script>alert(1)</script>', ui_locales: 'en' });
      expect([unknown.url.origin, unknown.status]).toEqual([origin, 400]);
      expect(unknown.title).toBe("Something is wrong with the site's login request");
      expect(unknown.text).toContain('invalid_client');
      expect(unknown.html).not.toContain('<script>alert');
    });

    it('in a demonstration the error page says what was registered and what came, and links back to the site alone', async () => {
      const page = await at.asks(site, { redirect_uri: 'https://evil.example/<b>', login_hint: '13812345678' });
      const detail = page.all('#developer-detail')[0]?.text;
      expect(detail).toContain(`登记的是：${site.origin}/callback`);
      expect(detail).toContain('收到的是：redirect_uri=https://evil.example/<b>');
      expect(detail).not.toContain('13812345678');
      expect(page.html).not.toContain('<b>');
      expect(page.all('main a').map((link) => link.getAttribute('href'))).toContain(`${site.origin}/`);
      expect(page.html).not.toContain('href="https://evil.example');
    });

    it('refuses a request without PKCE, or with the plain method, unless the registration lets it', async () => {
      const without = async (who: TestSite) => {
        const url = new URL(await who.loginUrl(origin));
        url.searchParams.delete('code_challenge');
        url.searchParams.delete('code_challenge_method');
        url.searchParams.delete('nonce');
        return at.citizen.browser.request('GET', url.href);
      };
      expect((await without(site)).headers.get('location')).toContain('error=invalid_request');
      for (const who of [site, at.sites.plain]) {
        expect(await back(who, { code_challenge_method: 'plain' })).toMatchObject({ error: 'invalid_request' });
      }
      const code = new URL((await without(at.sites.plain)).headers.get('location') as string).searchParams.get('code');
      const tokens = await at.post('/oidc/token', {
        grant_type: 'authorization_code',
        code: code as string,
        redirect_uri: `${at.sites.plain.origin}/callback`,
        client_id: 'plain',
        client_secret: 'a-secret-of-the-tests-a-secret-of-the-tests-0',
      });
      expect(tokens.status).toBe(200);
      expect((await tokens.json()) as object).not.toHaveProperty('error');
    });

    it('gives a fresh code of 256 bits each time, and says who gave it', async () => {
      const answers = await Promise.all([back(site, { prompt: 'none' }), back(site, { prompt: 'none' })]);
      const codes = answers.map((answer) => (answer as { code: string }).code);
      expect(new Set(codes).size).toBe(2);
      for (const code of codes) expect(code).toMatch(/^[\w-]{43}$/);
      for (const answer of answers) expect(answer).toMatchObject({ iss: origin });
    });

    it('a resumed journey that is over says so, and where to go', async () => {
      const page = await at.asks(site, {}, new Browser());
      const resume = `${origin}/oidc/auth/${page.url.pathname.split('/')[2]}`;
      const gone = await new Browser().open(resume);
      expect([gone.status, gone.codes]).toEqual([400, ['interaction.expired']]);
      expect((await at.citizen.browser.open(`${origin}/oidc/auth/nobody`)).codes).toEqual(['interaction.expired']);
    });
  });

  describe('levels (R-1.5)', () => {
    it('serves at any level of acr_values, and succeeds with all of them', async () => {
      const { acr_values_supported: all } = (await (
        await fetch(`${origin}/.well-known/openid-configuration`)
      ).json()) as { acr_values_supported: string[] };
      expect((await at.asks(site, { acr_values: all.join(' ') })).title).toBe('logged in');
      expect(all).toContain(site.lastLogin.claims.acr);
      expect(site.lastLogin.claims.acr).toBe(`${LEVEL}1`);
    });

    it('offers a wish once, of the request or of the registration, and goes on at the lower level', async () => {
      const { browser } = await newcomer();
      for (const [who, more] of [
        [site, { acr_values: `${LEVEL}1` }],
        [at.sites.wishing, {}],
      ] as const) {
        const page = await at.asks(who, more, browser);
        expect(page.path).toMatch(/verification$/);
        expect((await page.press('verification-skip')).title).toBe('logged in');
        expect(who.lastLogin.claims.acr).toBe(`${LEVEL}0`);
      }
    });

    it('insists on a registered required_acr; declining gives access_denied; prompt=none an error', async () => {
      const { browser } = await newcomer();
      const page = await at.asks(at.sites.strict, { acr_values: `${LEVEL}0` }, browser);
      expect((await page.press('verification-skip')).text).toBe('access_denied');
      const silent = await at.asks(at.sites.strict, { prompt: 'none' }, browser);
      expect(silent.text).toBe('interaction_required');
    });

    it('goes on with the same request once the level is reached', async () => {
      const citizen = await newcomer();
      const request = {
        claims: essential(1),
        state: 'the-same-state',
        nonce: 'the-same-nonce',
        scope: 'openid profile',
      };
      const page = await at.asks(site, request, citizen.browser);
      const { action, fields } = page.form('verification-submit');
      const form = new URLSearchParams({ ...fields, name: '陈静', idNumber: '130402197609100083' });
      const resumed = await citizen.browser.request('POST', action, form.toString());
      const answer = await citizen.browser.request('GET', resumed.headers.get('location') as string);
      const location = new URL(answer.headers.get('location') as string);
      expect(location.origin).toBe(site.origin);
      expect(location.searchParams.get('state')).toBe('the-same-state');
    });

    it('reads the essential acr although acr_values is there, the strictest counts, and none is offered beyond reach', async () => {
      const { browser } = await newcomer();
      const both = await at.asks(site, { acr_values: `${LEVEL}0`, claims: essential(1) }, browser);
      expect(both.has('#verification-submit')).toBe(true);
      const strictest = await at.asks(at.sites.strict, { claims: essential(0) }, browser);
      expect(strictest.has('#verification-submit')).toBe(true);
      expect((await at.asks(site, { claims: essential(3) })).text).toBe('unmet_authentication_requirements');
      const unknown = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:elsewhere' } } });
      expect((await at.asks(site, { claims: unknown })).text).toBe('unmet_authentication_requirements');
    });

    it('refuses a person at a site for legal entities with a page, never a code', async () => {
      const page = await at.asks(at.sites.entities);
      expect(page.path).toMatch(/account-kind$/);
      expect((await page.press('login-cancel')).text).toBe('access_denied');
      expect((await at.asks(at.sites.entities, { prompt: 'none' })).text).toBe('interaction_required');
    });
  });

  describe('the claims parameter', () => {
    it.each([
      ['no JSON', '{'],
      ['no object', '[]'],
      ['neither of its members', '{"other":{}}'],
      ['a member that is no object', '{"userinfo":"name"}'],
      ['null for a member', '{"id_token":null}'],
      ['a claim asked for by a text', '{"userinfo":{"name":"yes"}}'],
      ['a sub that is a text', '{"id_token":{"sub":"somebody"}}'],
      ['an acr whose values are a text', essential(1, { values: `${LEVEL}1` })],
      ['an acr whose value is a list', essential(1, { values: undefined, value: [`${LEVEL}1`] })],
      ['an acr whose values are numbers', essential(1, { values: [1] })],
    ])('with %s is refused, and never taken for no demand', async (_what, claims) => {
      expect(await back(site, { claims, prompt: 'none' })).toMatchObject({ error: 'invalid_request' });
      expect(await back(site, { claims }, new Browser())).toMatchObject({ error: 'invalid_request' });
    });

    it('for the subject of somebody else asks for a login, and for this one’s is silent', async () => {
      await at.asks(site);
      const { sub } = site.lastLogin.claims;
      const subject = (value: string) => JSON.stringify({ id_token: { sub: { value } } });
      expect(await back(site, { claims: subject('somebody'), prompt: 'none' })).toMatchObject({
        error: 'login_required',
      });
      expect(await back(site, { claims: subject(sub), prompt: 'none' })).toHaveProperty('code');
    });

    it('gets nothing that the scope would not: no permission, no registration, no name of ours', async () => {
      const ask = (name: string) => JSON.stringify({ userinfo: { [name]: { essential: true } } });
      expect(await back(site, { claims: ask('id_number'), prompt: 'none' })).toMatchObject({
        error: 'consent_required',
      });
      for (const name of ['real_name', 'phone_number', '__proto__', 'constructor', 'password', 'toString']) {
        await at.asks(at.sites.narrow, { claims: ask(name) });
        const { lastLogin } = at.sites.narrow;
        expect(await at.sites.narrow.userinfo(lastLogin)).toEqual({ sub: lastLogin.claims.sub });
      }
    });
  });
});
