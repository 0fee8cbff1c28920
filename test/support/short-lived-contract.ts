import { Unavailable } from '../../src/shared/refusal.js';
import type { ShortLived } from '../../src/storage/short-lived.js';
import { storeKey } from '../../src/storage/short-lived.js';
import { until } from './redis.js';

let serial = 0;
const fresh = () => storeKey('test', String((serial += 1)));
const many = async <T>(work: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 100 }, async () => work()));

/** What each implementation of the short-lived store promises. */
export function contract(open: () => ShortLived): void {
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

  it('gives all of 100 concurrent callers the first one’s field, and none without the hash', async () => {
    const key = fresh();
    expect(await store.fieldOnce(key, 'a', '1')).toBeUndefined();
    expect(await store.has(key)).toBe(false);
    await store.setFields(key, { b: '1' }, 60);
    let at = 0;
    const answers = await many(async () => store.fieldOnce(key, 'a', String((at += 1))));
    expect(new Set(answers).size).toBe(1);
    expect(await store.getFields(key)).toEqual({ a: answers[0], b: '1' });
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
