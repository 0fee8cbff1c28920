import { randomBytes, randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { freshDatabase } from '../support/database.js';
import { dumpEverything } from '../support/dump.js';
import { until } from '../support/redis.js';
import { loadEnv } from '../../src/config/env.js';
import type { Env } from '../../src/config/env.js';
import { ActivityPartitions } from '../../src/identity/activity/activity-partitions.service.js';
import { Activity } from '../../src/identity/activity/activity.service.js';
import { Clock } from '../../src/shared/clock.js';
import { Unavailable } from '../../src/shared/refusal.js';
import { BlindIndex } from '../../src/storage/blind-index.js';
import { dataSource } from '../../src/storage/data-source.js';
import { FieldCipher } from '../../src/storage/field-cipher.js';
import { Jobs } from '../../src/storage/jobs.service.js';
import { KeyEntity } from '../../src/storage/key.entity.js';
import { MasterKeys } from '../../src/storage/master-keys.js';
import { MemoryShortLived } from '../../src/storage/memory.short-lived.js';
import { Records } from '../../src/storage/records.js';
import { Schema, SchemaFault } from '../../src/storage/schema.service.js';
import { ServiceCipher } from '../../src/storage/service-cipher.js';
import { duringVisit, visitedFrom } from '../../src/shared/visit.js';
import { ServiceKeys } from '../../src/storage/service-keys.js';
import { Database } from '../../src/storage/transactions.js';

const ENTITIES = globSync('src/**/*.entity.ts');
for (const file of ENTITIES) await import(resolve(file));

const drops: (() => Promise<void>)[] = [];
/** A database without tables, gone when the file is done. */
const emptyDatabase = async (): Promise<string> => {
  const { url, drop } = await freshDatabase({ empty: true });
  drops.push(drop);
  return url;
};
const key = () => randomBytes(32).toString('base64');
const FIRST = key();
const env = (url: string, masterKey = FIRST): Env =>
  loadEnv({ DATABASE_URL: url, MASTER_KEY: masterKey, COOKIE_KEYS: 'c'.repeat(32) });
const productionOf = (demo: Env): Env => ({ ...demo, realm: 'production' });

/** A process of the service, as far as storage goes. */
async function processOn(settings: Env, clock = new Clock()) {
  const source = await dataSource(settings.databaseUrl as string).initialize();
  try {
    await new Schema(source, settings).prepare();
    const master = new MasterKeys(settings);
    const keys = new ServiceKeys(source, master, clock);
    await keys.load();
    const db = new Database(source);
    return { source, clock, keys, db, cipher: new FieldCipher(db, master, clock), jobs: new Jobs(db, clock) };
  } catch (error) {
    await source.destroy();
    throw error;
  }
}
type Process = Awaited<ReturnType<typeof processOn>>;

let url: string;
beforeAll(async () => {
  url = await emptyDatabase();
});
afterAll(async () => {
  for (const drop of drops) await drop();
});

describe('the schema', () => {
  it('goes all up, all down and all up again', async () => {
    const own = await emptyDatabase();
    const source = await dataSource(own).initialize();
    const tables = async () =>
      (await source.query(`select count(*)::int as n from pg_tables where schemaname = 'public'`))[0].n as number;
    const done = await source.runMigrations();
    const full = await tables();
    for (const _ of done) await source.undoLastMigration();
    expect(await tables()).toBe(1);
    await source.runMigrations();
    expect(await tables()).toBe(full);
    await source.destroy();
  });

  it('is what the entities say, checks aside, which only migrations name', async () => {
    const own = await emptyDatabase();
    const source = await dataSource(own).initialize();
    await source.runMigrations();
    expect(new Set(source.entityMetadatas.map(({ targetName }) => targetName)).size).toBe(ENTITIES.length);
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    const statements = upQueries.map(({ query }) => query);
    expect(statements.filter((sql) => !/DROP CONSTRAINT "\w+_check"/.test(sql))).toEqual([]);
    await source.destroy();
  });

  it('is made by one of several processes that start at once, and all have one set of keys', async () => {
    const own = await emptyDatabase();
    const all = await Promise.all(Array.from({ length: 4 }, async () => processOn(env(own))));
    const indexes = all.map(({ keys }) => new BlindIndex(keys).text('phone', '+8613800000000'));
    expect(new Set(indexes).size).toBe(1);
    await Promise.all(all.map(async ({ source }) => source.destroy()));
  });

  it('refuses a process of the other realm, before it changes anything', async () => {
    const own = await emptyDatabase();
    await expect(processOn(productionOf(env(own)))).rejects.toThrow('behind the schema');
    await new Schema(undefined as never, productionOf(env(own))).migrate();
    await processOn(productionOf(env(own))).then(async ({ source }) => source.destroy());
    await expect(processOn(env(own))).rejects.toThrow(SchemaFault);
  });
});

describe('what is sealed', () => {
  let service: Process;
  const person = async (who = service): Promise<string> => {
    const id = randomUUID();
    await who.db.transaction(async (tx) => who.cipher.create(tx, id));
    return id;
  };
  beforeAll(async () => {
    service = await processOn(env(url));
  });
  afterAll(async () => service.source.destroy());

  it('opens for its account and its meaning alone', async () => {
    const [ours, other] = [await person(), await person()];
    const sealed = await service.cipher.seal(service.db.manager, ours, 'person.name', '张三');
    expect(await service.cipher.open(ours, 'person.name', sealed)).toBe('张三');
    await expect(service.cipher.open(other, 'person.name', sealed)).rejects.toThrow();
    await expect(service.cipher.open(ours, 'person.phone', sealed)).rejects.toThrow();
    sealed[20] = (sealed[20] as number) ^ 1;
    await expect(service.cipher.open(ours, 'person.name', sealed)).rejects.toThrow();
  });

  it('is erased with its key, in other processes within a minute', async () => {
    const second = await processOn(env(url));
    const id = await person();
    const sealed = await service.cipher.seal(service.db.manager, id, 'person.name', '张三');
    expect(await second.cipher.open(id, 'person.name', sealed)).toBe('张三');
    await service.db.transaction(async (tx) => service.cipher.destroy(tx, id));
    await expect(service.cipher.open(id, 'person.name', sealed)).rejects.toThrow('gone');
    second.clock.advance(61);
    await expect(second.cipher.open(id, 'person.name', sealed)).rejects.toThrow('gone');
    await second.source.destroy();
  });

  it('outlives a change of MASTER_KEY: everything is wrapped anew and still opens', async () => {
    const own = await emptyDatabase();
    const before = await processOn(env(own));
    const id = await person(before);
    const sealed = await before.cipher.seal(before.db.manager, id, 'person.name', '张三');
    const index = new BlindIndex(before.keys).text('phone', '+8613800000000');
    await before.source.destroy();

    const second = key();
    const between = await processOn(env(own, `${second},${FIRST}`));
    expect(await between.cipher.open(id, 'person.name', sealed)).toBe('张三');
    expect([await between.cipher.rewrap(), (await between.keys.rewrap()) > 0]).toEqual([1, true]);
    expect([await between.cipher.rewrap(), await between.keys.rewrap()]).toEqual([0, 0]);
    await between.source.destroy();

    const after = await processOn(env(own, second));
    expect(await after.cipher.open(id, 'person.name', sealed)).toBe('张三');
    expect(new BlindIndex(after.keys).text('phone', '+8613800000000')).toBe(index);
    await after.source.destroy();
    await expect(processOn(env(own, FIRST))).rejects.toThrow(/MASTER_KEY: the key with id [0-9a-f]{8} is needed/);
  });

  it('leaves nothing plain in a dump, while the dump would show it', async () => {
    const store = new MemoryShortLived();
    const records = new Records(store, new ServiceCipher(service.keys), service.clock);
    await records.put('draft', '+8613812345678', { name: '欧阳娜娜', phone: '+8613812345678' }, 60);
    const id = await person();
    const phone = await service.cipher.seal(service.db.manager, id, 'person.phone', '+8613812345678');
    await service.db.query('insert into natural_persons (account_id, phone, updated_at) values ($1, $2, now())', [
      id,
      phone,
    ]);
    const dump = async () => dumpEverything({ databaseUrl: url, memory: store.dump() });
    expect(await dump()).not.toMatch(/13812345678|欧阳娜娜/);
    await store.set('tx1:leak:1', Buffer.from('欧阳娜娜 is here').toString('base64'), 60);
    await service.db.query('update natural_persons set phone = $2 where account_id = $1', [
      id,
      Buffer.from('13812345678'),
    ]);
    expect(await dump()).toMatch(/13812345678[^]*欧阳娜娜/);
    await service.db.query('delete from natural_persons where account_id = $1', [id]);
    await store.close();
  });

  it('keeps a record for its own time by the clock, and gives it to one taker', async () => {
    const store = new MemoryShortLived();
    const records = new Records(store, new ServiceCipher(service.keys), service.clock);
    await records.put('code', 'a', { n: 1 }, 300);
    const taken = await Promise.all(Array.from({ length: 50 }, async () => records.take('code', 'a')));
    expect(taken.filter(Boolean)).toEqual([{ n: 1 }]);
    await records.put('code', 'b', { n: 2 }, 300);
    expect(await records.get('code', 'b')).toEqual({ n: 2 });
    service.clock.advance(301);
    expect(await records.get('code', 'b')).toBeUndefined();
    await store.close();
  });
});

describe('transactions, jobs and activity', () => {
  let service: Process;
  beforeAll(async () => {
    service = await processOn(env(url));
  });
  afterAll(async () => {
    await service.jobs.beforeApplicationShutdown();
    await service.source.destroy();
  });

  it('answers 503 when the connection is lost before the commit, and does not try again', async () => {
    let runs = 0;
    const lost = service.db.transaction(async (tx) => {
      runs += 1;
      const [{ pid }] = (await tx.query('select pg_backend_pid() as pid')) as [{ pid: number }];
      await service.db.query('select pg_terminate_backend($1)', [pid]);
    });
    await expect(lost).rejects.toBeInstanceOf(Unavailable);
    const between = service.db.transaction(async (tx) => {
      const [{ pid }] = (await tx.query('select pg_backend_pid() as pid')) as [{ pid: number }];
      await service.db.query('select pg_terminate_backend($1)', [pid]);
      await until(async () => tx.queryRunner?.isReleased === true);
    });
    await expect(between).rejects.toBeInstanceOf(Unavailable);
    expect(runs).toBe(1);
    expect(await service.db.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('answers 503 when the database cannot be reached, by repository too', async () => {
    const { databaseUrl } = env(await emptyDatabase());
    const source = await dataSource(databaseUrl as string).initialize();
    await drops.pop()?.();
    await expect(source.manager.find(KeyEntity)).rejects.toBeInstanceOf(Unavailable);
    await source.destroy();
  });

  it('does a job once, after the commit that it belongs to, whichever process takes it', async () => {
    const second = await processOn(env(url));
    const done: unknown[] = [];
    for (const { jobs } of [service, second]) {
      jobs.handle('test.count', async (payload) => void done.push(payload['n']));
      jobs.onApplicationBootstrap();
    }
    await service.db
      .transaction(async (tx) => {
        await service.jobs.add(tx, { kind: 'test.count', payload: { n: -1 } });
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await Promise.all(
      Array.from({ length: 40 }, async (_, n) =>
        service.db.transaction(async (tx) => service.jobs.add(tx, { kind: 'test.count', payload: { n } })),
      ),
    );
    await until(async () => done.length >= 40);
    await second.jobs.beforeApplicationShutdown();
    await second.source.destroy();
    expect(done.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  it('runs what is due by the clock, and a failed job again later', async () => {
    let tries = 0;
    service.jobs.handle('test.flaky', async () => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
    });
    const due = new Date(service.clock.ms() + 3_600_000);
    await service.db.transaction(async (tx) => service.jobs.add(tx, { kind: 'test.flaky', due }));
    await service.jobs.runDue();
    expect(tries).toBe(0);
    for (const [seconds, count] of [
      [3601, 1],
      [4, 1],
      [2, 2],
      [11, 3],
      [600, 3],
    ] as const) {
      service.clock.advance(seconds);
      await service.jobs.runDue();
      expect(tries).toBe(count);
    }
  });

  it('a job is nobody’s visit: what it writes down does not seem to come from whose commit woke it', async () => {
    const from = { device: 'Firefox · Windows', place: '203.0.113.*' };
    const seen: unknown[] = [];
    service.jobs.handle('test.visit', async () => void seen.push(visitedFrom()));
    await duringVisit(
      () => from,
      async () => {
        expect(visitedFrom()).toEqual(from);
        await service.db.transaction(async (tx) => service.jobs.add(tx, { kind: 'test.visit' }));
        await service.jobs.runDue();
      },
    );
    expect(seen).toEqual([undefined]);
  });

  it('makes the months of the activity table ahead, whatever the default partition holds', async () => {
    const partitions = new ActivityPartitions(service.db, service.jobs, service.clock);
    const activity = new Activity(service.db, service.clock);
    const account = randomUUID();
    const names = async () =>
      (
        await service.db.query<{ n: number }>(
          `select count(*)::int as n from pg_inherits where inhparent = 'activity'::regclass`,
        )
      )[0]?.n;
    await partitions.onModuleInit();
    await service.jobs.runDue();
    expect(await names()).toBe(3);
    for (const days of [0, 62, 93]) {
      service.clock.advance(days * 86_400);
      await service.db.transaction(async (tx) => activity.record(tx, { account, kind: 'login' }));
    }
    await service.jobs.runDue();
    expect(await activity.lines(account, { limit: 10 })).toHaveLength(3);
    expect(await names()).toBeGreaterThan(3);
  });
});
