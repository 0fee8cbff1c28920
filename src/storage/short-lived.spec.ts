import { RedisServer, redisFound, until } from '../../test/support/redis.js';
import { contract } from '../../test/support/short-lived-contract.js';
import { Unavailable } from '../shared/refusal.js';
import { MemoryShortLived } from './memory.short-lived.js';
import { RedisShortLived } from './redis.short-lived.js';

describe('the in-process short-lived store', () => {
  const store = new MemoryShortLived();
  afterAll(async () => store.close());
  contract(() => store);

  it('is bounded: what was written longest ago goes first', async () => {
    const small = new MemoryShortLived(3);
    for (const key of ['a', 'b', 'c', 'd']) await small.set(key, key, 60);
    expect(await Promise.all(['a', 'b', 'd'].map(async (key) => small.get(key)))).toEqual([undefined, 'b', 'd']);
    await small.close();
  });
});

const withRedis = redisFound() || process.env['REQUIRE_ALL'] === '1' ? describe : describe.skip;
if (!redisFound()) process.stderr.write('SKIPPED: no redis-server on this machine, the Redis store is not tested\n');

withRedis('the short-lived store on a Redis without KEYS and SCAN', () => {
  let server: RedisServer;
  let store: RedisShortLived;
  beforeAll(async () => {
    const walks = ['KEYS', 'SCAN', 'HSCAN', 'SSCAN'].flatMap((name) => ['--rename-command', name, '']);
    server = await RedisServer.start('--maxmemory-policy', 'noeviction', ...walks);
    store = new RedisShortLived(server.url);
    await store.ready();
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });
  contract(() => store);

  it('answers 503 at once while Redis is gone, and recovers by itself', async () => {
    await server.stop();
    const before = Date.now();
    await expect(store.get('tx1:test:gone')).rejects.toBeInstanceOf(Unavailable);
    await expect(store.ping()).rejects.toBeInstanceOf(Unavailable);
    expect(Date.now() - before).toBeLessThan(3000);
    await server.start();
    await until(async () =>
      store.set('tx1:test:back', '1', 60).then(
        () => true,
        () => false,
      ),
    );
    expect(await store.get('tx1:test:back')).toBe('1');
  });

  it('tells the operator of an eviction policy that loses sessions', async () => {
    expect(await store.ping()).toBeUndefined();
    const lossy = await RedisServer.start('--maxmemory-policy', 'allkeys-lru');
    const other = new RedisShortLived(lossy.url);
    await other.ready();
    expect(await other.ping()).toContain('allkeys-lru');
    await other.close();
    await lossy.stop();
  });
});

withRedis('the short-lived store on a Redis Cluster', () => {
  let server: RedisServer;
  let store: RedisShortLived;
  beforeAll(async () => {
    server = await RedisServer.startCluster();
    store = new RedisShortLived(`${server.url},${server.url}`);
    await store.ready();
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });
  contract(() => store);
});

withRedis('the short-lived store on a Redis that Sentinels know', () => {
  let server: RedisServer;
  let sentinel: RedisServer;
  let store: RedisShortLived;
  beforeAll(async () => {
    server = await RedisServer.start('--maxmemory-policy', 'noeviction');
    sentinel = await server.startSentinel();
    store = new RedisShortLived(`redis-sentinel://127.0.0.1:${sentinel.port},127.0.0.1:${sentinel.port}/main`);
    await store.ready();
  });
  afterAll(async () => {
    await store.close();
    await Promise.all([sentinel.stop(), server.stop()]);
  });
  contract(() => store);

  it('tells the operator of an eviction policy that loses sessions, whichever node has it', async () => {
    expect(await store.ping()).toBeUndefined();
    const lossy = await RedisServer.startCluster('--maxmemory-policy', 'volatile-lru');
    const other = new RedisShortLived(`${lossy.url},${lossy.url}`);
    await other.ready();
    expect(await other.ping()).toBe('maxmemory-policy is volatile-lru, not noeviction');
    await other.close();
    await lossy.stop();
  });
});
