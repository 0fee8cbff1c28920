import { Clock } from '../../shared/clock.js';
import { MemoryShortLived } from '../../storage/memory.short-lived.js';
import { RedisShortLived } from '../../storage/redis.short-lived.js';
import type { ShortLived } from '../../storage/short-lived.js';
import { RedisServer, redisFound } from '../../../test/support/redis.js';
import { TicketChanges } from './ticket-changes.service.js';

const TICKET = 'AAAAAAAAAAAAAAAAAAAAAA';
const LONG_MS = 60_000;

const stores = ['in-process', ...(redisFound() ? ['redis'] : [])];

describe.each(stores)('waiting for a ticket to change (%s)', (kind) => {
  let redis: RedisServer | undefined;
  let store: ShortLived;

  beforeAll(async () => {
    redis = kind === 'redis' ? await RedisServer.start() : undefined;
    store = redis ? new RedisShortLived(redis.url) : new MemoryShortLived();
    if (store instanceof RedisShortLived) await store.ready();
  });

  afterAll(async () => {
    await store.close();
    await redis?.stop();
  });

  const changes = (clock = new Clock()) => new TicketChanges(store, clock);
  const changed = (of: TicketChanges, ticket = TICKET, ms = LONG_MS) =>
    new Promise<void>((done) => {
      of.wait(ticket, ms, done);
    });

  it('is told at once in its own process, to every page that waits for this ticket', async () => {
    const here = changes();
    let other = false;
    const leave = here.wait('another', LONG_MS, () => {
      other = true;
    });
    const both = [changed(here), changed(here)];
    await here.tell(TICKET);
    await Promise.all(both);
    expect([other, here.count, leave(), here.count]).toEqual([false, 1, true, 0]);
  });

  it('is told in another process as well', async () => {
    const [here, elsewhere] = [changes(), changes()];
    const waiting = changed(elsewhere, 'ticket-of-two-processes');
    await here.tell('ticket-of-two-processes');
    await waiting;
    expect(elsewhere.count).toBe(0);
  });

  it('is over by the clock, though nothing changes', async () => {
    const clock = new Clock();
    const here = changes(clock);
    const waiting = changed(here, 'never', LONG_MS);
    clock.advance(LONG_MS / 1000);
    await waiting;
    expect(here.count).toBe(0);
  });

  it('reads the store once a second, however many wait, and not at all when nobody does', async () => {
    const here = changes();
    let reads = 0;
    const counted = Object.assign(Object.create(store) as ShortLived, {
      members: async (key: string) => {
        reads += 1;
        return store.members(key);
      },
    });
    const many = new TicketChanges(counted, new Clock());
    const waiting = Array.from({ length: 1000 }, async (_, at) => changed(many, `many-${at}`));
    await here.tell('many-0');
    await waiting[0];
    // The span of now and the one before.
    expect([reads, many.count]).toEqual([2, 999]);
    many.release();
    await Promise.all(waiting);
    expect(many.count).toBe(0);
  });

  it('nobody is kept by a process that ends, whoever comes', async () => {
    const here = changes();
    const waiting = changed(here);
    here.release();
    await waiting;
    await changed(here);
    expect(here.count).toBe(0);
  });
});
