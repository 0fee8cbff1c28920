import { RedisServer, redisFound, until } from '../../test/support/redis.js';
import { Unavailable } from '../shared/refusal.js';
import { MemoryShortLived } from './memory.short-lived.js';
import { RedisShortLived } from './redis.short-lived.js';
import type { ShortLived } from './short-lived.js';
import { storeKey } from './short-lived.js';

let serial = 0;
const fresh = () => storeKey('test', String((serial += 1)));
const many = async <T>(work: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 100 }, async () => work()));

/** What both implementations promise. */
function contract(open: () => ShortLived): void {
  let store: ShortLived;
  beforeAll(() => {
    store = open();
  });

  it('keeps a value for its time to live', async () => {
    const key = fresh();
    await store.set(key, 'a', 1);
    expect(await store.get(key)).toBe('a');
    await until(async () => (await store.get(key)) === undefined);
  });

  it('says whether there is anything, of whatever type', async () => {
    const [text, hash, set] = [fresh(), fresh(), fresh()];
    await store.set(text, 'a', 60);
    await store.setFields(hash, { a: '1' }, 60);
    await store.addMember(set, 'a', 60);
    expect(await Promise.all([text, hash, set, fresh()].map(async (key) => store.has(key)))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('lets one of 100 concurrent takers have the value', async () => {
    const key = fresh();
    await store.set(key, 'a', 60);
    expect((await many(async () => store.take(key))).filter((value) => value === 'a')).toHaveLength(1);
    expect(await store.get(key)).toBeUndefined();
  });

  it('lets one of 100 concurrent callers be the first', async () => {
    const key = fresh();
    expect((await many(async () => store.once(key, 60))).filter(Boolean)).toHaveLength(1);
  });

  it('counts every one of 100 concurrent increments, within the life of the first', async () => {
    const key = fresh();
    expect((await many(async () => store.increment(key, 60))).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, at) => at + 1),
    );
    const short = fresh();
    await store.increment(short, 1, 5);
    await store.increment(short, 60);
    await until(async () => (await store.get(short)) === undefined);
  });

  it('writes fields side by side without losing one', async () => {
    const key = fresh();
    let at = 0;
    await many(async () => store.setFields(key, { [`f${(at += 1)}`]: 'x' }, 60));
    expect(Object.keys((await store.getFields(key)) ?? {})).toHaveLength(100);
    expect(await store.getFields(key, ['f1', 'f2', 'none'])).toEqual({ f1: 'x', f2: 'x' });
    await store.deleteFields(key, ['f1']);
    expect(await store.getFields(key, ['f1'])).toBeUndefined();
  });

  it('never makes a hash that is gone', async () => {
    const key = fresh();
    expect(await store.setFields(key, { a: '1' }, 60, { ifExists: true })).toBe(false);
    expect(await store.getFields(key)).toBeUndefined();
    await store.setFields(key, { a: '1' }, 60);
    expect(await store.setFields(key, { b: '2' }, 60, { ifExists: true })).toBe(true);
    await store.delete(key);
    expect(await store.setFields(key, { b: '3' }, 60, { ifExists: true })).toBe(false);
    expect(await store.getFields(key)).toBeUndefined();
  });

  it('keeps a set of members as long as its longest-lived member', async () => {
    const key = fresh();
    await store.addMember(key, 'a', 60);
    await store.addMember(key, 'b', 1);
    const end = fresh();
    await store.set(end, '1', 1);
    await until(async () => (await store.get(end)) === undefined);
    expect((await store.members(key)).toSorted()).toEqual(['a', 'b']);
    await store.removeMember(key, 'a');
    expect(await store.members(key)).toEqual(['b']);
    expect(await store.members(fresh())).toEqual([]);
  });

  it('replaces what is expected, and for one of 100 only', async () => {
    const key = fresh();
    expect(await store.replaceIf(key, 'a', 'b', 60)).toBe(false);
    await store.set(key, 'a', 60);
    expect((await many(async () => store.replaceIf(key, 'a', 'b', 60))).filter(Boolean)).toHaveLength(1);
    expect(await store.get(key)).toBe('b');
  });

  it('prolongs what is there and as expected, and nothing else', async () => {
    const key = fresh();
    await store.set(key, 'a', 60);
    expect(await store.replaceIf(key, 'b', 'b', 1)).toBe(false);
    expect(await store.replaceIf(key, 'a', 'a', 1)).toBe(true);
    await until(async () => (await store.get(key)) === undefined);
    expect(await store.replaceIf(key, 'a', 'a', 60)).toBe(false);
  });

  it('says when a key is used as two things', async () => {
    const key = fresh();
    await store.set(key, 'a', 60);
    const error = await store.setFields(key, { a: '1' }, 60).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(Unavailable);
  });
}

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
