import { jest } from '@jest/globals';
import * as jose from 'jose';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Permissions } from '../../src/identity/permissions/permissions.service.js';
import { Database } from '../../src/storage/transactions.js';
import { Citizen } from '../support/citizen.js';
import { basic, startProtocol } from '../support/protocol.js';
import type { Protocol } from '../support/protocol.js';
import type { Login, TestSite } from '../support/site.js';
import { letTimePass } from '../support/time.js';

const LEVEL = 'urn:tongxing:level:';
type Tokens = Record<'access_token' | 'refresh_token' | 'id_token' | 'error' | 'scope', string>;

/** Sites of one group: registered so, they know a person by one subject. */
const GROUP = { subject_type: 'pairwise', sector_identifier_uri: 'https://group.example.cn/sites.json' };

describe('tokens and userinfo (OpenID Connect Core 3.1.3, 5.3, 12; RFC 7009, 7662)', () => {
  let at: Protocol<'site' | 'other' | 'pairwise' | 'group1' | 'group2' | 'duty' | 'spa' | 'rotating'>;
  let site: TestSite;

  beforeAll(async () => {
    at = await startProtocol({
      site: {},
      other: { grant_types: ['authorization_code'] },
      pairwise: { subject_type: 'pairwise' },
      group1: { ...GROUP },
      group2: { ...GROUP },
      duty: { permission_required: false, id_token_signed_response_alg: 'ES256' },
      spa: { client_secret: undefined, token_endpoint_auth_method: 'none' },
      rotating: { rotate_refresh_token: true },
    });
    site = at.sites.site;
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(async () => at.close());

  const redeem = async (body: Record<string, string>, client?: string) => {
    const answer = await at.post('/oidc/token', body, client);
    return { status: answer.status, headers: answer.headers, tokens: (await answer.json()) as Tokens };
  };
  const refresh = async (token: string, client: string, more: Record<string, string> = {}) =>
    redeem({ grant_type: 'refresh_token', refresh_token: token, ...more }, client);
  const refused = { status: 400, tokens: { error: 'invalid_grant' } };

  /** Gives the permissions that a request asks for. */
  const permits = async (who: TestSite, scope: string, more: Record<string, string> = {}): Promise<Login> => {
    const page = await at.asks(who, { scope, ...more });
    if (page.has('#permission-submit')) await page.press('permission-submit');
    return who.lastLogin;
  };

  describe('a code', () => {
    it('gives tokens once, as the specification wants the answer', async () => {
      const answer = await redeem(await at.code(site, { nonce: 'n'.repeat(64) }), 'site');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toContain('no-store');
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.tokens).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: 'openid' });
      expect(answer.tokens.access_token).toMatch(/^[\w-]{43}$/);
      expect(answer.tokens.refresh_token).toMatch(/^[\w-]{43}$/);
      const { nonce, iat, exp, aud, iss } = jose.decodeJwt(answer.tokens.id_token) as Record<string, never>;
      expect({ nonce, aud, iss, life: exp - iat }).toEqual({
        nonce: 'n'.repeat(64),
        aud: 'site',
        iss: at.service.origin,
        life: 600,
      });
    });

    it.each([
      ['another verifier', { code_verifier: 'x'.repeat(43) }],
      ['no verifier', { code_verifier: '' }],
      ['a verifier that is the challenge', { code_verifier: 'c'.repeat(200) }],
      ['another redirect_uri', { redirect_uri: 'https://evil.example/callback' }],
    ])('with %s is worth nothing', async (_what, change) => {
      const { status, tokens } = await redeem({ ...(await at.code(site)), ...change }, 'site');
      expect([status, ['invalid_grant', 'invalid_request']]).toEqual([400, expect.arrayContaining([tokens.error])]);
    });

    it('of one site is worth nothing to another, and stays good for its own', async () => {
      const body = await at.code(site);
      expect(await redeem(body, 'pairwise')).toMatchObject(refused);
      expect(await redeem({ ...body, client_id: 'spa' })).toMatchObject(refused);
      expect((await redeem(body, 'site')).status).toBe(200);
    });

    it('is worth nothing after a minute', async () => {
      const body = await at.code(site);
      letTimePass(61);
      expect(await redeem(body, 'site')).toMatchObject(refused);
    });

    it('used a second time ends the tokens made from it, the refresh token among them', async () => {
      const body = await at.code(site);
      const { tokens } = await redeem(body, 'site');
      expect((await at.userinfo(tokens.access_token)).status).toBe(200);
      expect(await redeem(body, 'site')).toMatchObject(refused);
      expect((await at.userinfo(tokens.access_token)).status).toBe(401);
      expect(await refresh(tokens.refresh_token, 'site')).toMatchObject(refused);
    });

    it('of a public client is not used up by whoever has seen it and not its verifier', async () => {
      const body = { ...(await at.code(at.sites.spa)), client_id: 'spa' };
      expect(await redeem({ ...body, code_verifier: 'x'.repeat(43) })).toMatchObject(refused);
      expect((await redeem(body)).status).toBe(200);
    });

    it('ends with the session it was given in', async () => {
      const person = new Citizen(at.service);
      await person.hasAccount(await site.loginUrl(at.service.origin));
      const signedOut = person.browser.copy();
      const keep = at.citizen.browser.request;
      at.citizen.browser.request = person.browser.request.bind(person.browser);
      const body = await at.code(site);
      at.citizen.browser.request = keep;
      await signedOut.open(site.logoutUrl(site.lastLogin));
      expect(await redeem(body, 'site')).toMatchObject(refused);
    });
  });

  describe('an ID token', () => {
    it('carries acr, amr, auth_time, sid and account_kind, and no person data', async () => {
      const claims = JSON.stringify({
        id_token: { real_name: null, phone_number: null, name: null },
        userinfo: { name: { essential: true } },
      });
      await at.asks(site, { claims });
      const { claims: token } = site.lastLogin;
      expect(Object.keys(token).toSorted()).toEqual(
        ['account_kind', 'acr', 'amr', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub'].toSorted(),
      );
      expect(token).toMatchObject({ account_kind: 'person', amr: expect.any(Array), sid: expect.any(String) });
      expect(await site.userinfo(site.lastLogin)).toEqual({ sub: token.sub, name: '张*' });
    });

    it('is signed RS256 unless the site is registered for ES256, always with its kid', async () => {
      await at.asks(site);
      await at.asks(at.sites.duty);
      const headers = [site, at.sites.duty].map(({ lastLogin }) =>
        jose.decodeProtectedHeader(lastLogin.tokens.id_token as string),
      );
      expect(headers.map(({ alg }) => alg)).toEqual(['RS256', 'ES256']);
      for (const { kid } of headers) expect(kid).toEqual(expect.any(String));
    });
  });

  describe('userinfo', () => {
    it('gives each scope its claims with the types of the specification, by GET and by POST', async () => {
      const login = await permits(site, 'openid profile phone real_name');
      const token = login.tokens.access_token;
      const byPost = await fetch(`${at.service.origin}/oidc/userinfo`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      });
      for (const answer of [await at.userinfo(token), byPost]) {
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
        expect(await answer.json()).toEqual({
          sub: login.claims.sub,
          name: '张*',
          updated_at: expect.any(Number),
          phone_number: `+86${at.citizen.phone}`,
          phone_number_verified: true,
          real_name: '张三',
          id_number: '420106199003071019',
          minor: false,
          level: `${LEVEL}1`,
          verified_at: expect.any(Number),
          verified_by: expect.any(String),
        });
      }
    });

    it('leaves a claim without a value out', async () => {
      const person = new Citizen(at.service);
      await person.hasAccount(await site.loginUrl(at.service.origin));
      await at.asks(site, { scope: 'openid profile', prompt: 'none' }, person.browser);
      expect(await site.userinfo(site.lastLogin)).toEqual({
        sub: site.lastLogin.claims.sub,
        updated_at: expect.any(Number),
      });
    });

    it('gives what this token asked for, though the site may have more; two tabs do not disturb each other', async () => {
      const wide = await permits(site, 'openid profile phone');
      await at.asks(site, { scope: 'openid' });
      const narrow = site.lastLogin;
      expect(await site.userinfo(narrow)).toEqual({ sub: narrow.claims.sub });
      expect(await site.userinfo(wide)).toMatchObject({ name: '张*', phone_number: `+86${at.citizen.phone}` });
      expect((await site.refresh(wide)).access_token).toBeDefined();
    });

    it('looks again at every release: what is no longer permitted does not leave, though the token lives', async () => {
      const login = await permits(site, 'openid profile phone');
      const { app } = at.service;
      await app.get(Database).transaction(async (tx) => app.get(Permissions).revoke(tx, login.claims.sub, 'site'));
      expect(await site.userinfo(login)).toEqual({
        sub: login.claims.sub,
        name: '张*',
        updated_at: expect.any(Number),
      });
    });

    it('gives a site of duty the data without a permission', async () => {
      expect((await at.asks(at.sites.duty, { scope: 'openid real_name' })).title).toBe('logged in');
      expect(await at.sites.duty.userinfo(at.sites.duty.lastLogin)).toMatchObject({ real_name: '张三' });
    });

    it.each([
      ['no token', {}],
      ['an unknown token', { authorization: 'Bearer unknown' }],
      ['another scheme', { authorization: basic('site') }],
    ])('refuses %s, and says so in WWW-Authenticate', async (_what, headers) => {
      const answer = await fetch(`${at.service.origin}/oidc/userinfo`, { headers: headers as Record<string, string> });
      expect([400, 401]).toContain(answer.status);
      if (answer.status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    });

    it('takes neither a token in the address nor a refresh token, nor one that has expired', async () => {
      await at.asks(site);
      const { access_token: token, refresh_token: lasting } = site.lastLogin.tokens;
      expect((await fetch(`${at.service.origin}/oidc/userinfo?access_token=${token}`)).status).toBe(400);
      expect((await at.userinfo(lasting as string)).status).toBe(401);
      expect((await at.userinfo(token)).status).toBe(200);
      letTimePass(601 + 15);
      expect((await at.userinfo(token)).status).toBe(401);
    });

    it('knows a pairwise site by a subject of its own, everywhere', async () => {
      const { pairwise } = at.sites;
      await at.asks(site);
      await at.asks(pairwise);
      const { claims, tokens } = pairwise.lastLogin;
      expect(claims.sub).not.toBe(site.lastLogin.claims.sub);
      expect((await pairwise.userinfo(pairwise.lastLogin)).sub).toBe(claims.sub);
      const introspected = await at.post('/oidc/introspect', { token: tokens.access_token }, 'pairwise');
      expect(await introspected.json()).toMatchObject({ active: true, sub: claims.sub });
      expect((await pairwise.refresh(pairwise.lastLogin)).claims()?.sub).toBe(claims.sub);
      const hinted = await at.asks(pairwise, { prompt: 'none', id_token_hint: tokens.id_token as string });
      expect(hinted.title).toBe('logged in');
    });

    it('knows the sites of a group by one pairwise subject, and no other site by it', async () => {
      const { pairwise, group1, group2 } = at.sites;
      for (const one of [site, pairwise, group1, group2]) await at.asks(one);
      const { sub } = group1.lastLogin.claims;
      expect(group2.lastLogin.claims.sub).toBe(sub);
      expect((await group2.userinfo(group2.lastLogin)).sub).toBe(sub);
      expect([site.lastLogin.claims.sub, pairwise.lastLogin.claims.sub]).not.toContain(sub);
    });
  });

  describe('a refresh token', () => {
    it('comes with each code of a site registered for it, and no other', async () => {
      await at.asks(at.sites.other);
      expect(at.sites.other.lastLogin.tokens.refresh_token).toBeUndefined();
      await at.asks(at.sites.other, { scope: 'openid offline_access', prompt: 'consent' });
      expect(at.sites.other.lastLogin.tokens.refresh_token).toBeUndefined();
    });

    it('carries today’s level, the same login and a later time', async () => {
      await at.asks(site);
      const login = site.lastLogin;
      letTimePass(5);
      const fresh = (await site.refresh(login)).claims() as jose.JWTPayload;
      const { iat: before, exp: _exp, nonce: _nonce, ...same } = login.claims;
      expect(fresh).toMatchObject(same);
      expect(fresh.iat).toBeGreaterThan(before);
    });

    it('never gives more than was given: a wider scope is refused, a narrower one narrows', async () => {
      const login = await permits(site, 'openid profile');
      const token = login.tokens.refresh_token as string;
      for (const scope of ['openid profile phone', 'openid profile offline_access', 'real_name']) {
        expect(await refresh(token, 'site', { scope })).toMatchObject({
          status: 400,
          tokens: { error: 'invalid_scope' },
        });
      }
      const narrowed = await refresh(token, 'site', { scope: 'openid' });
      expect(narrowed.tokens.scope).toBe('openid');
      expect(await (await at.userinfo(narrowed.tokens.access_token)).json()).toEqual({ sub: login.claims.sub });
      expect((await refresh(token, 'site')).tokens.scope).toBe('openid profile');
    });

    it('of one site is worth nothing to another, and stays good for its own', async () => {
      await at.asks(site);
      const token = site.lastLogin.tokens.refresh_token as string;
      expect(await refresh(token, 'pairwise')).toMatchObject(refused);
      expect(await redeem({ grant_type: 'refresh_token', refresh_token: token, client_id: 'spa' })).toMatchObject(
        refused,
      );
      expect((await refresh(token, 'site')).status).toBe(200);
    });

    it('of a confidential site works again and again; of one that rotates, reuse ends the family', async () => {
      await at.asks(site);
      const lasting = site.lastLogin.tokens.refresh_token as string;
      for (let times = 0; times < 2; times += 1) {
        expect((await refresh(lasting, 'site')).tokens.refresh_token).toBe(lasting);
      }
      const first = (await redeem(await at.code(at.sites.rotating), 'rotating')).tokens;
      const second = (await refresh(first.refresh_token, 'rotating')).tokens;
      expect(second.refresh_token).not.toBe(first.refresh_token);
      expect(await refresh(first.refresh_token, 'rotating')).toMatchObject(refused);
      expect(await refresh(second.refresh_token, 'rotating')).toMatchObject(refused);
      expect((await at.userinfo(second.access_token)).status).toBe(401);
    });

    it('of a public client rotates without being asked, and reuse ends the family', async () => {
      const own = async (token: string) =>
        redeem({ grant_type: 'refresh_token', refresh_token: token, client_id: 'spa' });
      const first = (await redeem({ ...(await at.code(at.sites.spa)), client_id: 'spa' })).tokens;
      const second = (await own(first.refresh_token)).tokens;
      expect(second.refresh_token).not.toBe(first.refresh_token);
      expect(await own(first.refresh_token)).toMatchObject(refused);
      expect(await own(second.refresh_token)).toMatchObject(refused);
    });

    it('ends with the session; with offline access it outlives it, and ends with the permission', async () => {
      const person = new Citizen(at.service);
      const { origin } = at.service;
      await person.hasAccount(await site.loginUrl(origin));
      const bound = site.lastLogin;
      const page = await at.asks(site, { scope: 'openid offline_access', prompt: 'consent' }, person.browser);
      expect(page.path).toMatch(/permission$/);
      await page.press('permission-submit');
      const offline = site.lastLogin;
      expect((await site.refresh(bound)).access_token).toBeDefined();
      await person.browser.open(site.logoutUrl(offline));
      await expect(site.refresh(bound)).rejects.toThrow();
      expect((await site.refresh(offline)).access_token).toBeDefined();

      const inside = await person.logsIn(await person.browser.open(`${origin}/account/sites`));
      await inside.press('site-revoke-1');
      await expect(site.refresh(offline)).rejects.toThrow();
    });

    it('lives thirty days at most, offline and however often it rotates', async () => {
      const { rotating } = at.sites;
      const offline = { scope: 'openid offline_access', prompt: 'consent' };
      await (await at.asks(rotating, offline)).press('permission-submit');
      const first = rotating.lastLogin.tokens.refresh_token as string;
      letTimePass(20 * 86_400);
      const second = (await refresh(first, 'rotating')).tokens.refresh_token;
      letTimePass(9 * 86_400);
      const third = (await refresh(second, 'rotating')).tokens.refresh_token;
      expect(third).not.toBe(second);
      letTimePass(86_400 + 60);
      expect(await refresh(third, 'rotating')).toMatchObject(refused);
    });

    it('is offline for nobody who was not asked: without prompt=consent the scope is left out', async () => {
      const { tokens } = await redeem(await at.code(site, { scope: 'openid offline_access' }), 'site');
      expect(tokens.scope).toBe('openid');
    });
  });

  describe('introspection and revocation', () => {
    it('answer only for the caller’s own tokens, of either kind, with a right hint or a wrong one', async () => {
      await at.asks(site);
      const { access_token: access, refresh_token: lasting } = site.lastLogin.tokens;
      for (const token of [access, lasting as string]) {
        for (const hint of ['access_token', 'refresh_token', 'nonsense']) {
          const asked = { token, token_type_hint: hint };
          expect(await (await at.post('/oidc/introspect', asked, 'site')).json()).toMatchObject({ active: true });
          expect(await (await at.post('/oidc/introspect', asked, 'pairwise')).json()).toEqual({ active: false });
          const foreign = { ...asked, client_id: 'spa' };
          expect(await (await at.post('/oidc/introspect', foreign)).json()).toEqual({ active: false });
          expect((await at.post('/oidc/revoke', asked, 'pairwise')).status).toBe(200);
        }
      }
      expect((await at.userinfo(access)).status).toBe(200);
      expect((await refresh(lasting as string, 'site')).status).toBe(200);
      await at.post('/oidc/revoke', { token: access }, 'site');
      expect((await at.userinfo(access)).status).toBe(401);
      expect(await (await at.post('/oidc/introspect', { token: access }, 'site')).json()).toEqual({ active: false });
    });

    it('want the caller’s own secret', async () => {
      for (const path of ['/oidc/introspect', '/oidc/revoke']) {
        expect((await at.post(path, { token: 'x' })).status).toBe(400);
        expect((await at.post(path, { token: 'x', client_id: 'site' })).status).toBe(401);
        expect((await at.post(path, { token: 'x', client_id: 'site', client_secret: 'wrong' })).status).toBe(401);
      }
    });

    it('know what has ended: a session, an account', async () => {
      const active = async ({ tokens }: Login) => {
        const answers = await Promise.all(
          [tokens.access_token, tokens.refresh_token as string].map(async (token) =>
            (await at.post('/oidc/introspect', { token }, 'site')).json(),
          ),
        );
        return answers.map((answer) => (answer as { active: boolean }).active);
      };
      const person = new Citizen(at.service);
      await person.hasAccount(await site.loginUrl(at.service.origin));
      const lapsed = site.lastLogin;
      expect(await active(lapsed)).toEqual([true, true]);
      at.service.clock.advance(31 * 60);
      expect(await active(lapsed)).toEqual([false, false]);
      await at.citizen.logsIn(await at.asks(site));
    });

    it('a revoked refresh token takes its access tokens along', async () => {
      await at.asks(site);
      const { access_token: access, refresh_token: lasting } = site.lastLogin.tokens;
      await at.post('/oidc/revoke', { token: lasting as string }, 'site');
      expect((await at.userinfo(access)).status).toBe(401);
      expect(await refresh(lasting as string, 'site')).toMatchObject(refused);
      expect((await at.asks(site, { prompt: 'none' })).title).toBe('logged in');
    });
  });

  it('nothing is given to an account that is closed, though a token of it still lives', async () => {
    const person = new Citizen(at.service);
    await person.hasAccount(await site.loginUrl(at.service.origin));
    await at.asks(site, { scope: 'openid profile' }, person.browser);
    const login = site.lastLogin;
    const { app } = at.service;
    await app.get(Database).transaction(async (tx) => app.get(Accounts).disable(tx, login.claims.sub));
    await expect(site.userinfo(login)).rejects.toThrow();
    await expect(site.refresh(login)).rejects.toThrow();
    expect((await at.asks(site, { prompt: 'none' }, person.browser)).text).toBe('login_required');
  });
});
