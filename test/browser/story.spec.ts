import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PendingChanges } from '../../src/identity/accounts/pending-changes.service.js';
import { Phone } from '../../src/shared/phone.js';
import { Database } from '../../src/storage/transactions.js';
import { startChromium, valueMatches } from '../support/chromium.js';
import { PASSWORD, freshPhone } from '../support/citizen.js';
import { faultsOf } from '../support/look.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 320, height: 640 },
];

describe('the story in Chromium', () => {
  let chromium: Browser;
  let service: RunningService;
  let city: TestSite;
  let provincial: TestSite;

  beforeAll(async () => {
    [chromium, city, provincial] = await Promise.all([
      startChromium(),
      TestSite.start('city', '城市站点'),
      TestSite.start('provincial', '省级站点'),
    ]);
    service = await startService('hubei', { SITES_FILE: sitesFile([city.metadata(), provincial.metadata()]) });
  });

  afterAll(async () => {
    await chromium.close();
    await service.close();
    await city.close();
    await provincial.close();
  });

  const captchaOf = async (page: Page): Promise<string> => {
    const answer = await fetch(`${service.origin}/sandbox/captcha/${await page.inputValue('#captchaId')}`);
    return ((await answer.json()) as { answer: string }).answer;
  };

  const codeFor = async (phone: string): Promise<string> => {
    const answer = await fetch(`${service.origin}/sandbox/sms?phone=${phone}`);
    return ((await answer.json()) as { code: string }[])[0]?.code as string;
  };

  /** A page whose complaints are kept: console errors and breaches of the content policy. */
  async function open(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      const expected = /status of 4\d\d/.test(message.text());
      if (message.type() === 'error' && !expected) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    return { page, complaints };
  }

  async function register(page: Page, phone: string): Promise<void> {
    await page.goto(await city.loginUrl(service.origin, { prompt: 'create' }));
    await page.fill('#phone', phone);
    await page.fill('#password', PASSWORD);
    await page.fill('#captcha', await captchaOf(page));
    await page.click('#sms-send');
    await page.fill('#smsCode', await codeFor(phone));
    await page.check('#agreement');
    await page.click('#register-submit');
    await page.waitForURL(/verification$/);
  }

  it.each([
    ['with script', true],
    ['without script', false],
  ])(
    'R-1.2 R-10.1 registers, verifies, opens the second site, logs out of both, %s',
    async (_how, javaScriptEnabled) => {
      const context = await chromium.newContext({ javaScriptEnabled, viewport: SIZES[0], locale: 'zh-CN' });
      const { page, complaints } = await open(context);
      await register(page, freshPhone());
      await page.fill('#name', javaScriptEnabled ? '张三' : '李四');
      await page.fill('#idNumber', javaScriptEnabled ? '420106199003071019' : '420106198506121028');
      await page.click('#verification-submit');
      await page.waitForURL(`${city.origin}/**`);
      expect(await page.textContent('h1')).toBe('logged in');
      await page.goto(await provincial.loginUrl(service.origin));
      expect(await page.textContent('h1')).toBe('logged in');
      expect(provincial.lastLogin.claims.sub).toBe(city.lastLogin.claims.sub);
      const told = provincial.logoutTokens.length;
      await page.goto(`${service.origin}/oidc/logout`);
      await page.click('#logout-confirm');
      expect(await page.textContent('h1')).toBe('您已退出');
      await provincial.told(told + 1);
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  it('R-10.2 logs in with the keyboard alone', async () => {
    const context = await chromium.newContext({ locale: 'zh-CN' });
    const { page } = await open(context);
    await page.goto(await city.loginUrl(service.origin));
    // The field is focused after the page has loaded: a person sees that before typing.
    await page.waitForSelector('#identifier:focus');
    await page.keyboard.type('13900000002');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Tongxing-demo-2');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${city.origin}/**`);
    expect(await page.textContent('h1')).toBe('logged in');
    await context.close();
  });

  it('R-2.2 the script gets another picture, and computes where a picture cannot be seen', async () => {
    const context = await chromium.newContext({ locale: 'zh-CN' });
    const { page, complaints } = await open(context);
    await page.goto(await city.loginUrl(service.origin, { prompt: 'create' }));
    const phone = freshPhone();
    await page.fill('#phone', phone);
    await page.fill('#password', PASSWORD);
    const first = await page.inputValue('#captchaId');
    await page.click('#captcha-another');
    await page.waitForSelector(`#captchaId:not([value="${first}"])`, { state: 'attached' });
    expect(await page.inputValue('#phone')).toBe(phone);
    await page.click('summary');
    await page.click('#captcha-work');
    await valueMatches(page, 'captcha', /^pow:/);
    await page.click('#sms-send');
    expect(await page.textContent('main')).toContain('已发送');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('the size switch keeps what was typed, and the choice is remembered', async () => {
    const context = await chromium.newContext({ locale: 'zh-CN' });
    const { page } = await open(context);
    await page.goto(await city.loginUrl(service.origin));
    await page.fill('#identifier', '13900000002');
    await Promise.all([page.waitForResponse(/preferences/), page.click('#switch-size')]);
    expect(await page.inputValue('#identifier')).toBe('13900000002');
    expect(await page.getAttribute('html', 'class')).toBe('large');
    await page.goto(service.origin);
    expect(await page.getAttribute('html', 'class')).toBe('large');
    await context.close();
  });

  it.each(['zh-CN', 'en'])(
    'R-10.2 axe finds nothing serious on any page, and nothing scrolls sideways (%s)',
    async (locale) => {
      const context = await chromium.newContext({ locale, bypassCSP: true });
      await context.addCookies([{ name: 'lang', value: locale, url: service.origin }]);
      const { page } = await open(context);
      const found: string[] = [];

      async function look(name: string): Promise<void> {
        found.push(...(await faultsOf(page, name, SIZES)));
      }

      for (const path of [
        '/',
        '/sites',
        '/agreement',
        '/privacy',
        '/accessibility',
        '/sandbox',
        '/nowhere',
        '/oidc/auth?client_id=nobody',
      ]) {
        await page.goto(service.origin + path);
        await look(path);
      }
      await page.goto(await city.loginUrl(service.origin));
      await look('login');
      await page.click('#login-submit');
      await look('login refused');
      await page.click('#lost-number');
      await look('number lost');
      const lost = freshPhone();
      await page.fill('#name', '李四');
      await page.fill('#idNumber', '420106198506121028');
      await page.fill('#phone', lost);
      await page.fill('#captcha', await captchaOf(page));
      await page.click('#sms-send');
      await page.fill('#smsCode', await codeFor(lost));
      await page.click('#lost-number-next');
      await look('number lost, by password');
      await page.fill('#password', 'not-mine-1');
      await page.click('#lost-number-submit');
      await look('number lost, refused');
      await page.click('#by-recovery-code');
      await look('number lost, by a code of the hall');
      await page.click('#by-none');
      await look('number lost, with nothing to show');
      await page.click('#lost-number-submit');
      await look('number lost, asked for');
      await page.click('#stop-link');
      await look('stop code');
      await page.click('#stop-submit');
      await look('stop code refused');
      await page.goto(`${service.origin}/stop?done=1`);
      await look('stopped');
      await page.goto(await city.loginUrl(service.origin));
      await page.click('#register');
      await look('registration');
      const phone = freshPhone();
      await page.fill('#phone', phone);
      await page.fill('#password', PASSWORD);
      await page.fill('#captcha', await captchaOf(page));
      await page.click('#sms-send');
      await look('code sent');
      await page.click('#register-submit');
      await look('registration refused');
      await page.fill('#smsCode', await codeFor(phone));
      await page.check('#agreement');
      await page.click('#register-submit');
      await look('verification');
      await page.fill('#name', '1');
      await page.click('#verification-submit');
      await look('verification refused');
      await page.click('#verification-skip');
      await page.goto(await city.loginUrl(service.origin, { scope: 'openid phone' }));
      await look('permission');
      await page.click('#permission-submit');
      await page.goto(`${service.origin}/account`);
      await look('user centre');
      await page.goto(`${service.origin}/account/lost-number`);
      await look('number lost, signed in');
      const account = city.lastLogin.claims.sub;
      await service.app.get(Database).transaction(async (tx) =>
        service.app.get(PendingChanges).add(tx, {
          accountId: account,
          kind: 'number-move',
          due: new Date(service.clock.ms() + 7 * 86_400_000),
          phone: Phone.parse(lost),
        }),
      );
      await page.goto(`${service.origin}/account/lost-number`);
      await look('a move that waits');
      await page.goto(await city.loginUrl(service.origin));
      await look('told of a move on the way to a site');
      await page.click('#lost-number-stop');
      await page.goto(`${service.origin}/account/data`);
      await look('my data');
      await page.click('#deregister-submit');
      await look('before a deregistration');
      await page.click('#deregister-confirm');
      await look('a deregistration that waits');
      await page.goto(await city.loginUrl(service.origin, { prompt: 'login' }));
      await page.fill('#identifier', phone);
      await page.fill('#password', PASSWORD);
      await page.click('#login-submit');
      await look('a login while a deregistration waits');
      await page.click('#deregister-cancel');
      await page.goto(`${service.origin}/oidc/logout`);
      await look('logout');
      await page.click('#logout-confirm');
      await look('signed out');
      expect(found).toEqual([]);
      await context.close();
    },
    120_000,
  );

  it.each(['zh-CN', 'en'])('R-3.2 R-10.2 raising the level: the same of each of its pages (%s)', async (locale) => {
    const context = await chromium.newContext({ locale, bypassCSP: true });
    await context.addCookies([{ name: 'lang', value: locale, url: service.origin }]);
    const { page } = await open(context);
    const found: string[] = [];
    const look = async (name: string) => found.push(...(await faultsOf(page, name, SIZES)));
    const phone = freshPhone();
    await register(page, phone);
    service.clock.advance(61);
    await page.goto(`${service.origin}/account/level`);
    await look('level');
    await page.click('#sms-send');
    await look('code sent');
    await page.click('#level-next');
    await look('code refused');
    await page.fill('#smsCode', await codeFor(phone));
    await page.click('#level-next');
    await look('name and number');
    await page.fill('#name', '何大安');
    await page.fill('#idNumber', '420106198802150181');
    await page.click('#verification-submit');
    await look('mismatch');
    await page.fill('#name', locale === 'en' ? '刘洋' : '赵燕');
    await page.fill('#idNumber', locale === 'en' ? '13010219880615808X' : '130203199001010076');
    await page.click('#verification-submit');
    await page.waitForSelector('#fixed');
    await look('verified');
    expect(found).toEqual([]);
    await context.close();
  });
});
