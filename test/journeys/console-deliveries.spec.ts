import { LogoutRecords } from '../../src/oidc/logout/logout-records.service.js';
import { SiteRecords } from '../../src/oidc/sites/site-records.service.js';
import { Sessions } from '../../src/oidc/sessions.service.js';
import { uuidv7 } from '../../src/storage/uuid.js';
import { BackChannel } from '../support/back-channel.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { faultsOf, idsOf } from '../support/page-rules.js';
import { residentsFile } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { staff } from '../support/staff.js';
import type { Staff } from '../support/staff.js';

const { residents, file: RESIDENTS } = residentsFile(30);
const HOUR = 3600;
const NOT_THERE = [404, ['page.not-found']];

describe.each(PROVINCES)('deliveries of logout tokens in the console (%s)', (province) => {
  let service: RunningService;
  let city: TestSite;
  let county: TestSite;
  let channel: BackChannel;
  let operator: Staff;
  let developer: Staff;
  let next = province === 'hubei' ? 0 : 15;
  const somebody = () => residents[(next += 1) - 1] as (typeof residents)[number];

  beforeAll(async () => {
    city = await TestSite.start('city', '武汉市');
    county = await TestSite.start('county', '嘉鱼县');
    channel = await BackChannel.start();
    service = await startService(province, {
      SITES_FILE: sitesFile([
        city.metadata({ 'client_name#en': 'Wuhan', backchannel_logout_uri: channel.uri }),
        county.metadata({ 'client_name#en': 'Jiayu' }),
        county.metadata({ client_id: 'quiet', client_name: '安静', 'client_name#en': 'Quiet' }),
        county.metadata({
          client_id: 'untold',
          client_name: '不通知',
          'client_name#en': 'Untold',
          backchannel_logout_uri: undefined,
        }),
      ]),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
    operator = await staff(service, city, somebody());
    developer = await staff(service, city, somebody(), { of: 'city' });
  });
  afterAll(async () => {
    await service.close();
    await Promise.all([city.close(), county.close(), channel.close()]);
  });
  beforeEach(() => channel.answers(200));

  const opens = async ({ citizen }: Staff, path: string): Promise<Page> =>
    citizen.browser.open(`${service.origin}/console${path}`);
  const seen = (page: Page) => [page.status, page.codes];
  const rows = (page: Page) =>
    page.all('#deliveries tbody tr').map((row) => ({
      state: row.querySelector('[data-state]')?.getAttribute('data-state'),
      cause: row.querySelector('[data-cause]')?.getAttribute('data-cause'),
      text: row.text.replace(/\s+/g, ' '),
    }));
  const causes = (page: Page) => page.all('#causes [data-cause]').map((one) => one.getAttribute('data-cause'));
  const advance = async (seconds: number) =>
    fetch(`${service.origin}/sandbox/clock`, {
      method: 'POST',
      body: new URLSearchParams({ advance: String(seconds) }),
    });
  /** Somebody logs in at a site and out again. */
  const leaves = async (site: TestSite): Promise<{ sub: string; sid: string }> => {
    const person = new Citizen(service);
    await person.hasAccount(await site.loginUrl(service.origin));
    const { sub } = site.lastLogin.claims;
    const sid = site.lastLogin.claims['sid'] as string;
    await service.app.get(Sessions).endAll(sub);
    return { sub, sid };
  };

  it('a site that was told nothing yet says so, and so does one that takes no notices', async () => {
    const page = await opens(operator, '/sites/quiet/deliveries');
    expect([page.status, page.title, page.has('#deliveries'), page.has('#causes')]).toEqual([
      200,
      '退出通知',
      false,
      false,
    ]);
    expect([page.text.includes('最近 7 天没有发过退出通知。'), page.has('#test-submit')]).toEqual([true, true]);
    const untold = await opens(operator, '/sites/untold/deliveries');
    expect([untold.has('#no-address'), untold.has('#test-submit'), untold.has('#week')]).toEqual([true, false, false]);
    expect((await untold.follow('register-address')).path).toMatch(/^\/account\/proof|\/console\/sites\/untold\/edit/);
    const registered = await opens(operator, '/sites/untold');
    expect(registered.has('#week')).toBe(false);
  });

  it('told: newest first, without who it was, and a line that says that all is well', async () => {
    const { sub, sid } = await leaves(city);
    service.clock.advance(2);
    await leaves(city);
    const page = await (await opens(developer, '/sites/city')).follow('to-deliveries');
    expect(page.path).toBe('/console/sites/city/deliveries');
    expect(page.text).toContain('最近 7 天的 2 次通知，站点全部收下了。');
    expect(rows(page)).toEqual([
      {
        state: 'told',
        cause: undefined,
        text: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ?已收下 ?1 次$/),
      },
      { state: 'told', cause: undefined, text: expect.any(String) },
    ]);
    const [newer, older] = rows(page).map(({ text }) => text.slice(0, 19));
    expect((newer as string) > (older as string)).toBe(true);
    for (const hidden of [sub, sid]) expect(page.html).not.toContain(hidden);
    expect((await opens(operator, '/sites/city')).all('#week')[0]?.text).toContain('最近 7 天 2 次，全部收下');
  });

  it('not told: why, what to do, when it is tried again; then given up, or told', async () => {
    channel.answers(404);
    await leaves(city);
    const first = await opens(developer, '/sites/city/deliveries');
    expect(rows(first)[0]).toMatchObject({ state: 'waiting', cause: 'answered-404' });
    expect(rows(first)[0]?.text).toMatch(/等待再发.*站点上没有这个地址 · 回答 404.*下一次：\d{4}-.* ?1 次$/);
    expect(first.text).toMatch(/最近 7 天的 3 次通知，有 1 次站点没有收下。 ?从 .{19} 起，一次也没有收下。/);
    expect(causes(first)).toEqual(['answered-404']);
    expect(first.all('#causes')[0]?.text).toContain('核对登记的路径');
    const guide = await developer.citizen.browser.open(
      new URL(first.all('#causes a')[0]?.getAttribute('href') ?? '', service.origin).href,
    );
    expect([guide.path, guide.url.hash, guide.has('#delivery-answered-404')]).toEqual([
      '/developers/errors',
      '#delivery-answered-404',
      true,
    ]);
    channel.answers(503);
    for (const seconds of [31, 121, 421]) await advance(seconds);
    const given = await opens(developer, '/sites/city/deliveries');
    expect(rows(given)[0]).toMatchObject({ state: 'given-up', cause: 'answered-500' });
    expect(rows(given)[0]?.text).toMatch(/已放弃.*站点出错 · 回答 503 ?4 次$/);
    expect(given.text).not.toContain('下一次：');
    channel.answers(200);
    await leaves(city);
    const after = await opens(developer, '/sites/city/deliveries');
    expect(after.text).toMatch(/有 1 次站点没有收下。 ?最早的一次在 .{19}；最近一次收下是在 .{19}。/);
    expect((await opens(developer, '/sites/city')).all('#week')[0]?.text).toContain(
      '最近 7 天 4 次，其中 1 次没有收下',
    );
  });

  it('a test counts for nothing in the week', async () => {
    const before = await opens(developer, '/sites/city/deliveries');
    channel.answers(500);
    const tested = await before.press('test-submit');
    expect(rows(tested)[0]).toMatchObject({ state: 'given-up', cause: 'answered-500' });
    expect(rows(tested)[0]?.text).toContain('已放弃 · 测试');
    const week = (page: Page) => page.all('#week')[0]?.text;
    expect([week(tested), causes(tested)]).toEqual([week(before), causes(before)]);
  });

  it('goes on page by page, and no further back than seven days', async () => {
    const now = service.clock.ms();
    const told = (id: string, clientId: string, ms: number) => ({
      id,
      clientId,
      state: 'told' as const,
      tries: 1,
      reason: null,
      status: null,
      at: new Date(ms),
      lastAt: new Date(ms),
      nextAt: null,
      test: false,
    });
    const minutes = Array.from({ length: 120 }, (_, n) => now - n * 60_000);
    await service.app.get(LogoutRecords).save(minutes.map((ms) => told(uuidv7(ms), 'quiet', ms)));
    const old = now - (7 * 24 + 1) * HOUR * 1000;
    await service.app.get(LogoutRecords).save([told(uuidv7(old), 'quiet', old)]);
    const first = await opens(operator, '/sites/quiet/deliveries');
    const second = await first.follow('older');
    const third = await second.follow('older');
    expect([first, second, third].map((page) => rows(page).length)).toEqual([50, 50, 20]);
    expect([first.has('#newest'), third.has('#older'), (await third.follow('newest')).path]).toEqual([
      false,
      false,
      '/console/sites/quiet/deliveries',
    ]);
    const times = [first, second, third].flatMap((page) => rows(page).map(({ text }) => text.slice(0, 19)));
    expect(times).toEqual(times.toSorted().toReversed());
    expect([new Set(times).size, first.text.includes('最近 7 天的 120 次通知')]).toEqual([120, true]);
    for (const before of ['x', "' or 1=1"])
      expect(seen(await opens(operator, `/sites/quiet/deliveries?before=${encodeURIComponent(before)}`))).toEqual(
        NOT_THERE,
      );
  });

  it('an operator learns of a site that takes none for an hour, on the first page and in a list; it is over with the first one taken', async () => {
    expect((await opens(operator, '/deliveries')).has('#none-troubled')).toBe(true);
    county.backChannelStatus = 400;
    await leaves(county);
    expect((await opens(operator, '')).has('#see-troubled')).toBe(false);
    await advance(HOUR + 60);
    operator = await staff(service, city, somebody());
    await leaves(county);
    const list = await (await opens(operator, '')).follow('see-troubled');
    expect([list.path, list.all('#to-deliveries')[0]?.getAttribute('aria-current')]).toEqual([
      '/console/deliveries',
      'page',
    ]);
    const [row, ...more] = list.all('#troubled tbody tr');
    expect(more).toEqual([]);
    expect(row?.text.replace(/\s+/g, ' ')).toMatch(
      /^嘉鱼县 ?\d{4}-\d\d-\d\d \d\d:\d\d ?\d 次 ?站点认为通知不可信 · 回答 400$/,
    );
    const site = await operator.citizen.browser.open(
      new URL(row?.querySelector('a')?.getAttribute('href') ?? '', service.origin).href,
    );
    expect([site.path, causes(site)]).toEqual(['/console/sites/county/deliveries', ['answered-400']]);
    expect(site.text).toMatch(/最近 7 天的 2 次通知，站点一次也没有收下。 ?最早的一次在 .{19}。/);
    county.backChannelStatus = 200;
    await leaves(county);
    expect((await opens(operator, '')).has('#see-troubled')).toBe(false);
    expect((await opens(operator, '/deliveries')).has('#troubled')).toBe(false);
  });

  it('a developer sees the deliveries of their own site alone; the list of sites is for operators', async () => {
    county.backChannelStatus = 500;
    await leaves(county);
    await advance(HOUR + 60);
    county.backChannelStatus = 200;
    operator = await staff(service, city, somebody());
    developer = await staff(service, city, somebody(), { of: 'city' });
    expect((await opens(operator, '')).has('#see-troubled')).toBe(true);
    const [theirs, unknown] = [
      await opens(developer, '/sites/county/deliveries'),
      await opens(developer, '/sites/nobody/deliveries'),
    ];
    expect([seen(theirs), theirs.text]).toEqual([NOT_THERE, unknown.text]);
    expect(seen(await opens(developer, '/deliveries'))).toEqual(NOT_THERE);
    const first = await opens(developer, '');
    expect([first.has('#see-troubled'), first.has('#to-deliveries')]).toEqual([false, false]);
    for (const path of ['/deliveries', '/sites/city/deliveries'])
      expect((await new Browser().open(`${service.origin}/console${path}`)).has('#login-submit')).toBe(true);
  });

  it('a disabled site’s deliveries are still there to read', async () => {
    await service.app.get(SiteRecords).disable('quiet', { actor: 'cli' });
    const page = await opens(operator, '/sites/quiet/deliveries');
    expect([page.status, page.has('#deliveries'), page.has('#test-submit')]).toEqual([200, true, false]);
    await service.app.get(SiteRecords).enable('quiet', { actor: 'cli' });
  });

  it('R-10.2 is made by the rules of LOOK in both languages, with the same names', async () => {
    channel.answers(302);
    await leaves(city);
    const tested = await (await opens(operator, '/sites/city/deliveries')).press('test-submit');
    for (const path of [
      '/deliveries',
      '/sites/quiet/deliveries',
      '/sites/untold/deliveries',
      tested.path.replace('/console', ''),
    ]) {
      const chinese = await opens(operator, path);
      const back = encodeURIComponent(`/console${path}`);
      const english = await operator.citizen.browser.open(
        `${service.origin}/preferences?name=lang&value=en&back=${back}`,
      );
      expect([path, faultsOf(chinese.html, 'zh-CN'), faultsOf(english.html, 'en')]).toEqual([path, [], []]);
      expect([path, idsOf(english.html)]).toEqual([path, idsOf(chinese.html)]);
      await operator.citizen.browser.open(`${service.origin}/preferences?name=lang&value=zh-CN&back=/`);
    }
  });
});
