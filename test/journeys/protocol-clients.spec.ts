import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import * as jose from 'jose';
import { SigningKeys } from '../../src/oidc/signing-keys.service.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { Browser } from '../support/browser.js';
import { basic, startProtocol } from '../support/protocol.js';
import type { Protocol } from '../support/protocol.js';
import { SITE_SECRET } from '../support/site.js';
import type { TestSite } from '../support/site.js';
import { letTimePass } from '../support/time.js';

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const pairs = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
type Alg = keyof typeof pairs;
const jwks = {
  keys: Object.entries(pairs).map(([alg, { publicKey }]) => ({
    ...publicKey.export({ format: 'jwk' }),
    kid: alg,
    alg,
    use: 'sig',
  })),
};
const keyed = { client_secret: undefined, token_endpoint_auth_method: 'private_key_jwt', jwks };
const now = () => Math.floor(Date.now() / 1000);

describe('sites, their proofs and their pushed requests', () => {
  let at: Protocol<'site' | 'other' | 'poster' | 'keyed' | 'fapi' | 'spa'>;
  let site: TestSite;
  let issuer: string;

  beforeAll(async () => {
    at = await startProtocol({
      site: {},
      other: {},
      poster: { token_endpoint_auth_method: 'client_secret_post', require_pkce: false },
      keyed,
      fapi: { ...keyed, require_pushed_authorization_requests: true },
      spa: { client_secret: undefined, token_endpoint_auth_method: 'none' },
    });
    site = at.sites.site;
    issuer = at.service.origin;
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(async () => at.close());

  /** An assertion of a site's. */
  const assertion = async (id: string, change: Record<string, unknown> = {}, alg: Alg = 'ES256'): Promise<string> =>
    new jose.SignJWT({
      iss: id,
      sub: id,
      aud: issuer,
      jti: randomUUID(),
      iat: now(),
      exp: now() + 60,
      ...change,
    } as jose.JWTPayload)
      .setProtectedHeader({ alg, kid: alg })
      .sign(pairs[alg].privateKey);
  const asserted = (value: string) => ({ client_assertion_type: ASSERTION, client_assertion: value });

  const request = (who: TestSite) => ({
    client_id: who.id,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `${who.origin}/callback`,
    code_challenge: randomBytes(32).toString('base64url'),
    code_challenge_method: 'S256',
  });
  const push = async (who: TestSite, more: Record<string, string>, client?: string) => {
    const answer = await at.post('/oidc/par', { ...request(who), ...more }, client);
    return { status: answer.status, body: (await answer.json()) as Record<'error' | 'request_uri', string> };
  };
  const authorize = async (clientId: string, requestUri: string, browser = at.citizen.browser) => {
    const query = new URLSearchParams({ client_id: clientId, request_uri: requestUri });
    const answer = await browser.request('GET', `${issuer}/oidc/auth?${query}`);
    return answer.headers.get('location') ?? String(answer.status);
  };

  describe('discovery and keys', () => {
    it('names everything under the issuer, and what is supported', async () => {
      const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
      const metadata = (await answer.json()) as Record<string, unknown>;
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
      expect(metadata).toMatchObject({
        issuer,
        authorization_endpoint: `${issuer}/oidc/auth`,
        token_endpoint: `${issuer}/oidc/token`,
        userinfo_endpoint: `${issuer}/oidc/userinfo`,
        jwks_uri: `${issuer}/oidc/jwks`,
        end_session_endpoint: `${issuer}/oidc/logout`,
        introspection_endpoint: `${issuer}/oidc/introspect`,
        revocation_endpoint: `${issuer}/oidc/revoke`,
        pushed_authorization_request_endpoint: `${issuer}/oidc/par`,
        response_types_supported: ['code'],
        response_modes_supported: ['form_post', 'fragment', 'query'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        id_token_signing_alg_values_supported: ['RS256', 'ES256'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
        scopes_supported: ['openid', 'offline_access', 'profile', 'phone', 'real_name', 'legal_entity', 'app'],
        ui_locales_supported: ['zh-CN', 'en'],
        claims_locales_supported: ['zh-CN'],
        subject_types_supported: ['public', 'pairwise'],
        code_challenge_methods_supported: ['S256'],
        claims_parameter_supported: true,
        request_uri_parameter_supported: false,
        authorization_response_iss_parameter_supported: true,
        backchannel_logout_supported: true,
        backchannel_logout_session_supported: true,
      });
      expect(metadata['claims_supported']).toEqual(expect.arrayContaining(['sub', 'acr', 'account_kind', 'real_name']));
      for (const absent of [
        'request_object_signing_alg_values_supported',
        'registration_endpoint',
        'device_authorization_endpoint',
      ]) {
        expect(metadata).not.toHaveProperty(absent);
      }
    });

    it('publishes public keys only, each with a kid of its own, the next ones ahead of their use', async () => {
      const { keys } = (await (await fetch(`${issuer}/oidc/jwks`)).json()) as { keys: Record<string, string>[] };
      expect(keys.map(({ kty, use }) => `${kty} ${use}`).toSorted()).toEqual([
        'EC sig',
        'EC sig',
        'RSA sig',
        'RSA sig',
      ]);
      expect(new Set(keys.map(({ kid }) => kid)).size).toBe(4);
      for (const key of keys)
        for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(member);
    });

    it('rotates keys without a restart and without a token refused', async () => {
      await at.asks(site);
      const before = site.lastLogin;
      at.service.clock.advance(60);
      await at.service.app.get(SigningKeys).rotate();
      await at.service.app.get(Engine).refresh();
      await at.asks(site);
      const tokens = [before, site.lastLogin].map(({ tokens: { id_token: token } }) => token as string);
      expect(new Set(tokens.map((token) => jose.decodeProtectedHeader(token).kid)).size).toBe(2);
      expect((await site.userinfo(before)).sub).toBe(before.claims.sub);
      const remote = jose.createRemoteJWKSet(new URL(`${issuer}/oidc/jwks`));
      for (const token of tokens) await expect(jose.jwtVerify(token, remote)).resolves.toBeDefined();
      expect((await at.asks(site, { prompt: 'none', id_token_hint: tokens[0] as string })).title).toBe('logged in');
    });
  });

  describe('secrets', () => {
    const token = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://a.example' };
    const tries = async (body: Record<string, string>, authorization?: string) => {
      const answer = await fetch(`${issuer}/oidc/token`, {
        method: 'POST',
        body: new URLSearchParams({ ...token, ...body }),
        headers: authorization ? { authorization } : {},
      });
      return `${answer.status} ${((await answer.json()) as { error: string }).error}`;
    };

    it('are taken by header and in the form, and only when they are right', async () => {
      const right = '400 invalid_grant';
      const wrong = '401 invalid_client';
      expect(await tries({}, basic('site'))).toBe(right);
      expect(await tries({ client_id: 'poster', client_secret: SITE_SECRET })).toBe(right);
      expect(await tries({}, basic('site', 'wrong'))).toBe(wrong);
      expect(await tries({}, basic('site', SITE_SECRET.toUpperCase()))).toBe(wrong);
      expect(await tries({}, basic('nobody'))).toBe(wrong);
      expect(await tries({ client_id: 'poster', client_secret: 'wrong' })).toBe(wrong);
      expect(await tries({ client_id: 'site' })).toBe(wrong);
      expect(await tries({ client_id: 'spa', client_secret: 'x' })).toBe(wrong);
      expect(await tries({ client_id: 'keyed', client_secret: 'x' })).toBe(wrong);
    });

    it('by two ways at once, or for two sites, are refused', async () => {
      expect(await tries({ client_id: 'site', client_secret: SITE_SECRET }, basic('site'))).toBe('400 invalid_request');
      expect(await tries({ client_id: 'other' }, basic('site'))).toBe('400 invalid_request');
      expect(await tries({ client_id: 'site', ...asserted(await assertion('keyed')) })).toBe('400 invalid_request');
    });

    it.each(['password', 'client_credentials', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code'])(
      'open no grant of type %s',
      async (type) => {
        expect(await tries({ grant_type: type, username: 'a', password: 'b' }, basic('site'))).toBe(
          '400 unsupported_grant_type',
        );
      },
    );
  });

  describe('private_key_jwt (RFC 7523)', () => {
    const tries = async (change: Record<string, unknown> = {}, alg: Alg = 'ES256', id = 'keyed') =>
      (await push(at.sites[id as 'keyed'], asserted(await assertion(id, change, alg)))).status;

    it('is taken by each registered key, for the issuer or an endpoint', async () => {
      for (const alg of Object.keys(pairs) as Alg[]) expect(await tries({}, alg)).toBe(201);
      expect(await tries({ aud: `${issuer}/oidc/token` })).toBe(201);
      expect(await tries({ aud: [issuer, 'https://other.example'] })).toBe(201);
      expect(await tries({ iat: now() + 8 })).toBe(201);
    });

    it.each([
      ['another audience', { aud: 'https://evil.example' }],
      ['no audience', { aud: undefined }],
      ['no expiry', { exp: undefined }],
      ['an expiry that is over', { exp: now() - 60 }],
      ['another issuer', { iss: 'site' }],
      ['no issuer', { iss: undefined }],
      ['no jti', { jti: undefined }],
      ['a beginning far ahead', { nbf: now() + 61 }],
    ])('with %s is refused', async (_what, change) => {
      expect(await tries(change)).toBe(401);
    });

    it('of another site, or without a subject, is refused', async () => {
      expect(await tries({ sub: 'site' })).toBe(400);
      expect(await tries({ sub: undefined })).toBe(401);
      const others = await assertion('fapi');
      expect((await push(at.sites.keyed, asserted(others))).status).toBe(400);
    });

    it('is refused with another algorithm: none, or a public key taken for a secret', async () => {
      const claims = { iss: 'keyed', sub: 'keyed', aud: issuer, jti: randomUUID(), exp: now() + 60 };
      const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const unsigned = `${encoded({ alg: 'none' })}.${encoded(claims)}.`;
      const pem = pairs.ES256.publicKey.export({ type: 'spki', format: 'pem' });
      const confused = await new jose.SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(pem));
      const relabelled = (await assertion('keyed')).split('.');
      relabelled[0] = encoded({ alg: 'RS256', kid: 'RS256' });
      for (const value of [unsigned, confused, relabelled.join('.')]) {
        expect((await push(at.sites.keyed, asserted(value))).status).toBe(401);
      }
    });

    it('counts once, of many at once as well, whatever endpoint it is shown to', async () => {
      const once = asserted(await assertion('keyed'));
      const answers = await Promise.all(
        Array.from({ length: 5 }, async () => (await push(at.sites.keyed, once)).status),
      );
      expect(answers.toSorted()).toEqual([201, 401, 401, 401, 401]);
      expect((await at.post('/oidc/introspect', { token: 'x', client_id: 'keyed', ...once })).status).toBe(401);
    });

    it('counts once, whenever it says that it ends', async () => {
      const once = asserted(await assertion('keyed', { exp: 1e300 }));
      expect((await push(at.sites.keyed, once)).status).toBe(201);
      expect((await push(at.sites.keyed, once)).status).toBe(401);
    });

    it('of a site that keeps to the FAPI 2.0 profile is for the issuer alone, not RS256, not from the future', async () => {
      const fapi = async (change: Record<string, unknown> = {}, alg: Alg = 'ES256') => tries(change, alg, 'fapi');
      expect([await fapi(), await fapi({}, 'PS256'), await fapi({}, 'EdDSA')]).toEqual([201, 201, 201]);
      expect(await fapi({ iat: now() + 8 })).toBe(201);
      expect(await fapi({ nbf: now() + 8 })).toBe(201);
      expect(await fapi({}, 'RS256')).toBe(401);
      for (const aud of [[issuer], `${issuer}/oidc/token`, `${issuer}/oidc/par`, `${issuer}/`]) {
        expect(await fapi({ aud })).toBe(401);
      }
      for (const change of [{ iat: now() + 61 }, { nbf: now() + 61 }, { exp: now() - 60 }]) {
        expect(await fapi(change)).toBe(401);
      }
    });
  });

  describe('a pushed request (RFC 9126)', () => {
    it('is used once the login is done, and until then as often as the person comes back', async () => {
      const { body } = await push(site, { state: 'kept' }, 'site');
      const stranger = new Browser();
      expect(await authorize('site', body.request_uri, stranger)).toContain('/interaction/');
      expect(await authorize('site', body.request_uri, new Browser())).toContain('/interaction/');
      const answer = new URL(await authorize('site', body.request_uri));
      expect(answer.searchParams.get('code')).toBeTruthy();
      expect(answer.searchParams.get('state')).toBe('kept');
      expect(await authorize('site', body.request_uri)).not.toContain('code=');
    });

    it('gives one code, however many pages it was opened on, and however long the logins took', async () => {
      const { body } = await push(site, {}, 'site');
      const query = new URLSearchParams({ client_id: 'site', request_uri: body.request_uri });
      const pages = [];
      for (let tab = 0; tab < 2; tab += 1) pages.push(await new Browser().open(`${issuer}/oidc/auth?${query}`));
      letTimePass(600);
      const ends = [];
      for (const page of pages) {
        const { action, fields } = page.form('login-submit');
        const form = { ...fields, identifier: at.citizen.phone, password: at.citizen.password };
        const browser = (page as unknown as { browser: Browser }).browser;
        const done = await browser.request('POST', action, new URLSearchParams(form).toString());
        ends.push((await browser.request('GET', done.headers.get('location') as string)).headers.get('location') ?? '');
      }
      expect(ends.map((end) => /code=|error=\w+/.exec(end)?.[0])).toEqual(['code=', 'error=invalid_request_uri']);
    });

    it('of another site is refused, and not used up by it', async () => {
      const { body } = await push(site, {}, 'site');
      expect(await authorize('other', body.request_uri)).not.toContain('code=');
      expect(await authorize('site', body.request_uri)).toContain('code=');
    });

    it('takes no parameter from the address, and what was pushed is judged as if it came by it', async () => {
      const { body } = await push(site, { scope: 'openid' }, 'site');
      const query = new URLSearchParams({
        client_id: 'site',
        request_uri: body.request_uri,
        redirect_uri: 'https://evil.example/',
        scope: 'openid phone',
        state: 'smuggled',
      });
      const answer = await at.citizen.browser.request('GET', `${issuer}/oidc/auth?${query}`);
      const location = answer.headers.get('location') as string;
      expect(location.startsWith(`${site.origin}/callback?code=`)).toBe(true);
      expect(location).not.toContain('smuggled');
      expect((await push(site, { redirect_uri: 'https://evil.example/' }, 'site')).status).toBe(400);
      expect((await push(site, { scope: 'openid', claims: '{"userinfo":"x"}' }, 'site')).status).toBe(400);
      expect((await push(site, { code_challenge_method: 'plain' }, 'site')).status).toBe(400);
      expect((await push(site, { response_type: 'token' }, 'site')).status).toBe(400);
    });

    it('ends after a minute, and a made-up one is none', async () => {
      const { body } = await push(site, {}, 'site');
      expect(await authorize('site', 'urn:ietf:params:oauth:request_uri:made-up')).not.toContain('code=');
      letTimePass(61);
      expect(await authorize('site', body.request_uri)).not.toContain('code=');
    });

    it('cannot name another, nor come without the site’s proof', async () => {
      const { body } = await push(site, {}, 'site');
      expect((await push(site, { request_uri: body.request_uri }, 'site')).body.error).toBe(
        'request_uri_not_supported',
      );
      expect((await push(site, { request: 'e30.e30.' }, 'site')).body.error).toBe('request_not_supported');
      expect((await push(site, {})).status).toBe(401);
      expect((await push(site, { client_id: 'other' }, 'site')).status).toBe(400);
    });

    it('is the only way of a site that must push', async () => {
      const plain = new URL(`${issuer}/oidc/auth?${new URLSearchParams(request(at.sites.fapi))}`);
      const answer = await at.citizen.browser.request('GET', plain.href);
      expect(answer.headers.get('location')).toContain('error=invalid_request');
      const { body } = await push(at.sites.fapi, asserted(await assertion('fapi')));
      expect(await authorize('fapi', body.request_uri)).toContain('code=');
      const { code_challenge: _challenge, code_challenge_method: _method, ...without } = request(at.sites.fapi);
      const refused = await at.post('/oidc/par', {
        ...without,
        client_id: 'fapi',
        ...asserted(await assertion('fapi')),
      });
      expect(refused.status).toBe(400);
    });
  });
});
