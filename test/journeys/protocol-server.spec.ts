import { once } from 'node:events';
import { createServer } from 'node:http';
import { jest } from '@jest/globals';
import { Env } from '../../src/config/env.js';
import { CurrentProvider } from '../../src/oidc/current-provider.service.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { EarlyRefusals } from '../../src/oidc/errors/early-refusals.js';
import { Failures } from '../../src/oidc/errors/failures.service.js';
import { mountProtocol } from '../../src/oidc/mount.js';
import { Sites } from '../../src/oidc/sites/sites.service.js';
import { Unavailable } from '../../src/shared/refusal.js';
import { ShortLived } from '../../src/storage/short-lived.js';
import { Log } from '../../src/web/log.js';
import { Browser } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { raw } from '../support/raw.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { SITE_SECRET, TestSite, sitesFile } from '../support/site.js';

const DISCOVERY = '/.well-known/openid-configuration';

describe('the raw server ahead of the pages', () => {
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site');
    service = await startService('hubei', { SITES_FILE: sitesFile([site.metadata()]) });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const token = async (headers: Record<string, string> = {}) =>
    fetch(`${service.origin}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`site:${SITE_SECRET}`).toString('base64')}`, ...headers },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: 'x',
        redirect_uri: `${site.origin}/callback`,
      }),
    });

  describe('one truth of host', () => {
    it('refuses another Host, health aside; in a demonstration a page goes to the right one', async () => {
      for (const path of [DISCOVERY, '/oidc/auth', '/oidc/jwks']) {
        expect((await raw(service, path, { host: 'evil.example' })).status).toBe(421);
      }
      expect((await raw(service, '/healthz', { host: 'evil.example' })).status).toBe(200);
      const page = await raw(service, '/account?a=b', { host: 'evil.example' });
      expect([page.status, page.headers.location]).toEqual([302, `${service.origin}/account?a=b`]);
      expect((await raw(service, '/account', { host: 'evil.example' }, 'POST')).status).toBe(421);
    });

    it('in production sends a page of another Host nowhere either', async () => {
      const { app, origin } = service;
      const env = { ...app.get(Env), realm: 'production' } as Env;
      const server = createServer(
        mountProtocol(env, {
          current: app.get(CurrentProvider),
          early: new EarlyRefusals(app.get(Failures), app.get(Sites), env.issuer),
          pages: (_request, response) => void response.end(),
        }),
      );
      await once(server.listen(0, '127.0.0.1'), 'listening');
      expect((await raw({ server, origin }, '/account', { host: 'evil.example' })).status).toBe(421);
      expect((await raw({ server, origin }, '/account')).status).toBe(200);
      server.close();
    });

    it('refuses an address line with a host in it', async () => {
      for (const path of ['http://evil.example/', `http://evil.example${DISCOVERY}`, '@evil.example/']) {
        expect((await raw(service, path)).status).toBe(400);
      }
    });

    it('drops forwarded headers of a stranger', async () => {
      const forged = {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=evil.example',
      };
      const { body } = await raw(service, DISCOVERY, forged);
      expect(body).not.toContain('evil.example');
      expect(body).toContain(`"issuer":"${service.origin}"`);
      expect((await raw(service, '/oidc/logout', forged)).headers['set-cookie']?.join()).not.toMatch(/secure/i);
    });
  });

  describe('POST', () => {
    const post = async (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
      fetch(service.origin + path, { method: 'POST', body, headers, redirect: 'manual' });

    it('is the same authorization request by GET', async () => {
      const url = new URL(await site.loginUrl(service.origin));
      const answer = await post(url.pathname, url.searchParams);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([303, 'no-store']);
      const location = new URL(answer.headers.get('location') as string, service.origin);
      expect(location.searchParams.toString()).toBe(url.searchParams.toString());
    });

    it('by a site to the logout is asked again by GET, so that the session comes along and nobody seems out who is in', async () => {
      const citizen = new Citizen(service);
      await citizen.hasAccount(await site.loginUrl(service.origin));
      const url = new URL(site.logoutUrl(site.lastLogin, { state: 'z' }));
      // As browsers do with SameSite=Lax: no cookie on the POST of another site, cookies on the GET that follows.
      const crossSite = await post(url.pathname, url.searchParams);
      expect(crossSite.status).toBe(303);
      const again = new URL(crossSite.headers.get('location') as string, service.origin);
      const out = await citizen.browser.request('GET', again.href);
      expect(out.headers.get('location')).toBe(`${site.origin}/signed-out?state=z`);
      const after = await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'none' }));
      expect(after.text).toBe('login_required');
    });

    it('is bound in size, so that the address still fits, and takes forms only', async () => {
      const large = await post('/oidc/auth', new URLSearchParams({ state: 'x'.repeat(9000) }));
      expect(large.status).toBe(413);
      const most = await post('/oidc/auth', new URLSearchParams({ state: 'x'.repeat(8000) }));
      expect((await fetch(service.origin + most.headers.get('location'))).status).toBe(400);
      expect((await post('/oidc/auth', '{}', { 'content-type': 'application/json' })).status).toBe(415);
    });
  });

  describe('answers', () => {
    it('say the security headers: pages of ours, of the engine, errors, refusals', async () => {
      const paths = [
        '/',
        '/nowhere',
        '/oidc/nowhere',
        '/oidc/auth?client_id=none',
        '/oidc/logout',
        '/oidc/logout/success',
      ];
      const callback = await new Browser().request(
        'GET',
        await site.loginUrl(service.origin, { response_mode: 'form_post', prompt: 'none' }),
      );
      const answers = await Promise.all(
        [...paths, '/oidc/jwks', '/oidc/userinfo', '/account', '/account/start?create=1'].map(async (path) =>
          fetch(service.origin + path, { redirect: 'manual' }),
        ),
      );
      for (const { headers } of [...answers, callback]) {
        expect(headers.get('content-security-policy')).toMatch(/script-src 'self'.*frame-ancestors 'none'/);
        expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('referrer-policy')).toBe('same-origin');
        expect(headers.get('x-powered-by')).toBeNull();
      }
      const misdirected = await raw(service, '/oidc/jwks', { host: 'evil.example' });
      expect(misdirected.headers['x-content-type-options']).toBe('nosniff');
    });

    it('of an unknown address or method are ours as well, for people and for programs', async () => {
      const page = await new Browser().open(`${service.origin}/oidc/nowhere`);
      expect([page.status, page.codes]).toEqual([404, ['page.not-found']]);
      for (const path of ['/oidc/token', '/oidc/par', '/oidc/introspect', '/oidc/revoke']) {
        const answer = await fetch(service.origin + path);
        expect([answer.status, await answer.json()]).toEqual([404, { error: 'not_found' }]);
      }
    });

    it('that never change are one for all, and new with the engine, whatever was under way', async () => {
      const current = service.app.get(CurrentProvider);
      const before = current.answers;
      const first = await (await fetch(`${service.origin}/oidc/jwks`)).text();
      expect(before.get('/oidc/jwks')?.body).toBe(first);
      current.replace(current.get());
      before.set('/oidc/jwks', { type: 'application/json', body: 'late' });
      expect(await (await fetch(`${service.origin}/oidc/jwks`)).text()).toBe(first);
    });
  });

  describe('when something is wrong on our side', () => {
    it('a site is told 503 with the seconds, and a person sees a page, when a store is away', async () => {
      const store = service.app.get(ShortLived);
      const away = () => jest.spyOn(store, 'get').mockRejectedValueOnce(new Unavailable('redis', 7));
      away();
      const answer = await token();
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7']);
      expect(await answer.json()).toEqual({ error: 'temporarily_unavailable' });
      const citizen = new Citizen(service);
      await citizen.hasAccount(await site.loginUrl(service.origin));
      away();
      const page = await citizen.browser.open(await site.loginUrl(service.origin));
      expect([page.status, page.headers.get('retry-after')]).toEqual([503, '7']);
      expect(page.codes).toEqual(['temporarily_unavailable']);
    });

    it('a bug is logged once, with the id that the site or the page shows, and nothing of the request', async () => {
      const store = service.app.get(ShortLived);
      const logged = jest.spyOn(service.app.get(Log), 'error').mockReturnValue(undefined);
      const broken = () => jest.spyOn(store, 'get').mockRejectedValueOnce(new TypeError('phone 13800000000'));
      broken();
      const answer = await token();
      const { error, error_description: id } = (await answer.json()) as Record<string, string>;
      expect([answer.status, error]).toEqual([500, 'server_error']);
      broken();
      const page = await (await token({ accept: 'text/html' })).text();
      expect(logged.mock.calls.map(([fields]) => fields['id'])).toEqual([id, /错误编号 (\w{8})/.exec(page)?.[1]]);
      expect(page).not.toContain('13800000000');
    });

    it('sites that changed while a request was under way are an answer, not a bug', async () => {
      const citizen = new Citizen(service);
      await citizen.hasAccount(await site.loginUrl(service.origin));
      jest.spyOn(service.app.get(Sites), 'get').mockReturnValue(undefined);
      const page = await citizen.browser.open(await site.loginUrl(service.origin));
      jest.restoreAllMocks();
      await service.app.get(Engine).refresh();
      expect(page.text).toContain('invalid_client');
    });
  });
});

