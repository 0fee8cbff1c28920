import { Clock } from '../../shared/clock.js';
import { secondsLeftOfChinaDay } from '../../shared/china-time.js';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { MemoryShortLived } from '../../storage/memory.short-lived.js';
import { Limits } from '../limits/limits.service.js';
import { SmsBudget } from './sms-budget.service.js';

const TABLE = {
  resendSeconds: 60,
  perNumberHour: 2,
  perNumberDay: 3,
  perAddressDay: 3,
  perDeviceDay: 2,
  serviceHour: 5,
};
const HOUR = 3600;
const blind = { text: (kind: string, value: string) => `${kind}-${value}` };

/** A process of its own on a store that several share. */
function budget(store: MemoryShortLived, clock: Clock, limits = true): SmsBudget {
  const env = { limits } as never;
  const counting = new Limits(store, blind as never, clock, env);
  return new SmsBudget(store, counting, blind as never, clock, env, { limits: { sms: TABLE } } as never);
}

describe('what a message costs (R-2.1)', () => {
  let store: MemoryShortLived;
  let clock: Clock;
  let next = 0;
  beforeEach(() => {
    store = new MemoryShortLived();
    clock = new Clock();
    // From the first second of a China day.
    clock.advance(secondsLeftOfChinaDay(clock.now()) + 1);
  });
  afterEach(async () => store.close());

  const fresh = () => Phone.parse(String(13_600_000_000 + (next += 1)));
  const ask = async (more: { phone?: Phone; address?: string; device?: string }, of = budget(store, clock)) => {
    try {
      const { phone = fresh(), address = `10.0.0.${(next += 1) % 250}`, device } = more;
      await of.spend({ phone, address, device } as never);
      return 'sent';
    } catch (refusal) {
      return (refusal as Refusal).code;
    }
  };
  const asks = async (count: number, more: Parameters<typeof ask>[0], seconds = 61) => {
    const codes: string[] = [];
    for (let at = 0; at < count; at += 1) {
      codes.push(await ask(more));
      clock.advance(seconds);
    }
    return codes;
  };

  it('waits a minute between two messages to a number, whoever asks and through whichever process', async () => {
    const phone = fresh();
    const processes = [budget(store, clock), budget(store, clock)] as const;
    expect(await ask({ phone }, processes[0])).toBe('sent');
    clock.advance(59);
    expect(await ask({ phone }, processes[1])).toBe('sms.too-soon');
    clock.advance(1);
    expect(await ask({ phone }, processes[1])).toBe('sent');
  });

  it('sends one of many asked for at once', async () => {
    const phone = fresh();
    const codes = await Promise.all(Array.from({ length: 20 }, async () => ask({ phone })));
    expect(codes.filter((code) => code === 'sent')).toHaveLength(1);
  });

  it('gives the wait back when nothing was sent', async () => {
    const phone = fresh();
    const giveBack = await budget(store, clock).spend({ phone, address: '10.1.1.1' } as never);
    await giveBack();
    expect(await ask({ phone })).toBe('sent');
  });

  it('is capped for a number by the hour, and says in how many minutes to come again', async () => {
    const phone = fresh();
    expect(await asks(3, { phone })).toEqual(['sent', 'sent', 'sms.hour-cap-number']);
    const refusal = await budget(store, clock)
      .spend({ phone, address: '10.1.1.1' } as never)
      .catch((error: Refusal) => error);
    expect(refusal).toMatchObject({ status: 429, values: { minutes: 57 } });
    clock.advance(HOUR);
    expect(await ask({ phone })).toBe('sent');
  });

  it('is capped for a number by the China day', async () => {
    const phone = fresh();
    expect(await asks(4, { phone }, HOUR)).toEqual(['sent', 'sent', 'sent', 'sms.day-cap-number']);
    clock.advance(24 * HOUR);
    expect(await ask({ phone })).toBe('sent');
  });

  it('is capped for an address, whatever the numbers; a /64 counts as one', async () => {
    const codes: string[] = [];
    for (const host of ['1', '2', '3', '4']) codes.push(await ask({ address: `2001:db8:1:2::${host}` }));
    expect(codes).toEqual(['sent', 'sent', 'sent', 'sms.day-cap-address']);
    expect(await ask({ address: '2001:db8:1:3::1' })).toBe('sent');
  });

  it('is capped for a browser, whatever the numbers and addresses', async () => {
    expect(await asks(3, { device: 'a-browser' })).toEqual(['sent', 'sent', 'sms.day-cap-device']);
    expect(await ask({ device: 'another' })).toBe('sent');
  });

  it('is capped for the whole service by the hour', async () => {
    expect(await asks(6, {}, 1)).toEqual([...Array.from({ length: 5 }, () => 'sent'), 'sms.day-cap-service']);
    clock.advance(HOUR);
    expect(await ask({})).toBe('sent');
  });

  it('is free with LIMITS=off', async () => {
    const phone = fresh();
    const open = budget(store, clock, false);
    for (let at = 0; at < 8; at += 1) expect(await ask({ phone, device: 'one' }, open)).toBe('sent');
  });
});
