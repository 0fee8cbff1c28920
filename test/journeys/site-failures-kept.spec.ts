import { DataSource } from 'typeorm';
import { Engine } from '../../src/oidc/engine.service.js';
import { FailureRecords } from '../../src/oidc/errors/failure-records.service.js';
import type { FailureRecord } from '../../src/oidc/errors/failure-records.service.js';
import { Failures } from '../../src/oidc/errors/failures.service.js';
import { secondsLeftOfChinaDay } from '../../src/shared/china-time.js';
import { Jobs } from '../../src/storage/jobs.service.js';
import { Browser } from '../support/browser.js';
import { basic } from '../support/protocol.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const NOON = 12 * HOUR;
const MANY = { hubei: 10_000, hebei: 500 };
const ID = /错误编号 ([0-9a-f]{8})/;

describe.each(PROVINCES)('how failed requests are kept (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let failures: Failures;
  let at: URL;
  let authorizeUrl: string;

  beforeAll(async () => {
    site = await TestSite.start('site');
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]) });
    failures = service.app.get(Failures);
    authorizeUrl = await site.loginUrl(service.origin);
    at = new URL(service.origin);
    service.clock.advance(secondsLeftOfChinaDay(service.clock.now()) + NOON);
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const asks = async (redirectUri: string): Promise<string> => {
    const url = new URL(authorizeUrl, at);
    url.searchParams.set('redirect_uri', redirectUri);
    const page = await new Browser().open(url.href);
    return ID.exec(page.text)?.[1] ?? '';
  };
  const statements = async (work: () => Promise<unknown>): Promise<number> => {
    const source = service.app.get(DataSource);
    const query = source.query.bind(source);
    let seen = 0;
    source.query = (async (sql: string, ...rest: unknown[]) => {
      if (sql.includes('site_failures')) seen += 1;
      return query(sql, ...(rest as []));
    }) as typeof source.query;
    await work();
    source.query = query;
    return seen;
  };

  it('equal failures of a day are one record with one id; the next China day has another', async () => {
    const first = await asks('https://portal.example/a?ticket=1');
    const later = service.clock.advance(60);
    expect(await asks('https://portal.example/a?ticket=2')).toBe(first);
    const [record, ...others] = await failures.byId(first);
    expect(others).toEqual([]);
    expect(record).toMatchObject({ clientId: 'site', count: 2, received: 'https://portal.example/a?…' });
    expect(record?.lastAt.getTime()).toBeGreaterThanOrEqual(later.getTime());
    expect((record?.lastAt.getTime() ?? 0) - (record?.firstAt.getTime() ?? 0)).toBeGreaterThanOrEqual(60_000);
    expect(await asks('https://portal.example/b')).not.toBe(first);
    service.clock.advance(DAY);
    const next = await asks('https://portal.example/a');
    expect(next).not.toBe(first);
    expect(await failures.byId(first)).toHaveLength(1);
  });

  it('a flood of thousands of different bad requests makes a handful of rows, counted whole, in few statements', async () => {
    const before = await failures.of('site');
    const told = new Map<string, number>();
    const flood = async (from: number) => {
      for (let nth = from; nth < MANY[province]; nth += 50) {
        const address = `https://flood.example/${String.fromCodePoint(97 + (nth % 26))}/${nth}x`;
        const query = new URLSearchParams({ client_id: 'site', post_logout_redirect_uri: address });
        const got = await fetch(`${service.origin}/oidc/logout?${query}`);
        const { error_description: text } = (await got.json()) as { error_description: string };
        const [, id = ''] = /error id (\w{8})/.exec(text) ?? [];
        told.set(id, (told.get(id) ?? 0) + 1);
      }
    };
    const begun = Date.now();
    const written = await statements(async () => {
      await Promise.all(Array.from({ length: 50 }, async (_, from) => flood(from)));
      await failures.flush();
    });
    expect(written).toBeLessThanOrEqual((Date.now() - begun) / 1000 + 2);
    const rows = (await failures.of('site')).filter(({ key }) => !before.some((one) => one.key === key));
    expect(rows.length).toBeLessThanOrEqual(11);
    expect(rows.filter(({ various }) => various)).toMatchObject([
      { parameter: 'post_logout_redirect_uri', expected: `${site.origin}/signed-out` },
    ]);
    expect([...told.values()].reduce((sum, one) => sum + one)).toBe(MANY[province]);
    const counted = new Map((await failures.of('site')).map(({ errorId, count }) => [errorId, count]));
    for (const [id, times] of told) expect([id, counted.get(id)]).toEqual([id, times]);
  });

  it('of what is counted together the latest values are shown: what came, and what was registered then', async () => {
    service.clock.advance(DAY);
    const addresses = Array.from({ length: 13 }, (_, at) => `https://portal.example/try/${at}`);
    const ids: string[] = [];
    for (const address of addresses) {
      ids.push(await asks(address));
      service.clock.advance(1);
    }
    expect(new Set(ids).size).toBe(11);
    const together = ids.at(-1) ?? '';
    expect(await failures.byId(together)).toMatchObject([{ count: 3, various: true, received: addresses.at(-1) }]);
    await asks(addresses.at(-2) ?? '');
    expect(await failures.byId(together)).toMatchObject([{ count: 4, received: addresses.at(-2) }]);
    service.clock.advance(1);
    const added = { redirect_uris: [`${site.origin}/callback`, 'https://portal.example/new'] };
    const engine = service.app.get(Engine);
    await engine.apply([site.metadata(added)], 'cli', true);
    await engine.refresh();
    await asks(addresses[0] ?? '');
    const expected = `${site.origin}/callback\nhttps://portal.example/new`;
    const [own] = await failures.byId(ids[0] ?? '');
    expect(own).toMatchObject({ count: 2, various: false, expected });
  });

  it('what another process writes later, though it came earlier, is counted and not shown', async () => {
    service.clock.advance(DAY);
    const id = await asks('https://portal.example/replica');
    const [latest] = (await failures.byId(id)) as [FailureRecord];
    const earlier = new Date(latest.lastAt.getTime() - 1000);
    const other = { ...latest, expected: 'https://portal.example/earlier', firstAt: earlier, lastAt: earlier };
    await service.app.get(FailureRecords).add([other]);
    expect(await failures.byId(id)).toMatchObject([
      { count: 2, firstAt: earlier, lastAt: latest.lastAt, expected: latest.expected },
    ]);
  });

  it('a flood of another kind does not push out what a developer looks for', async () => {
    const got = await fetch(`${service.origin}/oidc/token`, {
      method: 'POST',
      headers: { authorization: basic('site', 'wrong') },
      body: new URLSearchParams({ grant_type: 'authorization_code' }),
    });
    const { error_description: text } = (await got.json()) as { error_description: string };
    const [record] = await failures.byId(/error id (\w{8})/.exec(text)?.[1] ?? '');
    expect(record).toMatchObject({ cause: 'client-secret', various: false, receivedLength: 5 });
  });

  it('while the database is away nothing is lost and no request waits for it', async () => {
    const source = service.app.get(DataSource);
    const query = source.query.bind(source);
    source.query = (async (sql: string, ...rest: unknown[]) => {
      if (sql.startsWith('insert into site_failures')) throw new Error('Connection terminated unexpectedly');
      return query(sql, ...(rest as []));
    }) as typeof source.query;
    service.clock.advance(DAY);
    const id = await asks('https://away.example/a');
    await failures.flush();
    expect(await asks('https://away.example/a')).toBe(id);
    await failures.flush();
    expect(await failures.byId(id)).toEqual([]);
    source.query = query;
    expect(await failures.byId(id)).toMatchObject([{ count: 2 }]);
  });

  it('is kept for seven days by the Clock, then neither shown nor stored', async () => {
    const id = await asks('https://old.example/a');
    await failures.flush();
    service.clock.advance(7 * DAY - 60);
    expect(await failures.byId(id)).toHaveLength(1);
    service.clock.advance(61);
    expect(await failures.byId(id)).toEqual([]);
    // It is tidied every hour: the poller may have done so a moment before the seven days were over.
    service.clock.advance(HOUR);
    await service.app.get(Jobs).runDue();
    const rows = await service.app.get(DataSource).query('select 1 from site_failures where error_id = $1', [id]);
    expect(rows).toEqual([]);
  });

  it('is written when the service stops', async () => {
    const id = await asks('https://last.example/a');
    const records = service.app.get(Failures);
    await records.beforeApplicationShutdown();
    const rows = (await service.app
      .get(DataSource)
      .query('select count from site_failures where error_id = $1', [id])) as unknown[];
    expect(rows).toEqual([{ count: 1 }]);
  });
});
