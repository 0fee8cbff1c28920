import { Activity, LINES, RELEASES } from '../../src/identity/activity/activity.service.js';
import { Database } from '../../src/storage/transactions.js';
import { uuidv7, uuidv7At } from '../../src/storage/uuid.js';
import { Citizen } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const DAY_MS = 86_400_000;
const AT_HOME = {
  'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'x-forwarded-for': '203.0.113.77',
};
const HOME = 'Firefox · Windows 网络 203.0.113.*';

/** The lines of the table as `[what, where from, site]`, the newest first. */
const linesOf = (page: Page): string[][] =>
  page.all('#activity tbody tr').map((row) =>
    row
      .querySelectorAll('td')
      .slice(1)
      .map((cell) => cell.text.replace(/\s+/g, ' ').trim()),
  );

describe.each(PROVINCES)('recent activity (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let db: Database;
  let activity: Activity;

  beforeAll(async () => {
    site = await TestSite.start('site');
    service = await startService(province, {
      SITES_FILE: sitesFile([site.metadata()]),
      TRUST_PROXY: '127.0.0.0/8,::1/128',
    });
    db = service.app.get(Database);
    activity = service.app.get(Activity);
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const account = (path = '/activity') => `${service.origin}/account${path}`;
  const person = async () => {
    const citizen = new Citizen(service);
    citizen.browser.sends = AT_HOME;
    await citizen.hasAccount(await site.loginUrl(service.origin));
    return { citizen, id: site.lastLogin.claims.sub };
  };

  it('R-8.1 says what, from which device and network, by which site: logins, logouts, changes', async () => {
    const { citizen } = await person();
    await (await citizen.browser.open(`${service.origin}/oidc/logout`)).press('logout-confirm');
    await citizen.logsIn(await citizen.browser.open(await site.loginUrl(service.origin)));
    await citizen.browser.open(site.logoutUrl(site.lastLogin));
    await citizen.logsIn(await citizen.browser.open(account()));
    const password = await citizen.browser.open(account('/password'));
    await password.press('password-submit', { currentPassword: citizen.password, password: 'Donghu-Spring-88' });
    const centre = province === 'hubei' ? '用户空间' : '账户设置';
    expect(linesOf(await citizen.browser.open(account()))).toEqual([
      ['设置密码', HOME, '本帐号'],
      ['登录', HOME, centre],
      ['退出登录', HOME, site.name],
      ['登录', HOME, site.name],
      ['退出登录', HOME, '本帐号'],
      ['设置密码', HOME, '本帐号'],
      ['注册帐号', HOME, '本帐号'],
    ]);
  });

  it('R-8.2 what a site took is a line without whereabouts: the site asked, not the person', async () => {
    const { citizen } = await person();
    const page = await citizen.browser.open(await site.loginUrl(service.origin, { scope: 'openid phone' }));
    await page.press('permission-submit');
    await site.userinfo(site.lastLogin);
    expect(linesOf(await citizen.browser.open(account())).slice(0, 2)).toEqual([
      ['向站点提供个人信息 手机号', '由站点取得', site.name],
      ['授权站点', HOME, site.name],
    ]);
  });

  it('signing in as somebody else is a logout of who was there', async () => {
    const [{ citizen }, other] = [await person(), await person()];
    const login = await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'login' }));
    await citizen.logsIn(login, other.citizen.phone);
    citizen.browser.forgetCookies(service.origin);
    await citizen.logsIn(await citizen.browser.open(account()));
    expect(linesOf(await citizen.browser.open(account()))[1]).toEqual(['退出登录', HOME, '本帐号']);
  });

  it('pages by the last line, so that what is added meanwhile moves nothing; 90 days, no line twice', async () => {
    const { citizen, id } = await person();
    const now = service.clock.ms();
    const at = async (ms: number) => activity.note({ id: uuidv7(ms), account: id, kind: 'verified' });
    for (let age = 1; age <= 45; age += 1) await at(now - age * DAY_MS);
    await at(now - 89.9 * DAY_MS);
    await at(now - 90.1 * DAY_MS);
    const first = await citizen.browser.open(account());
    await at(now + 1000);
    const second = await first.follow('older');
    const third = await second.follow('older');
    expect([first, second, third].map((page) => linesOf(page).length)).toEqual([20, 20, 8]);
    const times = [first, second, third].flatMap((page) => page.all('#activity tbody tr').map(({ text }) => text));
    expect(new Set(times.filter((text) => text.includes('通过实名认证'))).size).toBe(46);
    expect([third.has('#older'), third.has('#newest')]).toEqual([false, true]);
    expect((await third.follow('newest')).path).toBe('/account/activity');
  });

  it('shows nobody else’s lines, whoever’s line the page begins at', async () => {
    const [mine, theirs] = [await person(), await person()];
    await activity.note({ account: theirs.id, kind: 'phone-changed' });
    const [line] = await activity.lines(theirs.id, { limit: 1 });
    service.clock.advance(1);
    const page = await mine.citizen.browser.open(account(`/activity?before=${line?.id as string}`));
    expect(page.text).toContain('注册帐号');
    expect(page.text).not.toContain('更换手机号');
  });

  it('reads by its index alone, and only the months it shows', async () => {
    const now = service.clock.now();
    const later = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, 1)).toISOString().slice(0, 7);
    for (const sql of [LINES, RELEASES]) {
      const text = await db.transaction(async (tx) => {
        await tx.query('set local enable_seqscan = off; set local enable_bitmapscan = off');
        const window = [uuidv7At(service.clock.ms() + DAY_MS), uuidv7At(service.clock.ms() - 90 * DAY_MS)];
        const plan = (await tx.query(`explain ${sql}`, [window[0], ...window, 21])) as { 'QUERY PLAN': string }[];
        return plan.map((row) => row['QUERY PLAN']).join('\n');
      });
      expect(text).toMatch(/Index Cond: \(\(account_id = .*\) AND \(id < .*\) AND \(id >= .*\)\)/);
      expect(text).not.toMatch(/Sort {2}\(|Seq Scan/);
      expect(text).not.toContain(`activity_${later.replace('-', '_')}`);
    }
  });
});
