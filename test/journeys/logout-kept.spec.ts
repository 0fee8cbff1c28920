import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { LogoutDeliveries } from '../../src/oidc/logout/logout-deliveries.service.js';
import { LogoutRecords } from '../../src/oidc/logout/logout-records.service.js';
import type { KeptDelivery, TroubledSite } from '../../src/oidc/logout/logout-records.service.js';
import { Sessions } from '../../src/oidc/sessions.service.js';
import { Unavailable } from '../../src/shared/refusal.js';
import { Jobs } from '../../src/storage/jobs.service.js';
import { Citizen } from '../support/citizen.js';
import { freePort } from '../support/ports.js';
import { startProtocol } from '../support/protocol.js';
import type { Protocol } from '../support/protocol.js';
import type { Login, TestSite } from '../support/site.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('deliveries of logout tokens are kept', () => {
  let at: Protocol<'site' | 'other' | 'inward' | 'closed' | 'silent'>;
  let site: TestSite;
  let other: TestSite;
  let records: LogoutRecords;
  let sessions: Sessions;

  beforeAll(async () => {
    at = await startProtocol({
      site: {},
      other: {},
      inward: { backchannel_logout_uri: 'http://10.20.30.40/logout' },
      closed: { backchannel_logout_uri: `http://127.0.0.1:${await freePort()}/logout` },
      silent: { backchannel_logout_uri: undefined },
    });
    ({ site, other } = at.sites);
    records = at.service.app.get(LogoutRecords);
    sessions = at.service.app.get(Sessions);
  });
  afterAll(async () => at.close());

  const inside = async (...sites: TestSite[]): Promise<{ person: Citizen; login: Login }> => {
    const person = new Citizen(at.service);
    await person.hasAccount(await (sites[0] as TestSite).loginUrl(at.service.origin));
    const login = (sites[0] as TestSite).lastLogin;
    for (const one of sites.slice(1)) await at.asks(one, {}, person.browser);
    return { person, login };
  };
  const leaves = async (person: Citizen): Promise<void> => {
    const asked = await person.browser.open(`${at.service.origin}/oidc/logout`);
    expect((await asked.press('logout-confirm')).title).toBe('您已退出');
  };
  const advance = async (seconds: number) =>
    fetch(`${at.service.origin}/sandbox/clock`, {
      method: 'POST',
      body: new URLSearchParams({ advance: String(seconds) }),
    });
  const latest = async (one: TestSite): Promise<KeptDelivery | undefined> =>
    (await records.ofSite(one.id, { limit: 1 })).deliveries[0];
  const count = async (one: TestSite): Promise<number> =>
    (await records.ofSite(one.id, { limit: 1000 })).deliveries.length;

  it('whichever way they began: the confirm page, a hint, an end elsewhere, a permission taken back', async () => {
    const ways: ((person: Citizen, login: Login) => Promise<unknown>)[] = [
      async (person) => leaves(person),
      async (person, login) => person.browser.open(site.logoutUrl(login)),
      async (_person, { claims }) => sessions.endAll(claims.sub),
      async (_person, { claims }) => sessions.revokeSite(claims.sub, site.id),
    ];
    for (const way of ways) {
      const before = await count(site);
      const { person, login } = await inside(site);
      const since = at.service.clock.ms();
      await way(person, login);
      expect(await count(site)).toBe(before + 1);
      const kept = (await latest(site)) as KeptDelivery;
      expect(kept).toEqual({ id: kept.id, at: kept.at, lastAt: kept.lastAt, state: 'told', tries: 1 });
      expect(kept.at.getTime()).toBeGreaterThanOrEqual(since);
    }
  });

  it('with why it failed, from the closed list, and what the site answered', async () => {
    const { inward, closed } = at.sites;
    const { person } = await inside(other, inward, closed);
    other.backChannelStatus = 503;
    await leaves(person);
    expect(await latest(other)).toMatchObject({ state: 'waiting', tries: 1, reason: 'answered', status: 503 });
    expect(await latest(inward)).toMatchObject({ state: 'waiting', reason: 'address-refused' });
    expect(await latest(closed)).toMatchObject({ state: 'waiting', reason: 'connection-refused' });
    other.backChannelStatus = 302;
    await advance(31);
    expect(await latest(other)).toMatchObject({ state: 'waiting', tries: 2, reason: 'redirected', status: 302 });
    other.backChannelStatus = 200;
    other.backChannelHangs = true;
    await advance(121);
    other.backChannelHangs = false;
    const waiting = (await latest(other)) as KeptDelivery;
    expect(waiting).toMatchObject({ state: 'waiting', tries: 3, reason: 'timeout' });
    expect(waiting.status).toBeUndefined();
    expect((waiting.nextAt as Date).getTime() - waiting.lastAt.getTime()).toBeGreaterThan(419_000);
    await advance(421);
    const told = (await latest(other)) as KeptDelivery;
    expect(told).toMatchObject({ id: waiting.id, at: waiting.at, state: 'told', tries: 4 });
    expect([told.reason, told.status, told.nextAt]).toEqual([undefined, undefined, undefined]);
    expect(await latest(closed)).toMatchObject({ state: 'given-up', tries: 4, reason: 'connection-refused' });
    expect((await latest(closed))?.nextAt).toBeUndefined();
  });

  it('not of a site that takes no logout tokens', async () => {
    const { person } = await inside(site, at.sites.silent);
    await leaves(person);
    expect(await count(at.sites.silent)).toBe(0);
  });

  it('a failure and its job are of one transaction: kept once the database is back, while the person is out', async () => {
    const { person } = await inside(other);
    const before = await count(other);
    other.backChannelStatus = 500;
    jest.spyOn(at.service.app.get(Jobs), 'add').mockRejectedValueOnce(new Unavailable('postgresql'));
    await leaves(person);
    other.backChannelStatus = 200;
    expect(await count(other)).toBe(before);
    await at.service.app.get(LogoutDeliveries).beforeApplicationShutdown();
    expect(await latest(other)).toMatchObject({ state: 'waiting', tries: 1 });
    await advance(31);
    expect(await latest(other)).toMatchObject({ state: 'told', tries: 2 });
  });

  it('a try that could not leave the next one behind is made again', async () => {
    const { person } = await inside(other);
    other.backChannelStatus = 500;
    await leaves(person);
    jest.spyOn(at.service.app.get(Jobs), 'add').mockRejectedValueOnce(new Unavailable('postgresql'));
    await advance(31);
    other.backChannelStatus = 200;
    await advance(6);
    expect(await latest(other)).toMatchObject({ state: 'told', tries: 2 });
  });

  it('successes wait for a database that is away, and are written when the service stops', async () => {
    const { person } = await inside(site);
    const before = await count(site);
    const save = jest.spyOn(records, 'save').mockRejectedValueOnce(new Unavailable('postgresql'));
    await leaves(person);
    expect(await count(site)).toBe(before);
    expect(await count(site)).toBe(before + 1);
    save.mockRestore();

    const { person: last } = await inside(site);
    await leaves(last);
    await records.beforeApplicationShutdown();
    const [row] = (await at.service.app
      .get(DataSource)
      .query('select count(*)::int as kept from logout_deliveries where client_id = $1', [site.id])) as object[];
    expect(row).toEqual({ kept: before + 2 });
  });

  it('page by page, newest first', async () => {
    const all = (await records.ofSite(site.id, { limit: 100 })).deliveries.map(({ id }) => id);
    expect(all).toEqual(all.toSorted().toReversed());
    const paged: string[] = [];
    let before: string | undefined;
    do {
      const page: { deliveries: KeptDelivery[]; next?: string } = await records.ofSite(site.id, { before, limit: 2 });
      paged.push(...page.deliveries.map(({ id }) => id));
      before = page.next;
    } while (before !== undefined);
    expect([paged, all.length > 2]).toEqual([all, true]);
  });

  it('a site that none has reached for an hour is in trouble, until one arrives', async () => {
    const troubled = async () => (await records.troubled()).filter((one) => one.site === other.id);
    await advance(2 * HOUR);
    expect(await troubled()).toEqual([]);
    other.backChannelStatus = 500;
    const since = at.service.clock.ms();
    await leaves((await inside(other)).person);
    await advance(30 * 60);
    await leaves((await inside(other, site)).person);
    expect(await troubled()).toEqual([]);
    await advance(30 * 60);
    const found = (await troubled())[0] as TroubledSite;
    expect(found).toMatchObject({ site: other.id, failed: 2, reason: 'answered' });
    expect(Math.abs(found.since.getTime() - since)).toBeLessThan(5000);
    expect((await records.troubled()).map((one) => one.site)).not.toContain(site.id);

    const test = { state: 'told', tries: 1, reason: null, status: null, nextAt: null, test: true } as const;
    const now = at.service.clock.now();
    const id = '01999999-9999-7999-8999-999999999999';
    await records.save([{ ...test, id, clientId: other.id, at: now, lastAt: now }]);
    expect(await troubled()).toHaveLength(1);
    other.backChannelStatus = 200;
    await leaves((await inside(other)).person);
    await latest(other);
    expect(await troubled()).toEqual([]);
  });

  it('for seven days by the Clock, then neither shown nor stored; of whom is never written', async () => {
    const { person, login } = await inside(site);
    await leaves(person);
    const kept = (await latest(site)) as KeptDelivery;
    const source = at.service.app.get(DataSource);
    const stored = async () =>
      (await source.query('select * from logout_deliveries where id = $1', [kept.id])) as object[];
    const text = JSON.stringify(await stored());
    for (const hers of [login.claims.sub, String(login.claims['sid']), person.phone]) expect(text).not.toContain(hers);
    at.service.clock.advance(7 * DAY - 60);
    expect((await latest(site))?.id).toBe(kept.id);
    at.service.clock.advance(61);
    expect(await latest(site)).toBeUndefined();
    await at.service.app.get(Jobs).runDue();
    expect(await stored()).toEqual([]);
  });
});
