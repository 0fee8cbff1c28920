import { LogoutCalls } from '../../src/oidc/logout/logout-calls.service.js';
import { LogoutDeliveries } from '../../src/oidc/logout/logout-deliveries.service.js';
import { LogoutRecords } from '../../src/oidc/logout/logout-records.service.js';
import type { KeptDelivery } from '../../src/oidc/logout/logout-records.service.js';
import { Jobs } from '../../src/storage/jobs.service.js';
import { Database } from '../../src/storage/transactions.js';
import type { Page } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { freePort } from '../support/ports.js';
import { startProtocol } from '../support/protocol.js';
import type { Protocol } from '../support/protocol.js';
import type { Login, TestSite } from '../support/site.js';

/** After the first one: of what has failed so often nothing comes back into a later test. */
const TRIES_AGAIN = 3;

type Name = 'living' | 'hanging' | 'refusing' | 'closed' | 'silent' | 'slow';

const names = (page: Page, id: string): string[] => page.all(`#${id} li`).map(({ text }) => text);

describe('a dead site slows neither the others nor the person', () => {
  let at: Protocol<Name>;
  let sites: Record<Name, TestSite>;
  let deliveries: LogoutDeliveries;
  let records: LogoutRecords;

  beforeAll(async () => {
    at = await startProtocol({
      living: {},
      hanging: {},
      refusing: { backchannel_logout_uri: `http://127.0.0.1:${await freePort()}/logout` },
      closed: { backchannel_logout_uri: `http://127.0.0.1:${await freePort()}/logout` },
      silent: { backchannel_logout_uri: undefined },
      slow: {},
    });
    ({ sites } = at);
    const { app } = at.service;
    [deliveries, records] = [app.get(LogoutDeliveries), app.get(LogoutRecords)];
  });
  afterAll(async () => at.close());
  afterEach(async () => {
    await underWay();
    Object.assign(sites.hanging, { backChannelHangs: false, backChannelTries: 0 });
    for (let tries = 0; tries < TRIES_AGAIN; tries += 1) {
      at.service.clock.advance(3600);
      await at.service.app.get(Jobs).runDue();
      await underWay();
    }
  });

  /** Until what goes on behind a person's back has come to its end: what a service that stops waits for. */
  const underWay = async () => deliveries.beforeApplicationShutdown();
  const advance = async (seconds: number) =>
    fetch(`${at.service.origin}/sandbox/clock`, {
      method: 'POST',
      body: new URLSearchParams({ advance: String(seconds) }),
    });
  const inside = async (...where: Name[]): Promise<{ person: Citizen; login: Login }> => {
    const [first = 'living', ...others] = where;
    const person = new Citizen(at.service);
    await person.hasAccount(await sites[first].loginUrl(at.service.origin));
    const login = sites[first].lastLogin;
    for (const one of others) await at.asks(sites[one], {}, person.browser);
    return { person, login };
  };
  const leaves = async ({ browser }: Citizen): Promise<Page> =>
    (await browser.open(`${at.service.origin}/oidc/logout`)).press('logout-confirm');
  const latest = async (name: Name): Promise<KeptDelivery> =>
    (await records.ofSite(name, { limit: 1 })).deliveries[0] as KeptDelivery;
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };

  it('the living one is told, the person is out in a second, and the receipt says what is known whenever it is asked', async () => {
    const { person } = await inside('living', 'hanging', 'refusing', 'silent');
    sites.hanging.backChannelHangs = true;
    const asked = await person.browser.open(`${at.service.origin}/oidc/logout`);
    let receipt = asked;
    const took = await timed(async () => {
      receipt = await asked.press('logout-confirm');
    });
    // The engine would have waited for the hanging one until it gives up, after two and a half.
    expect(took).toBeLessThan(2400);
    const told = sites.living.name;
    const [hanging, refusing, silent] = [sites.hanging.name, sites.refusing.name, sites.silent.name];
    expect([names(receipt, 'told'), names(receipt, 'not-told')]).toEqual([[told], [hanging, refusing]]);
    expect(names(receipt, 'lasting')).toEqual([silent]);
    expect(receipt.all('#lasting a').map((link) => link.getAttribute('href'))).toEqual([`${sites.silent.origin}/`]);
    expect(sites.living.logoutTokens).toHaveLength(1);

    await underWay();
    expect(await latest('hanging')).toMatchObject({ state: 'waiting', reason: 'timeout', tries: 1 });
    sites.hanging.backChannelHangs = false;
    await advance(31);
    const again = await receipt.follow('receipt-again');
    expect([names(again, 'told'), names(again, 'not-told')]).toEqual([[told, hanging], [refusing]]);
    await advance(121);
    await advance(421);
    const last = await again.again();
    expect([names(last, 'told'), names(last, 'lasting')]).toEqual([
      [told, hanging],
      [refusing, silent],
    ]);
    expect(last.has('#not-told')).toBe(false);
    expect((await person.browser.open(`${last.url.origin}/oidc/logout/success?ui_locales=en`)).text).toContain(
      'We cannot reach these sites',
    );
  });

  it('an answer that comes after the person has left counts, and no other token is sent', async () => {
    const { person } = await inside('slow');
    let answers = (): void => undefined;
    sites.slow.backChannelGate = new Promise((done) => {
      answers = done;
    });
    const receipt = await leaves(person);
    expect(names(receipt, 'not-told')).toEqual([sites.slow.name]);
    answers();
    sites.slow.backChannelGate = undefined;
    await underWay();
    expect(names(await receipt.again(), 'told')).toEqual([sites.slow.name]);
    for (const seconds of [31, 121, 421]) await advance(seconds);
    expect([sites.slow.backChannelTries, await latest('slow')]).toMatchObject([1, { state: 'told', tries: 1 }]);
  });

  it('one that has not answered five times rests: nobody waits for it, until one in twenty seconds asks for all', async () => {
    const tried = () => at.service.app.get(LogoutCalls).counts.get('connection-refused') ?? 0;
    const before = tried();
    for (let n = 0; n < 5; n += 1) await leaves((await inside('closed')).person);
    expect(tried() - before).toBe(5);
    await leaves((await inside('closed')).person);
    expect([tried() - before, await latest('closed')]).toMatchObject([5, { state: 'waiting', reason: 'site-resting' }]);
    at.service.clock.advance(21);
    const [first, second] = [await inside('closed'), await inside('closed')];
    await leaves(first.person);
    await leaves(second.person);
    expect(tried() - before).toBe(6);
    at.service.clock.advance(3600);
    expect((await records.troubled()).find(({ site }) => site === 'closed')?.reason).toBe('connection-refused');
  });

  it('what it says, a refusal too, is an answer: it does not rest', async () => {
    sites.slow.backChannelStatus = 500;
    for (let n = 0; n < 6; n += 1) await leaves((await inside('slow')).person);
    expect((await latest('slow')).reason).toBe('answered');
    sites.slow.backChannelStatus = 200;
    await leaves((await inside('slow')).person);
    expect((await latest('slow')).state).toBe('told');
  });

  it('eight tokens at most are under way to one site; those behind them are spared once it is silent', async () => {
    const sids = Array.from({ length: 20 }, (_, n) => `sid-${n}`);
    sites.hanging.backChannelHangs = true;
    const told = await Promise.all(sids.map(async (sid) => deliveries.tell('nobody', [{ site: 'hanging', sid }])));
    expect([told.flat().map(({ state }) => state), sites.hanging.backChannelTries]).toEqual([
      sids.map(() => 'waiting'),
      8,
    ]);
    await underWay();
    // Each of the first four to fail lets one more in; the fifth none.
    expect(sites.hanging.backChannelTries).toBeLessThanOrEqual(12);
    const { deliveries: kept } = await records.ofSite('hanging', { limit: sids.length });
    const spared = kept.filter(({ reason }) => reason === 'site-resting');
    expect(spared).toHaveLength(sids.length - sites.hanging.backChannelTries);
  });

  it('its deliveries do not keep other jobs waiting for its answers', async () => {
    const { clock, app } = at.service;
    const [jobs, db, counts] = [app.get(Jobs), app.get(Database), app.get(LogoutCalls).counts];
    const ended: (number | undefined)[] = [];
    jobs.handle('test.behind', async () => void ended.push(counts.get('timeout')));
    sites.hanging.backChannelHangs = true;
    const due = clock.now();
    const delivery = { account: 'nobody', site: 'hanging', tries: 1, at: clock.ms() };
    const id = (n: number) => `01999999-9999-7999-8999-${String(n).padStart(12, '0')}`;
    await db.transaction(async (tx) => {
      for (let n = 0; n < 40; n += 1) {
        const payload = { ...delivery, sid: `s${n}`, id: id(n) };
        await jobs.add(tx, { kind: 'oidc.logout-token', payload, due: new Date(due.getTime() - 1000) });
      }
      await jobs.add(tx, { kind: 'test.behind', due });
    });
    const before = counts.get('timeout');
    await jobs.runDue();
    expect(ended).toEqual([before]);
    await underWay();
    expect(counts.get('timeout')).toBeGreaterThan(before ?? 0);
  });

  it('the operator’s figures count tries by what came of them, and the sites in trouble', async () => {
    const figures = async (): Promise<Record<string, number>> => {
      const text = await (await fetch(`${at.service.origin}/metrics`)).text();
      const lines = text.split('\n').filter((line) => /^tongxing_(logout_tokens_total|sites_in_trouble)/.test(line));
      return Object.fromEntries(lines.map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]));
    };
    const [told, refused] = ['told', 'connection-refused'].map(
      (name) => `tongxing_logout_tokens_total{outcome="${name}"}`,
    );
    const before = await figures();
    await leaves((await inside('living', 'closed')).person);
    const after = await figures();
    const grown = (name = '') => (after[name] ?? 0) - (before[name] ?? 0);
    expect([grown(told), grown(refused)]).toEqual([1, 1]);
    at.service.clock.advance(3601);
    expect((await figures())['tongxing_sites_in_trouble']).toBe((await records.troubled()).length);
    expect((await records.troubled()).map(({ site }) => site)).toContain('closed');
  });

  it('a service that stops waits for what is under way, and writes it down', async () => {
    const { person } = await inside('slow');
    let answers = (): void => undefined;
    sites.slow.backChannelGate = new Promise((done) => {
      answers = done;
    });
    await leaves(person);
    const stopped = underWay();
    answers();
    sites.slow.backChannelGate = undefined;
    await stopped;
    const [row] = await at.service.app
      .get(Database)
      .query(`select state from logout_deliveries where client_id = 'slow' order by id desc limit 1`);
    expect(row).toEqual({ state: 'told' });
  });
});
