import { randomBytes } from 'node:crypto';
import { FieldCipher } from '../../src/storage/field-cipher.js';
import { MemoryShortLived } from '../../src/storage/memory.short-lived.js';
import { ServiceKeys } from '../../src/storage/service-keys.js';
import { ShortLived } from '../../src/storage/short-lived.js';
import { Citizen, ZHANG_SAN } from '../support/citizen.js';
import { freshDatabase } from '../support/database.js';
import { dumpEverything } from '../support/dump.js';
import { TEST_MASTER_KEY } from '../support/env.js';
import { RedisServer, redisFound, until } from '../support/redis.js';
import { startService } from '../support/service.js';
import { SITE_SECRET, TestSite, sitesFile } from '../support/site.js';

const stores = ['in-process', ...(redisFound() ? ['redis'] : [])];

describe.each(stores)('what PostgreSQL and the %s store hold', (kind) => {
  it('nothing plain: no number, name, ID number, password, code, token or key, after a whole story', async () => {
    const redis = kind === 'redis' ? await RedisServer.start() : undefined;
    const database = await freshDatabase();
    const site = await TestSite.start('site');
    const service = await startService('hubei', {
      DATABASE_URL: database.url,
      SITES_FILE: sitesFile([site.metadata()]),
      ...(redis ? { REDIS_URL: redis.url } : {}),
    });
    const citizen = new Citizen(service);
    const asks = async (more: Record<string, string>) =>
      citizen.browser.open(await site.loginUrl(service.origin, { login_hint: citizen.phone, ...more }));
    const verification = await citizen.registers(await asks({ scope: 'openid real_name phone' }));
    const permission = await citizen.verifies(verification, ZHANG_SAN);
    await permission.press('permission-submit');
    const { tokens } = site.lastLogin;
    const claims = { userinfo: { phone_number: { value: `+86${citizen.phone}` } } };
    await asks({ claims: JSON.stringify(claims) });
    await site.userinfo(site.lastLogin);
    await asks({ prompt: 'login' });
    const session = citizen.browser.cookies(service.origin).find(({ name }) => name === '_session')?.value as string;

    const store = service.app.get(ShortLived);
    const memory = store instanceof MemoryShortLived ? store.dump() : undefined;
    const dump = await dumpEverything({ databaseUrl: database.url, redisUrl: redis?.url, memory });
    expect(dump.length).toBeGreaterThan(5000);
    const secrets = {
      phone: citizen.phone,
      name: ZHANG_SAN.name,
      idNumber: ZHANG_SAN.idNumber,
      password: citizen.password,
      hash: '$argon2id$',
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token as string,
      session,
      siteSecret: SITE_SECRET,
      signingKey: '"d":"',
    };
    for (const [name, secret] of Object.entries(secrets)) expect([name, dump.includes(secret)]).toEqual([name, false]);
    const keys = dump.match(/^tx1:\S+/gm) ?? [];
    expect(keys.length).toBeGreaterThan(10);
    for (const key of keys) expect(key).toMatch(/^tx1:[\w-]+:[\w:.-]+$/);
    await service.close();
    await site.close();
    await database.drop();
    await redis?.stop();
  });
});

describe('a change of MASTER_KEY', () => {
  it('is a re-wrap, after which the old one is not needed and everything goes on', async () => {
    const database = await freshDatabase();
    const site = await TestSite.start('site');
    const file = sitesFile([site.metadata({ subject_type: 'pairwise' })]);
    const boot = async (masterKey: string) =>
      startService('hubei', { DATABASE_URL: database.url, SITES_FILE: file, MASTER_KEY: masterKey });
    const before = await boot(TEST_MASTER_KEY);
    const citizen = new Citizen(before);
    await citizen.hasAccount(await site.loginUrl(before.origin), ZHANG_SAN);
    const { sub } = site.lastLogin.claims;
    await before.close();

    const fresh = randomBytes(32).toString('base64');
    const between = await boot(`${fresh},${TEST_MASTER_KEY}`);
    expect(await between.app.get(ServiceKeys).rewrap()).toBeGreaterThan(0);
    expect(await between.app.get(FieldCipher).rewrap()).toBeGreaterThan(0);
    await between.close();

    const after = await boot(fresh);
    const other = new Citizen(after);
    const page = await other.browser.open(await site.loginUrl(after.origin));
    await other.logsIn(page, citizen.phone);
    expect(site.lastLogin.claims.sub).toBe(sub);
    expect((await other.browser.open(`${after.origin}/account`)).text).toContain('张*');
    await after.close();
    await site.close();
    await expect(boot(TEST_MASTER_KEY)).rejects.toThrow(/MASTER_KEY: the key with id [0-9a-f]{8} is needed/);
    await database.drop();
  });
});

(redisFound() ? describe : describe.skip)('a change of COOKIE_KEYS', () => {
  it('signs nobody out while the old key is still among them, and everybody when it is not', async () => {
    const redis = await RedisServer.start();
    const database = await freshDatabase();
    const [old, fresh] = ['an-old-cookie-key-of-the-tests-012345', 'a-fresh-cookie-key-of-the-tests-01234'];
    const boot = async (keys: string) =>
      startService('hubei', { DATABASE_URL: database.url, REDIS_URL: redis.url, COOKIE_KEYS: keys });
    const before = await boot(old);
    const citizen = new Citizen(before);
    await citizen.hasAccount(`${before.origin}/account/start?create=1`);
    const kept = citizen.browser.copy();
    await before.close();

    const between = await boot(`${fresh},${old}`);
    expect((await citizen.browser.open(`${between.origin}/account`)).path).toBe('/account');
    await between.close();

    const after = await boot(fresh);
    expect((await citizen.browser.open(`${after.origin}/account`)).path).toBe('/account');
    expect((await kept.open(`${after.origin}/account`)).has('#login-submit')).toBe(true);
    await after.close();
    await database.drop();
    await redis.stop();
  });
});

(redisFound() ? describe : describe.skip)('Redis gone for a while', () => {
  it('requests fail fast with 503, /readyz says which, it recovers by itself, and no account is lost', async () => {
    const redis = await RedisServer.start('--maxmemory-policy', 'noeviction');
    const service = await startService('hubei', { REDIS_URL: redis.url });
    const start = async (browser: Citizen['browser']) => browser.open(`${service.origin}/account`);
    const citizen = new Citizen(service);
    await citizen.hasAccount(`${service.origin}/account/start?create=1`);
    expect((await fetch(`${service.origin}/readyz`)).status).toBe(200);
    await redis.stop();
    const begun = performance.now();
    const page = await start(citizen.browser);
    expect([page.status, performance.now() - begun < 5000]).toEqual([503, true]);
    expect(page.headers.get('retry-after')).toBeTruthy();
    expect(page.text).not.toMatch(/ECONN|redis/i);
    const ready = await fetch(`${service.origin}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ details: { postgresql: { status: 'up' }, redis: { status: 'down' } } });
    await redis.start();
    await until(async () => (await fetch(`${service.origin}/readyz`)).status === 200);
    const login = await start(citizen.browser);
    expect(login.has('#login-submit')).toBe(true);
    expect((await citizen.logsIn(login)).path).toBe('/account');
    await service.close();
    await redis.stop();
  });
});