describe('behind a proxy that ends TLS', () => {
  let service: RunningService;
  beforeAll(async () => {
    const proxies = { ISSUER: 'https://id.example.cn', DEMO: '1', TRUST_PROXY: '127.0.0.0/8,::1/128' };
    service = await startService('hebei', proxies);
  });
  afterAll(async () => service.close());

  it('every address is https, whatever the proxy says or forgets to say', async () => {
    const said: Record<string, string>[] = [{}, { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'evil.example' }];
    for (const headers of said) {
      const { body } = await raw(service, DISCOVERY, headers);
      expect(JSON.parse(body)).toMatchObject({ issuer: 'https://id.example.cn' });
      expect(body).not.toMatch(/http:|evil/);
    }
  });

  it('cookies belong to this host over TLS alone, and browsers are told to stay with TLS', async () => {
    const start = await raw(service, '/account');
    expect(start.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
    const login = await raw(service, start.headers.location as string);
    const cookies = [
      ...(login.headers['set-cookie'] ?? []),
      ...((await raw(service, '/oidc/logout')).headers['set-cookie'] ?? []),
    ];
    expect(new Set(cookies.map((cookie) => /^[^=.]+/.exec(cookie)?.[0]))).toEqual(
      new Set(['__Secure-interaction', '__Secure-interaction_resume', '__Host-session']),
    );
    for (const cookie of cookies) expect(cookie).toMatch(/; secure; httponly$/i);
    for (const cookie of cookies.filter((one) => one.startsWith('__Host-'))) {
      expect(cookie).toContain('; path=/;');
      expect(cookie).not.toContain('domain');
    }
  });
});
