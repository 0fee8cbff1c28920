import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import * as jose from 'jose';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { CAUSES } from '../../src/oidc/errors/causes.js';
import type { FailureRecord } from '../../src/oidc/errors/failure-records.service.js';
import { Failures } from '../../src/oidc/errors/failures.service.js';
import { Database } from '../../src/storage/transactions.js';
import { Browser } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { basic, startProtocol } from '../support/protocol.js';
import type { Protocol } from '../support/protocol.js';
import { raw } from '../support/raw.js';
import { RedisServer, redisFound } from '../support/redis.js';
import { SITE_SECRET } from '../support/site.js';
import type { TestSite } from '../support/site.js';
import { letTimePass } from '../support/time.js';

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ID = /\(error id ([0-9a-f]{8})\)/;
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwks = { keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' }] };
const keyed = { client_secret: undefined, token_endpoint_auth_method: 'private_key_jwt', jwks };
const verifier = () => randomBytes(32).toString('base64url');

type Params = Record<string, string | undefined>;
type Expected = Partial<FailureRecord>;

/** A server with a site's keys, down until it is told to answer. */
async function keyServer() {
  let isDown = true;
  const server = createServer((_request, response) => {
    response.writeHead(isDown ? 500 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(jwks));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    answers: () => {
      isDown = false;
    },
    close: () => server.close(),
  };
}

const STORES = ['in-process', ...(redisFound() ? ['redis'] : [])];

describe.each(STORES)('failed requests of a site (%s store)', (store) => {
  let at: Protocol<'site' | 'other' | 'keyed' | 'fetched' | 'pushing' | 'spa'>;
  let redis: RedisServer | undefined;
  let keys: Awaited<ReturnType<typeof keyServer>>;
  let site: TestSite;
  let origin: string;
  let failures: Failures;
  /** Causes that a test of this file has provoked. */
  const provoked = new Set<string>();

  beforeAll(async () => {
    keys = await keyServer();
    redis = store === 'redis' ? await RedisServer.start() : undefined;
    at = await startProtocol(
      {
        site: { rotate_refresh_token: true, scope: 'openid profile' },
        other: {},
        keyed: { ...keyed, token_endpoint_auth_signing_alg: 'ES256' },
        fetched: { ...keyed, jwks: undefined, jwks_uri: keys.uri, token_endpoint_auth_signing_alg: 'ES256' },
        pushing: { require_pushed_authorization_requests: true },
        spa: { client_secret: undefined, token_endpoint_auth_method: 'none' },
      },
      redis ? { REDIS_URL: redis.url } : {},
    );
    site = at.sites.site;
    origin = at.service.origin;
    failures = at.service.app.get(Failures);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(async () => {
    await at.close();
    await redis?.stop();
    keys.close();
  });

  /** Somebody whose account is disabled, while their tokens are still kept. */
  const disabled = async () => {
    const { app } = at.service;
    await new Citizen(at.service).hasAccount(await site.loginUrl(origin, { scope: 'openid profile' }));
    const login = site.lastLogin;
    await app.get(Database).transaction(async (tx) => app.get(Accounts).disable(tx, login.claims.sub));
    return login.tokens;
  };
  const found = async (text: string): Promise<FailureRecord> => {
    const [, id = ''] = ID.exec(text) ?? [];
    const [record, ...others] = await failures.byId(id);
    expect(others).toEqual([]);
    provoked.add(record?.cause ?? '');
    return record as FailureRecord;
  };
  const shown = (record: FailureRecord) => {
    const { clientId, endpoint, error, cause, parameter, expected, received, receivedLength } = record;
    return { clientId, endpoint, error, cause, parameter, expected, received, receivedLength };
  };
  const answer = (expected: Expected): Expected => ({
    clientId: 'site',
    expected: null,
    received: null,
    receivedLength: null,
    ...expected,
  });

  describe('of the authorization request', () => {
    const authorize = async (more: Params, who = site) => {
      const url = new URL(await who.loginUrl(origin));
      for (const [name, value] of Object.entries(more)) {
        if (value === undefined) url.searchParams.delete(name);
        if (value !== undefined) url.searchParams.set(name, value);
      }
      return at.citizen.browser.request('GET', url.href);
    };
    const callback = () => `${site.origin}/callback`;

    it.each<[cause: string, more: Params, expected: Expected]>([
      ['response-type', { response_type: 'token' }, { expected: 'code', received: 'token' }],
      [
        'response-mode',
        { response_mode: 'web_message' },
        { expected: 'query\nfragment\nform_post', received: 'web_message' },
      ],
      ['code-challenge', { code_challenge: undefined, code_challenge_method: undefined }, {}],
      ['code-challenge', { code_challenge: 'short' }, { receivedLength: 5 }],
      ['code-challenge-method', { code_challenge_method: 'plain' }, { expected: 'S256', received: 'plain' }],
      ['openid-scope', { scope: 'profile' }, { parameter: 'scope', expected: 'openid', received: 'profile' }],
      ['scope', { scope: 'openid phone' }, { expected: 'openid\nprofile', received: 'phone' }],
      ['prompt', { prompt: 'none login' }, { expected: 'none\nlogin\nconsent\ncreate', received: 'none login' }],
      ['max-age', { max_age: '-1' }, { received: '-1' }],
      ['id-token-hint', { id_token_hint: 'nothing' }, { receivedLength: 7 }],
      ['claims', { claims: '{' }, { receivedLength: 1 }],
      [
        'not-supported',
        { request: 'a.b.c' },
        { parameter: 'request', error: 'request_not_supported', receivedLength: 5 },
      ],
      [
        'request-uri',
        { request_uri: 'urn:ietf:params:oauth:request_uri:gone' },
        { error: 'invalid_request_uri', receivedLength: 38 },
      ],
    ])('%s: the redirect to the site names the record: %j', async (cause, more, expected) => {
      const { headers } = await authorize(more);
      const location = new URL((headers.get('location') ?? '').replace('#', '?'));
      expect(location.href.startsWith(callback())).toBe(true);
      const description = location.searchParams.get('error_description') ?? '';
      // RFC 6749 4.1.2.1: the characters it may have.
      expect(description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
      expect(location.searchParams.get('error_uri')).toBe(`${origin}/developers/errors#error-${cause}`);
      const record = await found(description);
      expect(shown(record)).toMatchObject(
        answer({
          endpoint: 'authorization',
          error: location.searchParams.get('error') as string,
          cause: cause as FailureRecord['cause'],
          parameter: cause.replaceAll('-', '_'),
          ...expected,
        }),
      );
    });

    it.each<[cause: string, more: Params, expected: Expected]>([
      ['missing', { redirect_uri: undefined }, { parameter: 'redirect_uri' }],
      ['missing', { redirect_uri: undefined, response_type: undefined }, { parameter: 'response_type' }],
      ['client-id', { client_id: 'nobody' }, { clientId: '', parameter: 'client_id', receivedLength: 6 }],
    ])('%s: the page shows the error id of the record: %j', async (cause, more, expected) => {
      const text = await (await authorize(more)).text();
      const [, id = ''] = /错误编号 ([0-9a-f]{8})/.exec(text) ?? [];
      expect(text).toContain(`href="/developers/errors#error-${cause}"`);
      expect(shown(await found(`(error id ${id})`))).toMatchObject(
        answer({ endpoint: 'authorization', cause: cause as FailureRecord['cause'], ...expected }),
      );
    });

    it('redirect-uri: the page has the error id, the record what was registered and what came, without its query', async () => {
      const page = await authorize({ redirect_uri: `${site.origin}/callback/?phone=13800138000` });
      const [, id = ''] = /错误编号 ([0-9a-f]{8})/.exec(await page.text()) ?? [];
      expect(shown(await found(`(error id ${id})`))).toEqual(
        answer({
          endpoint: 'authorization',
          error: 'invalid_redirect_uri',
          cause: 'redirect-uri',
          parameter: 'redirect_uri',
          expected: callback(),
          received: `${callback()}/?…`,
        }),
      );
    });

    it('twice: a repeated parameter is named', async () => {
      const url = `${await site.loginUrl(origin)}&scope=openid`;
      const { headers } = await at.citizen.browser.request('GET', url);
      expect(
        await found(new URL(headers.get('location') ?? '').searchParams.get('error_description') ?? ''),
      ).toMatchObject({ cause: 'twice', parameter: 'scope' });
    });

    it.each(['fragment', 'form_post'])('the id arrives by %s as well, with state untouched', async (mode) => {
      const got = await authorize({ response_mode: mode, scope: 'openid phone', state: '"&<b>+ %20' });
      const [, fragment] = (got.headers.get('location') ?? '').split('#');
      const html = await got.text();
      const fields = new URLSearchParams(fragment ?? '');
      for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g))
        fields.set(name, value);
      expect(await found(fields.get('error_description') ?? '')).toMatchObject({ cause: 'scope', received: 'phone' });
      expect(fields.get('error')).toBe('invalid_scope');
      expect(fields.get('error_uri')).toBe(`${origin}/developers/errors#error-scope`);
      expect(fields.get('state')).toBe(mode === 'fragment' ? '"&<b>+ %20' : '&quot;&amp;&lt;b&gt;+ %20');
    });

    it('pushed-request: a site that has to push is told so', async () => {
      const { headers } = await authorize({}, at.sites.pushing);
      const location = new URL(headers.get('location') ?? '');
      expect(await found(location.searchParams.get('error_description') ?? '')).toMatchObject({
        clientId: 'pushing',
        cause: 'pushed-request',
        parameter: 'request_uri',
      });
    });

    it('nobody’s failure is none of the site’s: prompt=none without a session, a person who declines, a lapsed journey', async () => {
      const before = await failures.of('site');
      const none = await new Browser().request('GET', await site.loginUrl(origin, { prompt: 'none' }));
      const location = new URL(none.headers.get('location') ?? '');
      expect(location.searchParams.get('error')).toBe('login_required');
      expect(location.href).not.toMatch(/error%20id|error_uri/);
      const page = await new Browser().open(await site.loginUrl(origin));
      const back = await page.follow('login-cancel').catch(async () => page.press('login-cancel'));
      expect(back.url.searchParams.get('error')).toBe('access_denied');
      const gone = await new Browser().open(`${origin}/oidc/auth/gone`);
      expect(gone.codes).toEqual(['interaction.expired']);
      expect(await failures.of('site')).toEqual(before);
    });
  });

  describe('of a site’s server', () => {
    const post = async (path: string, body: Params, headers: Record<string, string> = {}) => {
      const form = Object.entries(body).filter((pair): pair is [string, string] => pair[1] !== undefined);
      return fetch(origin + path, { method: 'POST', headers, body: new URLSearchParams(form) });
    };
    const told = async (got: Response) => {
      const body = (await got.json()) as { error: string; error_description: string; error_uri: string };
      return { status: got.status, ...body, record: await found(body.error_description) };
    };
    const own = { authorization: basic('site') };
    const redeem = async (change: (code: Record<string, string>) => Params, headers = own) =>
      told(await post('/oidc/token', change(await at.code(site)), headers));

    it.each<[cause: string, change: (code: Record<string, string>) => Params, expected: Expected]>([
      [
        'grant-type',
        (code) => ({ ...code, grant_type: 'password' }),
        { expected: 'authorization_code\nrefresh_token', received: 'password' },
      ],
      ['missing', ({ code: _none, ...rest }) => rest, { parameter: 'code' }],
      ['code-unknown', (code) => ({ ...code, code: 'x'.repeat(43) }), { parameter: 'code', receivedLength: 43 }],
      [
        'code-redirect-uri',
        (code) => ({ ...code, redirect_uri: 'https://portal.example/cb' }),
        { parameter: 'redirect_uri', received: 'https://portal.example/cb' },
      ],
      ['code-verifier-missing', ({ code_verifier: _none, ...rest }) => rest, { parameter: 'code_verifier' }],
      [
        'code-verifier',
        (code) => ({ ...code, code_verifier: verifier() }),
        { parameter: 'code_verifier', receivedLength: 43 },
      ],
      [
        'code-verifier-form',
        (code) => ({ ...code, code_verifier: 'short' }),
        { parameter: 'code_verifier', receivedLength: 5 },
      ],
    ])('%s: the JSON names the record, and the cause that OAuth keeps quiet about', async (cause, change, expected) => {
      const { record, error, error_uri: uri } = await redeem(change);
      expect(uri).toBe(`${origin}/developers/errors#error-${cause}`);
      const registered = cause === 'code-redirect-uri' ? { expected: `${site.origin}/callback` } : {};
      expect(shown(record)).toMatchObject(
        answer({
          endpoint: 'token',
          error,
          cause: cause as FailureRecord['cause'],
          ...registered,
          parameter: cause.replaceAll('-', '_'),
          ...expected,
        }),
      );
      expect(JSON.stringify(record)).not.toContain('xxxx');
    });

    it('code-used: the second redemption; the third finds nothing any more', async () => {
      const code = await at.code(site);
      await post('/oidc/token', code, own);
      expect((await told(await post('/oidc/token', code, own))).record).toMatchObject({
        cause: 'code-used',
        received: null,
      });
      expect((await told(await post('/oidc/token', code, own))).record).toMatchObject({ cause: 'code-unknown' });
    });

    it('code-expired: redeemed after more than a minute', async () => {
      const code = await at.code(site);
      letTimePass(76);
      const { record } = await told(await post('/oidc/token', code, own));
      expect(record).toMatchObject({ cause: 'code-expired', parameter: 'code', receivedLength: 43 });
    });

    it('of-another-site: a code of one site, redeemed by another', async () => {
      const { record } = await redeem((code) => code, { authorization: basic('other') });
      expect(record).toMatchObject({ clientId: 'other', cause: 'of-another-site', parameter: 'code' });
    });

    it('refresh-token-used, refresh-token-unknown, refresh-scope: a refresh that goes wrong', async () => {
      const tokens = (await (await post('/oidc/token', await at.code(site), own)).json()) as { refresh_token: string };
      const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
      const more = await told(await post('/oidc/token', { ...refresh, scope: 'openid profile' }, own));
      expect(more.record).toMatchObject({ cause: 'refresh-scope', parameter: 'scope', received: 'profile' });
      await post('/oidc/token', refresh, own);
      expect((await told(await post('/oidc/token', refresh, own))).record).toMatchObject({
        cause: 'refresh-token-used',
      });
      const unknown = await told(await post('/oidc/token', { ...refresh, refresh_token: 'nothing' }, own));
      expect(unknown.record).toMatchObject({ cause: 'refresh-token-unknown', received: null, receivedLength: 7 });
    });

    it('grant-ended: a refresh for an account that is disabled', async () => {
      const { refresh_token: token } = await disabled();
      const refresh = { grant_type: 'refresh_token', refresh_token: token };
      expect((await told(await post('/oidc/token', refresh, own))).record).toMatchObject({
        clientId: 'site',
        cause: 'grant-ended',
        parameter: 'refresh_token',
        received: null,
        receivedLength: token?.length,
      });
    });

    it.each<[cause: string, headers: Record<string, string>, body: Params, expected: Expected]>([
      [
        'client-secret',
        { authorization: basic('site', `${SITE_SECRET}0`) },
        {},
        { parameter: 'client_secret', receivedLength: SITE_SECRET.length + 1 },
      ],
      [
        'client-secret',
        {},
        { client_id: 'site', client_secret: 'wrong' },
        { parameter: 'client_secret', receivedLength: 5 },
      ],
      ['authentication-method', {}, { client_id: 'site' }, { expected: 'client_secret_basic', received: 'none' }],
      [
        'authentication-method',
        { authorization: basic('spa') },
        {},
        { clientId: 'spa', expected: 'none', received: 'client_secret_basic' },
      ],
      ['authentication-missing', {}, {}, { clientId: '' }],
      ['authentication-twice', own, { client_secret: 'x' }, {}],
      [
        'client-id-differs',
        own,
        { client_id: 'other' },
        { clientId: 'other', parameter: 'client_id', receivedLength: 5 },
      ],
      [
        'authorization-header',
        { authorization: 'Basic nothing!' },
        { client_id: 'site' },
        { parameter: 'Authorization', receivedLength: 14 },
      ],
      ['client-id', { authorization: basic('nobody') }, {}, { clientId: '', parameter: 'client_id' }],
      [
        'assertion-type',
        {},
        { client_id: 'keyed', client_assertion: 'e30.eyJzdWIiOiJrZXllZCJ9.', client_assertion_type: 'jwt' },
        { clientId: 'keyed', parameter: 'client_assertion_type', expected: ASSERTION, received: 'jwt' },
      ],
      [
        'assertion-form',
        {},
        { client_id: 'keyed', client_assertion: 'nothing', client_assertion_type: ASSERTION },
        { clientId: 'keyed', parameter: 'client_assertion', receivedLength: 7 },
      ],
      [
        'origin',
        { ...own, origin: 'https://portal.example' },
        { grant_type: 'authorization_code' },
        { parameter: 'Origin', received: 'https://portal.example/' },
      ],
    ])(
      '%s: who fails to prove what site it is, the record of that site says why',
      async (cause, headers, body, expected) => {
        const got = await told(await post('/oidc/token', { grant_type: 'authorization_code', ...body }, headers));
        expect(shown(got.record)).toMatchObject(
          answer({ endpoint: 'token', error: got.error, cause: cause as FailureRecord['cause'], ...expected }),
        );
        const anchor = got.error === 'invalid_client' ? 'errors-authentication' : `error-${cause}`;
        expect(got.error_uri).toBe(`${origin}/developers/errors#${anchor}`);
      },
    );

    it('a wrong secret is answered with the standard members and the challenge, the id in both', async () => {
      const got = await post('/oidc/token', {}, { authorization: basic('site', 'wrong') });
      const body = (await got.json()) as Record<string, string>;
      expect(Object.keys(body).toSorted()).toEqual(['error', 'error_description', 'error_uri']);
      expect([got.status, body['error']]).toEqual([401, 'invalid_client']);
      const challenge = got.headers.get('www-authenticate') ?? '';
      expect(challenge).toMatch(/^Basic realm="[^"]+", error="invalid_client", error_description="[^"]+"$/);
      expect(ID.exec(challenge)?.[1]).toBe(ID.exec(body['error_description'] ?? '')?.[1]);
    });

    describe('by an assertion', () => {
      const seconds = () => Math.floor(Date.now() / 1000);
      const assertion = async (change: Record<string, unknown> = {}, alg = 'ES256', kid = 'k1', by = key.privateKey) =>
        new jose.SignJWT({
          iss: 'keyed',
          sub: 'keyed',
          aud: origin,
          jti: randomUUID(),
          iat: seconds(),
          exp: seconds() + 60,
          ...change,
        } as jose.JWTPayload)
          .setProtectedHeader({ alg, kid })
          .sign(by);
      const refused = async (value: string) =>
        told(
          await post('/oidc/token', {
            grant_type: 'authorization_code',
            client_assertion: value,
            client_assertion_type: ASSERTION,
          }),
        );

      it.each<[cause: string, change: Record<string, unknown>, expected: Expected]>([
        [
          'assertion-issuer',
          { iss: 'other' },
          { parameter: 'client_assertion.iss', expected: 'keyed', receivedLength: 5 },
        ],
        [
          'assertion-audience',
          { aud: 'https://other.example/token?x=y' },
          { parameter: 'client_assertion.aud', received: 'https://other.example/token?…' },
        ],
        ['assertion-expired', { exp: seconds() - 8 * 3600 }, { parameter: 'client_assertion.exp', received: '-8 h' }],
        ['assertion-early', { nbf: seconds() + 600 }, { parameter: 'client_assertion.iat', received: '+10 min' }],
        ['assertion-jti', { jti: undefined }, { parameter: 'client_assertion.jti' }],
      ])('%s: %j', async (cause, change, expected) => {
        const { record } = await refused(await assertion(change));
        const issuer = cause === 'assertion-audience' ? { expected: origin } : {};
        expect(shown(record)).toMatchObject(
          answer({
            clientId: 'keyed',
            endpoint: 'token',
            error: 'invalid_client',
            cause: cause as FailureRecord['cause'],
            ...issuer,
            ...expected,
          }),
        );
      });

      it('assertion-key: an unknown kid, and a key that is not the registered one', async () => {
        const unknown = await refused(await assertion({}, 'ES256', 'k2'));
        expect(unknown.record).toMatchObject({
          cause: 'assertion-key',
          parameter: 'client_assertion.kid',
          expected: 'k1',
          received: 'k2',
        });
        const forged = await refused(await assertion({}, 'ES256', 'k1', stranger.privateKey));
        expect(forged.record).toMatchObject({ cause: 'assertion-key', expected: 'k1', received: 'k1' });
      });

      it('jwks-uri: keys that cannot be fetched, and no more once they can', async () => {
        const subject = { iss: 'fetched', sub: 'fetched' };
        const down = await refused(await assertion(subject));
        expect(down).toMatchObject({
          error: 'invalid_client',
          record: { clientId: 'fetched', cause: 'jwks-uri', parameter: 'jwks_uri', received: null },
        });
        // The engine does not ask again within a minute: until then it is still the cause.
        const soon = await refused(await assertion(subject));
        expect(soon.record).toMatchObject({ clientId: 'fetched', cause: 'jwks-uri', errorId: down.record.errorId });
        keys.answers();
        letTimePass(61);
        const up = await refused(await assertion(subject));
        expect(up.record).toMatchObject({ clientId: 'fetched', cause: 'missing' });
      });

      it('assertion-algorithm and assertion-used', async () => {
        const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const other = await refused(await assertion({}, 'RS256', 'k1', rsa.privateKey));
        expect(other.record).toMatchObject({
          cause: 'assertion-algorithm',
          parameter: 'client_assertion.alg',
          expected: 'ES256',
          received: 'RS256',
        });
        const once = await assertion();
        await refused(once);
        expect((await refused(once)).record).toMatchObject({ cause: 'assertion-used', received: null });
      });
    });

    it('of pushed requests, introspection and revocation: each by its own name', async () => {
      const pushed = await told(
        await post(
          '/oidc/par',
          { client_id: 'site', response_type: 'code', scope: 'openid', redirect_uri: 'https://evil.example/cb' },
          own,
        ),
      );
      expect(pushed.record).toMatchObject({
        endpoint: 'par',
        cause: 'redirect-uri',
        received: 'https://evil.example/cb',
      });
      for (const [path, endpoint] of [
        ['/oidc/introspect', 'introspection'],
        ['/oidc/revoke', 'revocation'],
      ] as const) {
        const { record } = await told(await post(path, {}, own));
        expect(record).toMatchObject({ clientId: 'site', endpoint, cause: 'missing', parameter: 'token' });
      }
      const typed = await fetch(`${origin}/oidc/token`, {
        method: 'POST',
        headers: { ...own, 'content-type': 'application/json' },
        body: '{}',
      });
      expect((await told(typed)).record).toMatchObject({
        clientId: 'site',
        cause: 'content-type',
        received: 'application/json',
      });
    });
  });

  describe('at userinfo and at the logout', () => {
    const userinfo = async (headers: Record<string, string>, query = '') => {
      const got = await fetch(`${origin}/oidc/userinfo${query}`, { headers });
      const body = (await got.json()) as Record<string, string>;
      return { got, body, record: await found(body['error_description'] ?? '') };
    };

    it.each<[cause: string, headers: Record<string, string>, query: string]>([
      ['access-token-missing', {}, ''],
      ['access-token-place', {}, '?access_token=x'],
      ['bearer-header', { authorization: basic('site') }, ''],
      ['access-token-unknown', { authorization: 'Bearer nothing' }, ''],
    ])('%s: the answer has an id, and nobody’s record', async (cause, headers, query) => {
      const { body, record } = await userinfo(headers, query);
      expect(record).toMatchObject({ endpoint: 'userinfo', cause, received: null });
      expect(body['error_uri']).toBe(`${origin}/developers/errors#error-${cause}`);
      if (cause !== 'bearer-header') expect(record.clientId).toBe('');
    });

    it('access-token-scope: the site of the token is known', async () => {
      await at.asks(site, { scope: 'openid' });
      const { tokens } = site.lastLogin;
      const bearer = { authorization: `Bearer ${tokens.access_token}` };
      const scope = await userinfo(bearer, '?scope=openid+profile');
      expect(scope.record).toMatchObject({ clientId: 'site', cause: 'access-token-scope', received: 'profile' });
      const header = scope.got.headers.get('www-authenticate') ?? '';
      expect(ID.exec(header)?.[1]).toBe(scope.record.errorId);
    });

    it('access-token-ended: the token of an account that is disabled', async () => {
      const { access_token: token } = await disabled();
      const { got, record } = await userinfo({ authorization: `Bearer ${token}` });
      expect(got.status).toBe(401);
      expect(record).toMatchObject({
        clientId: 'site',
        endpoint: 'userinfo',
        cause: 'access-token-ended',
        received: null,
      });
    });

    it('post-logout-redirect-uri and id-token-hint: the logout page shows the id', async () => {
      await at.asks(site);
      const seen = async (more: Record<string, string>) => {
        const page = await at.citizen.browser.open(site.logoutUrl(site.lastLogin, more));
        const [, id = ''] = /错误编号 ([0-9a-f]{8})/.exec(page.text) ?? [];
        return found(`(error id ${id})`);
      };
      expect(await seen({ post_logout_redirect_uri: `${site.origin}/signed-out/` })).toMatchObject({
        clientId: 'site',
        endpoint: 'logout',
        cause: 'post-logout-redirect-uri',
        expected: `${site.origin}/signed-out`,
        received: `${site.origin}/signed-out/`,
      });
      expect(await seen({ id_token_hint: 'nothing' })).toMatchObject({
        clientId: 'site',
        cause: 'id-token-hint',
        receivedLength: 7,
      });
    });
  });

  describe('refused before the engine', () => {
    const said = async (status: number, body: string) => {
      const [first = '', guide] = body.split('\n');
      return { status, first: first.replace(ID, '').trim(), guide, record: await found(first) };
    };
    const posts = async (path: string, body: BodyInit, headers: Record<string, string> = {}) => {
      const got = await fetch(origin + path, { method: 'POST', body, headers, redirect: 'manual' });
      return said(got.status, await got.text());
    };

    it.each([
      ['/oidc/auth?client_id=site', 'authorization', {}],
      ['/oidc/logout', 'logout', { authorization: basic('site') }],
    ] as const)('content-type: a form of %s that is none is the site’s failure', async (path, endpoint, headers) => {
      const type = { 'content-type': 'application/json; charset=utf-8' };
      const { record, ...answered } = await posts(path, '{"state":"13800138000"}', { ...type, ...headers });
      expect(answered).toEqual({
        status: 415,
        first: 'invalid_request',
        guide: `${origin}/developers/errors#error-content-type`,
      });
      expect(shown(record)).toEqual(
        answer({
          endpoint,
          error: 'invalid_request',
          cause: 'content-type',
          parameter: 'Content-Type',
          expected: 'application/x-www-form-urlencoded',
          received: 'application/json',
        }),
      );
    });

    it('too-large: a form of more than 8 KB, of which only the length is kept', async () => {
      const body = new URLSearchParams({ client_id: 'site', state: '1'.repeat(9000) });
      const { record, ...answered } = await posts('/oidc/auth', body);
      expect(answered).toEqual({
        status: 413,
        first: 'invalid_request',
        guide: `${origin}/developers/errors#error-too-large`,
      });
      expect(shown(record)).toEqual(
        answer({
          endpoint: 'authorization',
          error: 'invalid_request',
          cause: 'too-large',
          parameter: 'Content-Length',
          expected: '8192',
          received: String(body.toString().length),
        }),
      );
    });

    it('too-large at the token endpoint: the engine’s own limit has the same name', async () => {
      const got = await fetch(`${origin}/oidc/token`, {
        method: 'POST',
        headers: { authorization: basic('site') },
        body: new URLSearchParams({ code: 'x'.repeat(60_000) }),
      });
      const { error_description: text } = (await got.json()) as { error_description: string };
      expect(await found(text)).toMatchObject({ clientId: 'site', cause: 'too-large', received: '60005' });
    });

    it('wrong-host: an address of the inner network, at any endpoint', async () => {
      const ask = async (path: string, headers: Record<string, string>, method: string) => {
        const { status, body } = await raw(at.service, path, { host: '10.0.0.7:3000', ...headers }, method);
        return said(status, body);
      };
      for (const [path, headers, method, endpoint] of [
        ['/oidc/auth?client_id=site', {}, 'GET', 'authorization'],
        ['/oidc/token', { authorization: basic('site') }, 'POST', 'token'],
      ] as const) {
        const { record, ...answered } = await ask(path, headers, method);
        expect(answered).toEqual({
          status: 421,
          first: 'misdirected_request',
          guide: `${origin}/developers/errors#error-wrong-host`,
        });
        expect(shown(record)).toEqual(
          answer({
            endpoint,
            error: 'misdirected_request',
            cause: 'wrong-host',
            parameter: 'Host',
            expected: new URL(origin).host,
            received: '10.0.0.7:3000',
          }),
        );
      }
    });

    it('of nobody’s site nothing is kept, and none is guessed at: the answer leads to the guide without an id', async () => {
      const before = [await failures.of(''), await failures.of('site')];
      for (const path of ['/oidc/auth?client_id=nobody', '/oidc/token', '/oidc/jwks', '/account?client_id=site']) {
        const { status, body } = await raw(at.service, path, { host: 'evil.example' }, 'POST');
        const guide = path.startsWith('/oidc/auth') || path === '/oidc/token';
        const more = guide ? `${origin}/developers/errors#error-wrong-host\n` : '';
        expect([path, status, body]).toEqual([path, 421, `misdirected_request\n${more}`]);
      }
      expect((await raw(at.service, 'http://evil.example/oidc/auth?client_id=site')).body).toBe('invalid_request\n');
      expect([await failures.of(''), await failures.of('site')]).toEqual(before);
    });

    it.each([
      ['evil.example:80:80', null],
      ['a@evil.example', null],
      ['evil.example/13800138000', null],
      ['13800138000', null],
      ['13800138000.evil.example', '….evil.example'],
    ])('of a Host %s no more is kept than may be: %s', async (host, received) => {
      const { status, body } = await raw(at.service, '/oidc/auth?client_id=site', { host });
      expect([status, (await found(body)).received]).toEqual([421, received]);
    });
  });

  it('every cause is provoked here', () => {
    const rules = Object.values(CAUSES).flat();
    expect(rules.map(({ cause }) => cause).filter((cause) => !provoked.has(cause))).toEqual([]);
  });
});
