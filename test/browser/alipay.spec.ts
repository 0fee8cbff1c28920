import type { Browser, Page } from 'playwright-core';
import { alipayFile, alipayUser } from '../support/alipay-users.js';
import type { AlipayUser } from '../support/alipay-users.js';
import { startChromium } from '../support/chromium.js';
import { Citizen } from '../support/citizen.js';
import { faultsOf } from '../support/look.js';
import { residentsFile } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];
const { residents, file } = residentsFile(8);
const people = residents.map((who) => alipayUser(who));
const plain = ['zh-CN', 'en'].map(() => alipayUser({ certified: false }));

describe.each(PROVINCES)('Alipay in Chromium (%s)', (province) => {
  let chromium: Browser;
  let service: RunningService;
  let site: TestSite;
  let next = 0;

  beforeAll(async () => {
    [chromium, site] = await Promise.all([startChromium(), TestSite.start('site', '武汉市政务服务网')]);
    service = await startService(province, {
      SITES_FILE: sitesFile([site.metadata()]),
      STUB_ALIPAY_FILE: alipayFile([...people, ...plain]),
      STUB_RESIDENTS_FILE: file,
      LIMITS: 'off',
    });
  });

  afterAll(async () => {
    await chromium.close();
    await service.close();
    await site.close();
  });

  const fresh = () => people[next++] as AlipayUser;
  const atAlipay = async (page: Page, { userId, password }: AlipayUser) => {
    await page.fill('#account', userId);
    await page.fill('#password', password);
    await page.click('#alipay-login');
  };
  const captchaOf = async (page: Page): Promise<string> => {
    const answer = await fetch(`${service.origin}/sandbox/captcha/${await page.inputValue('#captchaId')}`);
    return ((await answer.json()) as { answer: string }).answer;
  };
  const toAlipay = async (page: Page) => {
    await page.goto(await site.loginUrl(service.origin));
    await page.click('#login-alipay');
    await page.waitForSelector('#alipay-login');
  };

  it('R-4.3 by scan with a phone: the page on the desk goes on by itself', async () => {
    const user = fresh();
    const desk = await (await chromium.newContext()).newPage();
    await toAlipay(desk);
    const link = (await desk.getAttribute('#alipay-scan', 'href')) as string;
    const phone = await (await chromium.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await phone.goto(link);
    await phone.selectOption('#account', user.userId);
    await phone.click('#alipay-scan-confirm');
    await desk.waitForSelector('#alipay-register-submit');
    await desk.check('#agreement');
    await desk.click('#alipay-register-submit');
    await desk.waitForURL(`${site.origin}/**`);
    expect(site.lastLogin.claims['amr']).toEqual(['fed']);
    await desk.context().close();
    await phone.context().close();
  });

  // The pages are the same in both provinces: a language each.
  const language = province === 'hubei' ? 'zh-CN' : 'en';
  it(`R-10.2 nothing serious for axe, nothing too wide, refused or not (${language})`, async () => {
    const context = await chromium.newContext({ bypassCSP: true, locale: language });
    const page = await context.newPage();
    const found: string[] = [];
    const look = async (name: string) => void found.push(...(await faultsOf(page, name, SIZES)));
    await toAlipay(page);
    await look('at Alipay');
    await page.click('#alipay-deny');
    await page.waitForSelector('[data-code]');
    await look('denied');
    await page.click('#login-alipay');
    await atAlipay(page, plain[language === 'en' ? 1 : 0] as AlipayUser);
    await page.waitForSelector('#sms-send');
    await look('registration with a number');
    await page.click('#alipay-register-submit');
    await page.waitForSelector('#error-summary');
    await look('registration with a number, refused');

    await context.clearCookies();
    await toAlipay(page);
    await atAlipay(page, fresh());
    await page.waitForSelector('#alipay-register-submit');
    await look('registration');
    await page.click('#alipay-register-submit');
    await page.waitForSelector('#error-summary');
    await look('registration, refused');
    await page.check('#agreement');
    await page.click('#alipay-register-submit');
    await page.waitForURL(`${site.origin}/**`);
    await page.goto(`${service.origin}/account/alipay`);
    await look('user centre');
    await page.click('#alipay-unbind');
    await page.waitForSelector('[data-code="alipay.only-way-in"]');
    await look('user centre, refused');

    const user = fresh();
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin), {
      name: user.name as string,
      idNumber: user.idNumber as string,
    });
    await context.clearCookies();
    await toAlipay(page);
    await atAlipay(page, user);
    await page.waitForSelector('#alipay-link-submit');
    await look('link');
    await page.click('#sms-send');
    await page.waitForSelector('#alipay-link-submit');
    await look('link, code sent or too soon');
    await page.goto(page.url());
    await page.fill('#smsCode', await citizen.codeFor());
    await page.click('#alipay-link-submit');
    await page.waitForURL(`${site.origin}/**`);

    await citizen.waits(301);
    await page.goto(`${service.origin}/account/proof?act=phone`);
    await page.waitForSelector('#proof-alipay');
    await look('proof');
    await page.click('#proof-other');
    await look('proof by name and number');

    await context.clearCookies();
    await page.goto(await site.loginUrl(service.origin, { acr_values: 'urn:tongxing:level:2' }));
    await page.click('#method-sms');
    await page.fill('#phone', citizen.phone);
    if (await page.isVisible('#captcha')) await page.fill('#captcha', await captchaOf(page));
    await page.click('#sms-send');
    await page.waitForSelector('.notice.success');
    await page.fill('#smsCode', await citizen.codeFor());
    await page.click('#login-submit');
    await page.waitForSelector('#raise-submit');
    await look('the password after a login by SMS');
    await page.click('#raise-submit');
    await page.waitForSelector('#error-summary');
    await look('the password after a login by SMS, refused');
    await page.fill('#password', citizen.password);
    await page.click('#raise-submit');
    await page.waitForURL(`${site.origin}/**`);

    await page.goto(`${service.origin}/alipay/callback?state=${'0'.repeat(64)}`);
    await look('another browser');
    expect(found).toEqual([]);
    await context.close();
  }, 120_000);
});
