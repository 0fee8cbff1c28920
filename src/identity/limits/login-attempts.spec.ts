import { Clock } from '../../shared/clock.js';
import { secondsLeftOfChinaDay } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { MemoryShortLived } from '../../storage/memory.short-lived.js';
import { KnownDevices } from './known-devices.service.js';
import { Limits } from './limits.service.js';
import { LoginAttempts } from './login-attempts.service.js';
import type { Attempt } from './login-attempts.service.js';

const TABLE = { captchaAfter: 5, waitMinutes: [1, 2, 5], wrongPerAddressHour: 12, serviceHour: 1000 };
const blind = { text: (kind: string, value: string) => `${kind}-${value}` };

function attempts(store: MemoryShortLived, clock: Clock, limits = true): LoginAttempts {
  const env = { limits } as never;
  const counting = new Limits(store, blind as never, clock, env);
  return new LoginAttempts(counting, store, clock, env, { limits: { login: TABLE } } as never);
}

describe('wrong passwords (R-4.1)', () => {
  let store: MemoryShortLived;
  let clock: Clock;
  let next = 0;
  beforeEach(() => {
    store = new MemoryShortLived();
    clock = new Clock();
    clock.advance(secondsLeftOfChinaDay(clock.now()) + 1);
  });
  afterEach(async () => store.close());

  const somebody = (more: Partial<Attempt> = {}): Attempt => ({
    target: `target-${(next += 1)}`,
    address: `10.0.${next}.1`,
    ...more,
  });
  const failing = async (times: number, attempt: Attempt, of = attempts(store, clock)): Promise<void> => {
    for (let wrong = 0; wrong < times; wrong += 1) await of.failed(attempt);
  };
  const checked = async (attempt: Attempt, of = attempts(store, clock)): Promise<number> =>
    of.check(attempt).then(
      () => 0,
      (refusal: Refusal) => refusal.retryAfter as number,
    );

  it('a picture after five, on whichever process they came', async () => {
    const attempt = somebody();
    await failing(4, attempt);
    expect(await attempts(store, clock).captchaDue(attempt)).toBe(false);
    await failing(1, attempt, attempts(store, clock));
    expect(await attempts(store, clock).captchaDue(attempt)).toBe(true);
    expect(await checked(attempt)).toBe(0);
  });

  it('then waits that grow, and say how long', async () => {
    const attempt = somebody();
    await failing(5, attempt);
    for (const minutes of [1, 2, 5, 5]) {
      await failing(1, attempt);
      expect(await checked(attempt)).toBe(minutes * 60);
      clock.advance(minutes * 60 - 1);
      expect(await checked(attempt)).toBe(1);
      clock.advance(1);
      expect(await checked(attempt)).toBe(0);
    }
  });

  it('a browser the account knows has a counter of its own: a stranger does not lock its owner out', async () => {
    const stranger = somebody();
    await failing(8, stranger);
    const owner = somebody({ target: stranger.target, knownDevice: 'a-browser' });
    expect(await checked(stranger)).toBeGreaterThan(0);
    expect(await checked(owner)).toBe(0);
    expect(await attempts(store, clock).captchaDue(owner)).toBe(false);
    await failing(6, owner);
    expect(await checked(owner)).toBe(60);
  });

  it('an address that tries many accounts is stopped for the rest of the hour; its /64 counts as one', async () => {
    for (let at = 0; at < 12; at += 1) await failing(1, somebody({ address: `2001:db8::${at}` }));
    expect(await checked(somebody({ address: '2001:db8::ffff' }))).toBeGreaterThan(0);
    expect(await checked(somebody())).toBe(0);
    clock.advance(3600);
    expect(await checked(somebody({ address: '2001:db8::ffff' }))).toBe(0);
  });

  it('a right one, and the next China day, begin anew', async () => {
    const attempt = somebody();
    await failing(6, attempt);
    await attempts(store, clock).succeeded(attempt);
    expect(await checked(attempt)).toBe(0);
    expect(await attempts(store, clock).captchaDue(attempt)).toBe(false);
    await failing(5, attempt);
    clock.advance(86_400);
    expect(await attempts(store, clock).captchaDue(attempt)).toBe(false);
  });

  it('LIMITS=off takes the waits away, not the picture', async () => {
    const attempt = somebody();
    const off = attempts(store, clock, false);
    await failing(20, attempt, off);
    expect(await checked(attempt, off)).toBe(0);
    expect(await off.captchaDue(attempt)).toBe(true);
  });
});

describe('browsers an account knows', () => {
  const OLD = 'an-old-key-of-the-cookies-0123456789';
  const NEW = 'a-new-key-of-the-cookies-0123456789';
  const devices = (...cookieKeys: string[]) => new KnownDevices({ cookieKeys } as never);

  it('keeps its id, and is known to each account that it logged in to', () => {
    const first = devices(NEW).remember(undefined, 'zhang');
    const both = devices(NEW).remember(first, 'li');
    expect(devices(NEW).idOf(both)).toBe(devices(NEW).idOf(first));
    expect(devices(NEW).deviceOf(both, 'zhang')).toBe(devices(NEW).idOf(first));
    expect(devices(NEW).deviceOf(both, 'li')).toBeDefined();
    expect(devices(NEW).deviceOf(both, 'wang')).toBeUndefined();
  });

  it('an old cookie counts while its key is listed, a forged or foreign one never', () => {
    const cookie = devices(OLD).remember(undefined, 'zhang');
    expect(devices(NEW, OLD).deviceOf(cookie, 'zhang')).toBeDefined();
    expect(devices(NEW).deviceOf(cookie, 'zhang')).toBeUndefined();
    const [, mark] = cookie.split('.');
    expect(devices(OLD).deviceOf(`another.${mark}`, 'zhang')).toBeUndefined();
    expect(devices(OLD).deviceOf('', 'zhang')).toBeUndefined();
    expect(devices(OLD).deviceOf(undefined, 'zhang')).toBeUndefined();
  });

  it('a cookie grows to ten accounts and no further', () => {
    let cookie: string | undefined;
    for (let account = 0; account < 15; account += 1) cookie = devices(NEW).remember(cookie, `account-${account}`);
    expect(cookie?.split('.')).toHaveLength(11);
    expect(devices(NEW).deviceOf(cookie, 'account-14')).toBeDefined();
    expect(devices(NEW).deviceOf(cookie, 'account-0')).toBeUndefined();
  });
});
