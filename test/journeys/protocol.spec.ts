import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import * as jose from 'jose';
import { SigningKeys } from '../../src/oidc/signing-keys.service.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { Browser } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { SITE_SECRET, TestSite, sitesFile } from '../support/site.js';

const LEVEL = 'urn:tongxing:level:';
const essential = (level: number) =>
  JSON.stringify({ id_token: { acr: { essential: true, values: [`${LEVEL}${level}`] } } });

describe('the protocol, as OpenID Connect Core says', () => {
  let service: RunningService;
  let site: TestSite;
  let other: TestSite;
  let pairwise: TestSite;
  let plain: TestSite;
  let strict: TestSite;
  let entities: TestSite;
  let duty: TestSite;
  let keyed: TestSite;
  let citizen: Citizen;
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  beforeAll(async () => {
    const start = async (id: string) => TestSite.start(id);
    [site, other, pairwise, plain, strict, entities, duty, keyed] = await Promise.all([
      start('site'),
      start('other'),
      start('pairwise'),
      start('plain'),
      start('strict'),
      start('entities'),
      start('duty'),
      start('keyed'),
    ]);
    service = await startService('hubei', {
      SITES_FILE: sitesFile([
        site.metadata(),
        other.metadata({ grant_types: ['authorization_code'] }),
        pairwise.metadata({ subject_type: 'pairwise' }),
        plain.metadata({ require_pkce: false, token_endpoint_auth_method: 'client_secret_post' }),
        strict.metadata({ required_acr: `${LEVEL}1` }),
        entities.metadata({ account_kinds: ['entity'] }),
        duty.metadata({ permission_required: false, id_token_signed_response_alg: 'ES256' }),
        keyed.metadata({
          client_secret: undefined,
          token_endpoint_auth_method: 'private_key_jwt',
          jwks: { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }] },
        }),
      ]),
    });
    citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin), { name: '张三', idNumber: '420106199003071019' });
  });

  afterAll(async () => {
    await service.close();
    for (const one of [site, other, pairwise, plain, strict, entities, duty, keyed]) await one.close();
  });

  const asks = async (who: TestSite, more: Record<string, string> = {}) =>
    citizen.browser.open(await who.loginUrl(service.origin, more));

  const basic = (id: string, secret = SITE_SECRET) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

  const post = async (path: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(service.origin + path, { method: 'POST', body: new URLSearchParams(body), headers });

  describe('discovery and keys', () => {
    it('names everything under the issuer, and what is supported', async () => {
      const answer = await fetch(`${service.origin}/.well-known/openid-configuration`);
      const metadata = (await answer.json()) as Record<string, unknown>;
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(metadata).toMatchObject({
        issuer: service.origin,
        token_endpoint: `${service.origin}/oidc/token`,
        end_session_endpoint: `${service.origin}/oidc/logout`,
        pushed_authorization_request_endpoint: `${service.origin}/oidc/par`,
        response_types_supported: ['code'],
        ui_locales_supported: ['zh-CN', 'en'],
        subject_types_supported: ['public', 'pairwise'],
        backchannel_logout_supported: true,
        backchannel_logout_session_supported: true,
        code_challenge_methods_supported: ['S256'],
      });
      expect(metadata['grant_types_supported']).toEqual(
        expect.not.arrayContaining(['implicit', 'password', 'client_credentials']),
      );
      expect(metadata['id_token_signing_alg_values_supported']).toEqual(['RS256', 'ES256']);
    });

    it('publishes public keys only, each with a kid of its own, the next ones ahead of their use', async () => {
      const { keys: published } = (await (await fetch(`${service.origin}/oidc/jwks`)).json()) as {
        keys: Record<string, string>[];
      };
      expect(published).toHaveLength(4);
      expect(new Set(published.map(({ kid }) => kid)).size).toBe(4);
      for (const key of published) for (const member of ['d', 'p', 'q', 'k']) expect(key[member]).toBeUndefined();
    });

    it('rotates keys without a restart and without a token refused', async () => {
      await asks(site);
      const before = site.lastLogin;
      service.clock.advance(60);
      await service.app.get(SigningKeys).rotate();
      await service.app.get(Engine).refresh();
      await asks(site);
      const kids = [before, site.lastLogin].map(
        ({ tokens }) => jose.decodeProtectedHeader(tokens.id_token as string).kid,
      );
      expect(kids[0]).not.toBe(kids[1]);
      expect((await site.userinfo(before)).sub).toBe(before.claims.sub);
      const jwks = jose.createRemoteJWKSet(new URL(`${service.origin}/oidc/jwks`));
      for (const { tokens } of [before, site.lastLogin]) {
        await expect(jose.jwtVerify(tokens.id_token as string, jwks)).resolves.toBeDefined();
      }
    });
  });

  describe('the authorization endpoint', () => {
    it('answers prompt=none without a session by login_required, with the whole state', async () => {
      const state = 's'.repeat(128);
      const answer = await new Browser().request('GET', await site.loginUrl(service.origin, { prompt: 'none', state }));
      const back = new URL(answer.headers.get('location') as string).searchParams;
      expect(back.get('error')).toBe('login_required');
      expect(back.get('state')).toBe(state);
      expect(back.get('iss')).toBe(service.origin);
    });

    it('answers prompt=none with a session silently: same sub, same auth_time', async () => {
      await asks(site);
      const { sub, auth_time: first } = site.lastLogin.claims;
      await asks(site, { prompt: 'none', id_token_hint: site.lastLogin.tokens.id_token as string });
      expect(site.lastLogin.claims).toMatchObject({ sub, auth_time: first });
    });

    it('shows the login page for prompt=login and for an old max_age, and moves auth_time', async () => {
      await asks(site);
      const first = site.lastLogin.claims.auth_time as number;
      service.clock.advance(60);
      const page = await asks(site, { max_age: '30' });
      expect(page.has('#login-submit')).toBe(true);
      expect((await citizen.logsIn(page)).title).toBe('logged in');
      const second = site.lastLogin.claims.auth_time as number;
      expect(second).toBeGreaterThan(first + 50);
      expect((await asks(site, { max_age: '15000' })).title).toBe('logged in');
      expect(site.lastLogin.claims.auth_time).toBe(second);
      expect((await asks(site, { prompt: 'login' })).has('#login-submit')).toBe(true);
    });

    it('opens registration for prompt=create, and the right page for a kind', async () => {
      const stranger = new Browser();
      const create = await stranger.open(await site.loginUrl(service.origin, { prompt: 'create' }));
      expect(create.has('#register-submit')).toBe(true);
      const entity = await stranger.open(await site.loginUrl(service.origin, { kind: 'entity' }));
      expect(entity.path).toContain('kind=entity');
    });

    it('fills in login_hint, and speaks the language of ui_locales', async () => {
      const hinted = await new Browser().open(
        await site.loginUrl(service.origin, { login_hint: '13812345678', ui_locales: 'en', display: 'popup' }),
      );
      expect(hinted.value('identifier')).toBe('13812345678');
      expect(hinted.html).toContain('lang="en"');
    });

    it('answers by form_post with a script that its policy lets run', async () => {
      const answer = await citizen.browser.request(
        'GET',
        await site.loginUrl(service.origin, { response_mode: 'form_post' }),
      );
      const html = await answer.text();
      const script = /<script>([^<]*)<\/script>/.exec(html)?.[1] as string;
      const hash = createHash('sha256').update(script).digest('base64');
      expect(answer.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
      expect(answer.headers.get('content-security-policy')).not.toContain('form-action');
      expect(html).toContain(`action="${site.origin}/callback"`);
    });

    it.each([
      ['an appended path', (uri: string) => `${uri}/more`],
      ['an added query', (uri: string) => `${uri}?a=b`],
      ['a fragment', (uri: string) => `${uri}#a`],
      ['another host', () => 'https://evil.example/callback'],
    ])('shows its own error page, and no redirect, for a redirect_uri with %s', async (_what, change) => {
      const page = await asks(site, { redirect_uri: change(`${site.origin}/callback`) });
      expect(page.url.origin).toBe(service.origin);
      expect(page.status).toBe(400);
      expect(page.text).toContain('invalid_redirect_uri');
    });

    it('shows an error page for a missing redirect_uri and for an unknown client', async () => {
      const url = new URL(await site.loginUrl(service.origin));
      url.searchParams.delete('redirect_uri');
      expect((await citizen.browser.open(url.href)).text).toContain('invalid_request');
      const unknown = await asks(site, { client_id: '<script>alert(1)</script>' });
      expect(unknown.text).toContain('invalid_client');
      expect(unknown.html).not.toContain('<script>alert');
    });

    it('refuses a request without PKCE unless the registration lets it', async () => {
      const url = new URL(await site.loginUrl(service.origin));
      url.searchParams.delete('code_challenge');
      url.searchParams.delete('code_challenge_method');
      expect((await citizen.browser.open(url.href)).text).toBe('invalid_request');
      const lenient = new URL(await plain.loginUrl(service.origin));
      lenient.searchParams.delete('code_challenge');
      lenient.searchParams.delete('code_challenge_method');
      const answer = await citizen.browser.request('GET', lenient.href);
      const code = new URL(answer.headers.get('location') as string).searchParams.get('code') as string;
      const tokens = await post('/oidc/token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: `${plain.origin}/callback`,
        client_id: 'plain',
        client_secret: SITE_SECRET,
      });
      expect(tokens.status).toBe(200);
      expect(tokens.headers.get('cache-control')).toContain('no-store');
    });

    it('answers request and request_uri as not supported', async () => {
      const request = await asks(site, { request: 'e30.e30.' });
      expect(request.text).toMatch(/request_not_supported/);
      expect((await asks(site, { request_uri: 'https://a.example/r' })).text).toMatch(/request_uri_not_supported/);
    });
  });

  describe('levels (R-1.5)', () => {
    it('serves at any level of acr_values, and succeeds with all of them', async () => {
      expect((await asks(site, { acr_values: `${LEVEL}0 ${LEVEL}1` })).title).toBe('logged in');
      expect(site.lastLogin.claims.acr).toBe(`${LEVEL}1`);
    });

    it('offers a wish once, and goes on at the lower level', async () => {
      const newcomer = new Citizen(service);
      await newcomer.hasAccount(await site.loginUrl(service.origin));
      const page = await newcomer.browser.open(await site.loginUrl(service.origin, { acr_values: `${LEVEL}1` }));
      expect(page.path).toMatch(/verification$/);
      expect((await page.press('verification-skip')).title).toBe('logged in');
      expect(site.lastLogin.claims.acr).toBe(`${LEVEL}0`);
    });

    it('insists on a registered required_acr; declining gives access_denied; prompt=none an error', async () => {
      const newcomer = new Citizen(service);
      await newcomer.hasAccount(await site.loginUrl(service.origin));
      const page = await newcomer.browser.open(await strict.loginUrl(service.origin, { acr_values: `${LEVEL}0` }));
      expect((await page.press('verification-skip')).text).toBe('access_denied');
      const silent = await newcomer.browser.open(await strict.loginUrl(service.origin, { prompt: 'none' }));
      expect(silent.text).toBe('interaction_required');
    });

    it('reads the essential acr although acr_values is there, and never offers what cannot be reached', async () => {
      const newcomer = new Citizen(service);
      await newcomer.hasAccount(await site.loginUrl(service.origin));
      const both = await newcomer.browser.open(
        await site.loginUrl(service.origin, { acr_values: `${LEVEL}0`, claims: essential(1) }),
      );
      expect(both.has('#verification-submit')).toBe(true);
      const far = await asks(site, { claims: essential(3) });
      expect(far.text).toBe('unmet_authentication_requirements');
    });

    it('refuses a person at a site for legal entities with a page, never a code', async () => {
      const page = await asks(entities);
      expect(page.path).toMatch(/account-kind$/);
      expect((await page.press('login-cancel')).text).toBe('access_denied');
    });
  });

  describe('tokens and userinfo', () => {
    it('puts acr, amr, auth_time, sid and account_kind into every ID token, and no person data', async () => {
      const claims = JSON.stringify({
        id_token: { real_name: null, phone_number: null },
        userinfo: { name: { essential: true } },
      });
      await asks(site, { claims });
      const { claims: token } = site.lastLogin;
      expect(token).toMatchObject({ acr: expect.any(String), amr: expect.any(Array), auth_time: expect.any(Number) });
      expect(token).toMatchObject({ sid: expect.any(String), account_kind: 'person' });
      expect(Object.keys(token)).not.toEqual(expect.arrayContaining(['real_name']));
      expect(token['phone_number']).toBeUndefined();
      expect(await site.userinfo(site.lastLogin)).toMatchObject({ name: '张*' });
    });

    it('a claim asked for one by one needs the permission of its scope', async () => {
      const claims = JSON.stringify({ userinfo: { id_number: null } });
      const silent = await asks(other, { claims, prompt: 'none' });
      expect(silent.text).toBe('consent_required');
    });

    it('knows a pairwise site by a subject of its own, everywhere', async () => {
      await asks(site);
      await asks(pairwise);
      const { sub } = pairwise.lastLogin.claims;
      expect(sub).not.toBe(site.lastLogin.claims.sub);
      expect((await pairwise.userinfo(pairwise.lastLogin)).sub).toBe(sub);
    });

    it('gives a site of duty the data without a permission, and signs ES256 for it', async () => {
      expect((await asks(duty, { scope: 'openid real_name' })).title).toBe('logged in');
      expect(jose.decodeProtectedHeader(duty.lastLogin.tokens.id_token as string).alg).toBe('ES256');
      expect(await duty.userinfo(duty.lastLogin)).toMatchObject({ real_name: '张三' });
    });

    it('a refresh carries today’s level, the same auth_time, and is refused to another site', async () => {
      await asks(site);
      const login = site.lastLogin;
      const fresh = await site.refresh(login);
      expect(fresh.claims()).toMatchObject({
        sub: login.claims.sub,
        auth_time: login.claims.auth_time,
        acr: `${LEVEL}1`,
      });
      const stolen = await post(
        '/oidc/token',
        { grant_type: 'refresh_token', refresh_token: login.tokens.refresh_token as string },
        { authorization: basic('pairwise') },
      );
      expect(stolen.status).toBe(400);
      expect(await stolen.json()).toMatchObject({ error: 'invalid_grant' });
    });

    it('introspection and revocation answer only for the caller’s own tokens', async () => {
      await asks(site);
      const token = site.lastLogin.tokens.access_token;
      const mine = await post('/oidc/introspect', { token }, { authorization: basic('site') });
      expect(await mine.json()).toMatchObject({ active: true });
      const theirs = await post('/oidc/introspect', { token }, { authorization: basic('pairwise') });
      expect(await theirs.json()).toEqual({ active: false });
      await post('/oidc/revoke', { token }, { authorization: basic('pairwise') });
      expect((await site.userinfo(site.lastLogin)).sub).toBeDefined();
      await post('/oidc/revoke', { token }, { authorization: basic('site') });
      await expect(site.userinfo(site.lastLogin)).rejects.toThrow();
    });

    it('authenticates a site by private_key_jwt, once per assertion', async () => {
      const configuration = await fetch(`${service.origin}/.well-known/openid-configuration`);
      expect(configuration.status).toBe(200);
      const assertion = await new jose.SignJWT({})
        .setProtectedHeader({ alg: 'ES256', kid: 'k' })
        .setIssuer('keyed')
        .setSubject('keyed')
        .setAudience(service.origin)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(keys.privateKey);
      const par = async () =>
        post('/oidc/par', {
          client_id: 'keyed',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion,
          response_type: 'code',
          scope: 'openid',
          redirect_uri: `${keyed.origin}/callback`,
          code_challenge: randomBytes(32).toString('base64url'),
          code_challenge_method: 'S256',
        });
      const first = await par();
      expect({ status: first.status, body: await first.json() }).toMatchObject({ status: 201 });
      expect((await par()).status).toBe(401);
    });

    it('refuses a wrong secret, a password grant and an implicit request', async () => {
      const wrong = await post(
        '/oidc/token',
        { grant_type: 'authorization_code', code: 'x' },
        { authorization: basic('site', 'wrong') },
      );
      expect(wrong.status).toBe(401);
      const password = await post(
        '/oidc/token',
        { grant_type: 'password', username: 'a', password: 'b' },
        { authorization: basic('site') },
      );
      expect(await password.json()).toMatchObject({ error: 'unsupported_grant_type' });
      const implicit = await citizen.browser.request(
        'GET',
        await site.loginUrl(service.origin, { response_type: 'token' }),
      );
      expect(implicit.headers.get('location')).toContain('#error=unsupported_response_type');
    });

    it('offline access outlives the logout, and ends with the permission', async () => {
      const person = new Citizen(service);
      await person.hasAccount(await site.loginUrl(service.origin));
      const page = await person.browser.open(
        await site.loginUrl(service.origin, { scope: 'openid offline_access', prompt: 'consent' }),
      );
      expect(page.path).toMatch(/permission$/);
      await page.press('permission-submit');
      const login = site.lastLogin;
      await person.browser.open(site.logoutUrl(login));
      expect((await site.refresh(login)).access_token).toBeDefined();

      const inside = await person.logsIn(await person.browser.open(`${service.origin}/account/sites`));
      await inside.press('site-revoke-1');
      await expect(site.refresh(login)).rejects.toThrow();
    });
  });

  describe('signing out', () => {
    it('asks a session without a hint, and says what it did: a receipt of who was told', async () => {
      const person = new Citizen(service);
      await person.hasAccount(await site.loginUrl(service.origin));
      await person.browser.open(await other.loginUrl(service.origin));
      other.backChannelStatus = 500;
      const asked = await person.browser.open(`${service.origin}/oidc/logout`);
      expect(asked.title).toBe('还差一步：退出所有站点');
      const receipt = await asked.press('logout-confirm');
      other.backChannelStatus = 200;
      expect(receipt.title).toBe('您已退出');
      expect(receipt.all('#told li').map(({ text }) => text)).toEqual([site.name]);
      expect(receipt.all('#not-told li').map(({ text }) => text)).toEqual([other.name]);
      const told = other.logoutTokens.length;
      await fetch(`${service.origin}/sandbox/clock`, { method: 'POST', body: new URLSearchParams({ advance: '40' }) });
      await other.told(told + 1);
    });

    it('an expired hint of this session signs out at once; without a session it answers at once too', async () => {
      const person = new Citizen(service);
      await person.hasAccount(await site.loginUrl(service.origin));
      const login = site.lastLogin;
      service.clock.advance(3600);
      const out = await person.browser.request('GET', site.logoutUrl(login, { state: 'z' }));
      expect(out.status).toBe(303);
      expect(out.headers.get('location')).toBe(`${site.origin}/signed-out?state=z`);
      const again = await person.browser.request('GET', site.logoutUrl(login));
      expect(again.headers.get('location')).toBe(`${site.origin}/signed-out`);
      const bare = await new Browser().open(`${service.origin}/oidc/logout`);
      expect(bare.title).toBe('您已退出');
    });

    it('does not redirect to an address that is not registered, nor for a forged hint', async () => {
      const person = new Citizen(service);
      await person.hasAccount(await site.loginUrl(service.origin));
      const login = site.lastLogin;
      for (const uri of ['https://evil.example/', `${site.origin}/signed-out?foo=bar`]) {
        const page = await person.browser.open(site.logoutUrl(login, { post_logout_redirect_uri: uri }));
        expect(page.url.origin).toBe(service.origin);
        expect(page.status).toBe(400);
      }
      const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(login.tokens.id_token as string).split('.')[1]}.`;
      const forged = await person.browser.open(site.logoutUrl(login, { id_token_hint: unsigned }));
      expect(forged.url.origin).toBe(service.origin);
      const still = await person.browser.open(await site.loginUrl(service.origin, { prompt: 'none' }));
      expect(still.title).toBe('logged in');
    });

    it('sends a logout token as the specification wants it', async () => {
      const person = new Citizen(service);
      await person.hasAccount(await site.loginUrl(service.origin));
      const { sid, sub } = site.lastLogin.claims;
      const told = site.logoutTokens.length;
      await person.browser.open(site.logoutUrl(site.lastLogin));
      await site.told(told + 1);
      const jwks = jose.createRemoteJWKSet(new URL(`${service.origin}/oidc/jwks`));
      const { payload } = await jose.jwtVerify(site.logoutTokens.at(-1) as string, jwks, {
        issuer: service.origin,
        audience: 'site',
      });
      expect(payload).toMatchObject({ sid, sub, jti: expect.any(String) });
      expect(payload['events']).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} });
      expect(payload['nonce']).toBeUndefined();
    });
  });
});
