import { Citizen } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { numberOn, ticketOn } from '../support/government-app.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

describe('the demonstration’s government app (R-4.4)', () => {
  let service: RunningService;
  let site: TestSite;
  let owner: Citizen;
  let home: Page;

  beforeAll(async () => {
    site = await TestSite.start('site', '测试站点');
    service = await startService('hebei', { SITES_FILE: sitesFile([site.metadata()]) });
    owner = new Citizen(service);
    await owner.hasAccount(await site.loginUrl(service.origin));
    owner.browser.closeAndReopen();
    const login = await (await owner.browser.open(`${service.origin}/sandbox/app`)).follow('app-login');
    home = await owner.logsIn(login);
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const waits = async () => {
    const { browser } = new Citizen(service);
    const login = await browser.open(await site.loginUrl(service.origin));
    const page = await browser.open(`${login.url.href}?method=qr`);
    return {
      page,
      link: page.all('#qr-link')[0]?.getAttribute('href') as string,
      again: async () => browser.open(page.url.href),
    };
  };
  const numbers = (page: Page) => page.all('button[name=number]').map((button) => Number(button.text));

  it('is where the code leads to, and says who is logged in', async () => {
    expect([home.path, home.has('#app-scan')]).toEqual(['/sandbox/app', true]);
    expect((await waits()).link).toMatch(new RegExp(`^${service.origin}/sandbox/app/t/[\\w-]{22}$`));
    const sandbox = await owner.browser.open(`${service.origin}/sandbox`);
    expect((await sandbox.follow('app')).path).toBe('/sandbox/app');
  });

  it('a pasted link is a scan: site, browser, place and time, then the number', async () => {
    const computer = await waits();
    const question = await home.press('app-scan', { link: computer.link });
    expect(question.title).toBe('是您自己要登录吗？');
    expect(question.text).toContain('测试站点');
    const number = numberOn(await computer.again());
    const done = await question.press(`app-number-${numbers(question).indexOf(number) + 1}`);
    expect(done.text).toContain('已确认');
    expect((await owner.browser.open(done.url.href)).text).not.toContain('已确认');
    expect((await computer.again()).title).toBe('logged in');
  });

  it('Enter picks no number and ends nothing; a wrong one is told as the service tells it', async () => {
    const computer = await waits();
    const question = await home.press('app-scan', { link: ticketOn(computer.page) });
    const entered = await question.press('default-submit');
    expect([entered.title, entered.text.includes('请选择电脑页面上显示的两位数字')]).toEqual([question.title, true]);
    const right = numberOn(await computer.again());
    const wrong = numbers(question).findIndex((one) => one !== right);
    expect((await question.press(`app-number-${wrong + 1}`)).text).toContain('选的数字与电脑页面上的不一样');
  });

  it('opened by its link: asked first, and the login page says so too', async () => {
    const computer = await waits();
    const asked = await owner.browser.open(computer.link);
    expect(asked.text).toContain('不是扫码');
    expect((await computer.again()).has('#qr-link')).toBe(true);
    const question = await asked.press('app-open');
    expect(question.text).toContain('不是扫码');
    expect((await computer.again()).text).toContain('这次登录是用链接打开的');
    expect((await question.press('app-deny')).text).toContain('已拒绝');
    expect((await computer.again()).text).toContain('手机上没有同意登录');
  });

  it('what is no link of its own is opened by nobody; a form of another browser is refused', async () => {
    for (const link of ['https://elsewhere.example/t/AAAAAAAAAAAAAAAAAAAAAA', '', 'x'])
      expect((await home.press('app-scan', { link })).text).toContain('这不是登录二维码里的链接');
    const forged = await home.press('app-scan', { _csrf: '', link: (await waits()).link });
    expect([forged.status, forged.text.includes('form.token')]).toEqual([403, true]);
  });

  it('a link opens the app of somebody who is not logged in by its login; the answer of another attempt opens nothing', async () => {
    const stranger = new Citizen(service);
    const { link } = await waits();
    const login = await stranger.browser.open(link);
    expect(login.has('#login-submit')).toBe(true);
    const foreign = await stranger.browser.open(`${service.origin}/sandbox/app/callback?code=x&state=y`);
    expect([foreign.path, foreign.has('#app-login'), foreign.text.includes('没有登录')]).toEqual([
      '/sandbox/app',
      true,
      true,
    ]);
    const opened = await Object.assign(stranger, { phone: owner.phone }).logsIn(login);
    expect(opened.has('#app-login')).toBe(true);
  });

  it('logged out, its token is over', async () => {
    const phone = Object.assign(new Citizen(service), { phone: owner.phone });
    const login = await (await phone.browser.open(`${service.origin}/sandbox/app`)).follow('app-login');
    const open = await phone.logsIn(login);
    const out = await open.press('app-logout');
    expect([out.has('#app-scan'), out.has('#app-login')]).toEqual([false, true]);
  });

  it('the camera’s scripts come from the page’s own address, and the page alone may use the camera', async () => {
    const scripts = await Promise.all(
      ['camera.js', 'qr-dom.js', 'decode.js', 'index.js'].map(async (name) =>
        fetch(`${service.origin}/sandbox/app/${name}`),
      ),
    );
    expect(scripts.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual(
      scripts.map(() => [200, 'text/javascript; charset=utf-8']),
    );
    const page = await fetch(`${service.origin}/sandbox/app`);
    expect(page.headers.get('permissions-policy')).toContain('camera=(self)');
    const other = await fetch(`${service.origin}/sandbox`);
    expect(other.headers.get('permissions-policy')).toContain('camera=()');
  });
});
