import { Citizen } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const BROWSERS = {
  windows: {
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0',
    'x-forwarded-for': '203.0.113.77',
  },
  phone: {
    'user-agent': 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 HuaweiBrowser/14.0 Mobile Safari/537.36',
    'x-forwarded-for': '2001:db8:77:1::9',
  },
};

describe.each(PROVINCES)('where an account is logged in (%s)', (province) => {
  let service: RunningService;
  let city: TestSite;
  let county: TestSite;

  beforeAll(async () => {
    city = await TestSite.start('city', '城市站点');
    county = await TestSite.start('county', '县级站点');
    service = await startService(province, {
      SITES_FILE: sitesFile([city.metadata(), county.metadata()]),
      TRUST_PROXY: '127.0.0.0/8,::1/128',
    });
  });

  afterAll(async () => {
    await service.close();
    await city.close();
    await county.close();
  });

  const account = (path = '/sessions') => `${service.origin}/account${path}`;
  const centre = province === 'hubei' ? '用户空间' : '账户设置';
  const person = async (): Promise<Citizen> => {
    const citizen = new Citizen(service);
    citizen.browser.sends = BROWSERS.windows;
    await citizen.hasAccount(await city.loginUrl(service.origin));
    return citizen;
  };
  /** The same account on a browser of its own, at a site. */
  const elsewhere = async (citizen: Citizen, site = county): Promise<Citizen> => {
    await citizen.waits(MINUTE);
    const other = Object.assign(new Citizen(service), { phone: citizen.phone });
    other.browser.sends = BROWSERS.phone;
    await other.logsIn(await other.browser.open(await site.loginUrl(service.origin)));
    return other;
  };
  const sessions = async (citizen: Citizen): Promise<Page> => citizen.browser.open(account());
  const cellsOf = (page: Page): string[][] =>
    page
      .all('#sessions tbody tr')
      .map((row) => row.querySelectorAll('td').map((cell) => cell.text.replace(/\s+/g, ' ').trim()));
  const isSignedIn = async (citizen: Citizen): Promise<boolean> =>
    (await citizen.browser.open(await city.loginUrl(service.origin, { prompt: 'none' }))).title === 'logged in';

  it('R-8.1 device, network, since, last seen, sites visited; the present one first, without a button', async () => {
    const citizen = await person();
    const registered = service.clock.now();
    const other = await elsewhere(citizen);
    await citizen.waits(5 * MINUTE);
    await other.browser.open(await city.loginUrl(service.origin));
    const page = await sessions(citizen);
    const minute = (after: number) =>
      new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(
        new Date(registered.getTime() + after * 1000),
      );
    const [mine, theirs] = cellsOf(page) as [string[], string[]];
    expect(mine[0]).toBe('Firefox · Windows 网络 203.0.113.*');
    expect(mine.slice(1)).toEqual([minute(0), minute(6 * MINUTE), '城市站点', '当前设备']);
    expect(theirs).toEqual([
      'Huawei Browser · Android 网络 2001:db8:77:*',
      minute(MINUTE),
      minute(6 * MINUTE),
      '县级站点、城市站点',
      '退出这里',
    ]);
    expect([page.has('#session-end-1'), page.has('#session-end-2')]).toEqual([true, false]);
  });

  it('session-end-<n> ends that one at once, at its sites too; the present one goes on', async () => {
    const citizen = await person();
    const other = await elsewhere(citizen);
    const login = county.lastLogin;
    const told = county.logoutTokens.length;
    const after = await (await sessions(citizen)).press('session-end-1');
    expect([after.path, after.status, cellsOf(after).length]).toEqual(['/account/sessions', 200, 1]);
    await county.told(told + 1);
    const token = county.logoutTokens.at(-1)?.split('.')[1] as string;
    expect(JSON.parse(Buffer.from(token, 'base64url').toString())).toMatchObject({ sid: login.claims['sid'] });
    expect(await isSignedIn(other)).toBe(false);
    await expect(county.refresh(login)).rejects.toThrow();
    await expect(county.userinfo(login)).rejects.toThrow();
    expect(await isSignedIn(citizen)).toBe(true);
    expect((await citizen.browser.open(account('/activity'))).text).toContain(
      '退出一处登录 Huawei Browser · Android · 2001:db8:77:*',
    );
  });

  it('sessions-end-others leaves the present one alone, and ends what sites may do while nobody is there', async () => {
    const citizen = await person();
    const others = [await elsewhere(citizen), await elsewhere(citizen)];
    const offline = await elsewhere(citizen);
    const page = await offline.browser.open(
      await county.loginUrl(service.origin, { scope: 'openid offline_access', prompt: 'consent' }),
    );
    await page.press('permission-submit');
    const login = county.lastLogin;
    const told = county.logoutTokens.length;
    const after = await (await sessions(citizen)).press('sessions-end-others');
    expect([after.path, cellsOf(after).length, after.has('#sessions-end-others')]).toEqual([
      '/account/sessions',
      1,
      false,
    ]);
    await county.told(told + 3);
    for (const other of [...others, offline]) expect(await isSignedIn(other)).toBe(false);
    await expect(county.refresh(login)).rejects.toThrow();
    expect(await isSignedIn(citizen)).toBe(true);
    expect((await citizen.browser.open(account('/activity'))).text).toContain('退出其他所有登录');
  });

  it('a list that has changed meanwhile ends the session it showed, never another one', async () => {
    const citizen = await person();
    const [first, second] = [await elsewhere(citizen), await elsewhere(citizen)];
    const stale = await sessions(citizen);
    await (await sessions(citizen)).press('session-end-1');
    const third = await elsewhere(citizen);
    await stale.press('session-end-2');
    expect(await Promise.all([first, second, third].map(isSignedIn))).toEqual([false, false, true]);
    const gone = await stale.press('session-end-1');
    expect([gone.status, gone.codes, cellsOf(gone).length]).toEqual([404, ['session.unknown'], 2]);
    expect(await isSignedIn(third)).toBe(true);
  });

  it('ending somebody else’s session by its mark, by a number, or by nothing: 404, all the same, and it lives', async () => {
    const [citizen, neighbour] = [await person(), await person()];
    const [other, away] = [await elsewhere(citizen), await elsewhere(neighbour)];
    const theirs = (await sessions(neighbour)).value('mark') as string;
    const csrf = (await sessions(citizen)).value('_csrf') as string;
    for (const mark of [theirs, '1', '0', '', "' or 1=1 --"]) {
      const refused = await citizen.browser.post(account(), { _csrf: csrf, mark });
      expect([refused.status, refused.codes]).toEqual([404, ['session.unknown']]);
    }
    expect(await Promise.all([citizen, other, neighbour, away].map(isSignedIn))).toEqual([true, true, true, true]);
  });

  it('a form without its token, from elsewhere, or with a field twice ends nothing', async () => {
    const citizen = await person();
    const other = await elsewhere(citizen);
    const { fields } = (await sessions(citizen)).form('session-end-1');
    const bare = await citizen.browser.post(account(), { mark: fields['mark'] as string });
    expect([bare.status, bare.codes]).toEqual([403, ['form.token']]);
    const foreign = await citizen.browser.post(account(), fields, { origin: city.origin });
    expect([foreign.status, foreign.codes]).toEqual([403, ['form.foreign-origin']]);
    const others = await citizen.browser.post(account('/sessions/others'), {});
    expect([others.status, others.codes]).toEqual([403, ['form.token']]);
    const body = `${new URLSearchParams(fields).toString()}&mark=${fields['mark'] as string}`;
    const twice = await citizen.browser.request('POST', account(), body, { origin: service.origin });
    expect(twice.status).toBe(400);
    expect(await isSignedIn(other)).toBe(true);
  });

  it('R-1.3 the session’s own mark signs out, of all sites', async () => {
    const citizen = await person();
    const other = await elsewhere(citizen);
    const { fields } = (await sessions(other)).form('session-end-1');
    const told = city.logoutTokens.length;
    const out = await citizen.browser.post(account(), {
      _csrf: (await sessions(citizen)).form('session-end-1').fields['_csrf'] as string,
      mark: fields['mark'] as string,
    });
    expect(out.title).toBe('您已退出');
    await city.told(told + 1);
    expect([await isSignedIn(citizen), await isSignedIn(other)]).toEqual([false, true]);
  });

  it('a session ended while its page is open: its form says so, its page goes through a login and comes back', async () => {
    const citizen = await person();
    const other = await elsewhere(citizen);
    const open = await sessions(other);
    await (await sessions(citizen)).press('session-end-1');
    const ended = await open.press('sessions-end-others');
    expect([ended.status, ended.codes]).toEqual([403, ['session.ended']]);
    expect(await isSignedIn(citizen)).toBe(true);
    const login = await other.browser.open(account());
    expect(login.has('#login-submit')).toBe(true);
    expect((await other.logsIn(login)).path).toBe('/account/sessions');
    expect(cellsOf(await sessions(other))[0]?.[3]).toContain(centre);
  });

  it('pressed many times at once it ends that one session', async () => {
    const citizen = await person();
    const others = [await elsewhere(citizen), await elsewhere(citizen)];
    const page = await sessions(citizen);
    const answers = await Promise.all(Array.from({ length: 8 }, async () => page.press('session-end-1')));
    expect(answers.every(({ status }) => status === 200 || status === 404)).toBe(true);
    expect(await Promise.all(others.map(isSignedIn))).toEqual([true, false]);
  });
});
