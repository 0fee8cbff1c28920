import { jest } from '@jest/globals';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { Changes } from '../../src/oidc/changes.service.js';
import { CurrentProvider } from '../../src/oidc/current-provider.service.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { SigningKeys } from '../../src/oidc/signing-keys.service.js';
import { Sites } from '../../src/oidc/sites/sites.service.js';
import { Unavailable } from '../../src/shared/refusal.js';
import { Citizen } from '../support/citizen.js';
import { freshDatabase } from '../support/database.js';
import { basic } from '../support/protocol.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

describe('the sites file, by our rules and the engine’s', () => {
  let service: RunningService;
  let site: TestSite;
  beforeAll(async () => {
    site = await TestSite.start('site');
    service = await startService('hubei');
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });

  it.each([
    [{ redirect_uris: 'x' }, 'entry 1, redirect_uris: '],
    [{ client_id: 'site' }, 'entry 1, client_id: site is there twice'],
    [{ client_id: 'tongxing-user-centre' }, "entry 1, client_id: tongxing-user-centre is the user centre's own"],
    [{ client_id: 'tongxing-console' }, "entry 1, client_id: tongxing-console is the console's own"],
    [{ grant_types: ['implicit'] }, 'entry 1, '],
    [{ client_secret: undefined }, 'entry 1, client_secret is mandatory property'],
    [{ redirect_uris: ['https://a.example/#f'] }, 'entry 1, redirect_uris: an address without a fragment expected'],
    [{ token_endpoint_auth_method: 'private_key_jwt' }, 'entry 1, jwks or jwks_uri is mandatory'],
    [{ id_token_signed_response_alg: 'none' }, 'entry 1, id_token_signed_response_alg must be'],
  ])('names index and field for %j', async (change, message) => {
    const entries = [site.metadata(), { ...site.metadata(), client_id: 'second', ...change }];
    await expect(service.app.get(Engine).check(entries)).rejects.toThrow(message);
  });

  it('has to be a list', async () => {
    await expect(service.app.get(Engine).check({ a: 1 })).rejects.toThrow('a JSON array of client metadata expected');
  });
});

describe('a process that looks for what another one has changed', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService('hubei');
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(async () => service.close());

  it('asks one query, and builds a new engine only when keys or sites are others', async () => {
    const { app } = service;
    const engine = app.get(Engine);
    await engine.refresh();
    const asked = jest.spyOn(app.get(DataSource), 'query');
    const replaced = jest.spyOn(app.get(CurrentProvider), 'replace');
    await engine.refresh();
    expect([asked.mock.calls.length, replaced.mock.calls.length]).toEqual([1, 0]);
    service.clock.advance(60);
    await app.get(SigningKeys).rotate();
    await engine.refresh();
    await engine.refresh();
    expect(replaced).toHaveBeenCalledTimes(1);
  });

  it('keeps its engine while the database is away, and catches up', async () => {
    const { app, origin } = service;
    jest.spyOn(app.get(Changes), 'marks').mockRejectedValueOnce(new Unavailable('postgresql'));
    await expect(app.get(Engine).refresh()).rejects.toThrow(Unavailable);
    expect((await fetch(`${origin}/oidc/jwks`)).status).toBe(200);
    service.clock.advance(60);
    await app.get(SigningKeys).rotate();
    await app.get(Engine).refresh();
    const { keys } = (await (await fetch(`${origin}/oidc/jwks`)).json()) as { keys: { kid: string }[] };
    const listed = (await app.get(SigningKeys).list()).map(({ kid }) => kid);
    expect(keys.map(({ kid }) => kid).toSorted()).toEqual(listed.toSorted());
  });
});

describe('a site that changes while it is in use', () => {
  it('has its new secret and address at once, and nobody loses a session', async () => {
    const site = await TestSite.start('site');
    const service = await startService('hubei', { SITES_FILE: sitesFile([site.metadata()]) });
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    const login = site.lastLogin;
    const secret = 'another-secret-of-the-tests-another-secret-of-tests';
    const callback = `${site.origin}/other-callback`;
    const { app, origin } = service;
    await app.get(Engine).apply([site.metadata({ client_secret: secret, redirect_uris: [callback] })], 'cli');
    await app.get(Engine).refresh();

    expect((await site.userinfo(login)).sub).toBe(login.claims.sub);
    const refresh = async (authorization: string) =>
      (
        await fetch(`${origin}/oidc/token`, {
          method: 'POST',
          headers: { authorization },
          body: new URLSearchParams({
            grant_type: 'refresh_token',
            refresh_token: login.tokens.refresh_token as string,
          }),
        })
      ).status;
    expect([await refresh(basic('site')), await refresh(basic('site', secret))]).toEqual([401, 200]);
    const hop = async (uri: string) =>
      citizen.browser.request('GET', await site.loginUrl(origin, { redirect_uri: uri, prompt: 'none' }));
    expect((await hop(`${site.origin}/callback`)).status).toBe(400);
    expect((await hop(callback)).headers.get('location')).toMatch(/other-callback\?code=/);
    await service.close();
    await site.close();
  });
});

describe('the sites file at boot', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await TestSite.start('site');
  });
  afterAll(async () => site.close());

  it('stops it with a clear message when an entry is wrong', async () => {
    const file = sitesFile([site.metadata(), site.metadata({ client_id: 'second', redirect_uris: 'x' })]);
    await expect(startService('hubei', { SITES_FILE: file })).rejects.toThrow(
      /cannot be used:\n  - entry 1, redirect_uris: /,
    );
  });

  it('is applied once by processes that start at once on an empty database, and all have one set of everything', async () => {
    const database = await freshDatabase({ empty: true });
    const more = { DATABASE_URL: database.url, SITES_FILE: sitesFile([site.metadata()]) };
    const services = await Promise.all([startService('hubei', more), startService('hubei', more)]);
    const published = await Promise.all(
      services.map(async ({ origin }) => (await fetch(`${origin}/oidc/jwks`)).text()),
    );
    expect(new Set(published).size).toBe(1);
    for (const { app } of services) expect(app.get(Sites).get('site')?.name['zh-CN']).toBe(site.name);
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const count = async (table: string) => Number((await client.query(`select count(*) from ${table}`)).rows[0].count);
    expect(await count('signing_keys')).toBe(4);
    await client.end();
    for (const service of services) await service.close();
    await database.drop();
  });
});
