import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startChromium } from '../support/chromium.js';
import { Citizen } from '../support/citizen.js';
import { filmOf } from '../support/film.js';
import { faultsOf } from '../support/look.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const LOW_SCREEN = { width: 1024, height: 768 };
const PHONE = { width: 390, height: 844 };
const SIZES = [LOW_SCREEN, PHONE];

describe('the QR code of the login page and the app beside it, in Chromium (R-4.4)', () => {
  let chromium: Browser;
  let service: RunningService;
  let site: TestSite;
  let owner: Citizen;

  beforeAll(async () => {
    [chromium, site] = await Promise.all([startChromium(), TestSite.start('site', '唐山市政务服务网')]);
    service = await startService('hebei', { SITES_FILE: sitesFile([site.metadata()]), LIMITS: 'off' });
    owner = new Citizen(service);
    await owner.hasAccount(await site.loginUrl(service.origin));
  });

  afterAll(async () => {
    await chromium.close();
    await service.close();
    await site.close();
  });

  const shots = process.env['SHOTS'];
  const shot = async (page: Page, name: string) => {
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  };
  const opens = async (options: BrowserContextOptions = {}, browser = chromium): Promise<Page> => {
    const context = await browser.newContext({ viewport: LOW_SCREEN, locale: 'zh-CN', ...options });
    return context.newPage();
  };
  /** A computer at the page of the code. */
  const waits = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await opens(options);
    await page.goto(await site.loginUrl(service.origin));
    await page.getByRole('link', { name: options.locale === 'en' ? 'QR code' : '扫码' }).click();
    return page;
  };
  /** A phone with the app, logged in. */
  const phone = async (options: BrowserContextOptions = {}, browser = chromium): Promise<Page> => {
    const page = await opens({ viewport: PHONE, ...options }, browser);
    await page.goto(`${service.origin}/sandbox/app`);
    await page.click('#app-login');
    await page.fill('#identifier', owner.phone);
    await page.fill('#password', owner.password);
    await page.click('#login-submit');
    await page.waitForSelector('#app-scan');
    return page;
  };
  const linkOn = async (page: Page): Promise<string> => (await page.getAttribute('#qr-link', 'href')) as string;
  const scans = async (app: Page, link: string): Promise<void> => {
    await app.fill('#link', link);
    await app.click('#app-scan');
  };
  const numberOn = async (page: Page): Promise<string> => (await page.innerText('#qr-number')).trim();

  it.each(['zh-CN', 'en'] as const)(
    'scan, number, confirm: the computer goes on by itself, untouched (%s)',
    async (locale) => {
      const [computer, app] = [await waits({ locale }), await phone({ locale })];
      await shot(computer, `created-1024-${locale}`);
      await shot(app, `app-scan-390-${locale}`);
      await scans(app, await linkOn(computer));
      await computer.waitForSelector('#qr-number');
      await shot(computer, `scanned-1024-${locale}`);
      await shot(app, `app-question-390-${locale}`);
      await app.getByRole('button', { name: await numberOn(computer), exact: true }).click();
      await app.waitForSelector('.notice.success');
      await computer.waitForURL(`${site.origin}/callback**`);
      await shot(app, `app-done-390-${locale}`);
      expect(site.lastLogin.claims.amr).toEqual(['user', 'mca']);
      await Promise.all([computer.context().close(), app.context().close()]);
    },
  );

  it('without script: the refresh shows the number, and then logs in', async () => {
    const [computer, app] = [await waits({ javaScriptEnabled: false }), await phone({ javaScriptEnabled: false })];
    await shot(computer, 'created-1024-noscript');
    await scans(app, await linkOn(computer));
    await computer.reload();
    const number = await numberOn(computer);
    await shot(computer, 'scanned-1024-noscript');
    await app.getByRole('button', { name: number, exact: true }).click();
    await computer.click('#qr-check');
    await computer.waitForURL(`${site.origin}/callback**`);
    await Promise.all([computer.context().close(), app.context().close()]);
  });

  it('denied on the phone, the computer is told; another code is one press away', async () => {
    const [computer, app] = [await waits(), await phone()];
    const first = await linkOn(computer);
    await scans(app, first);
    await computer.waitForSelector('#qr-number');
    await app.click('#app-deny');
    await computer.waitForSelector('.notice.warning');
    await shot(computer, 'denied-1024');
    await computer.click('#qr-new');
    expect(await linkOn(computer)).not.toBe(first);
    await Promise.all([computer.context().close(), app.context().close()]);
  });

  it('on a narrow screen the link stands first, and leads to the app that says it was opened by a link', async () => {
    const page = await waits({ viewport: PHONE });
    await shot(page, 'created-390');
    const top = async (selector: string) => (await page.locator(selector).boundingBox())?.y ?? 0;
    expect(await top('#qr-link')).toBeLessThan(await top('.qr-code'));
    await page.setViewportSize(LOW_SCREEN);
    expect(await top('.qr-code')).toBeLessThan(await top('#qr-link'));
    await page.setViewportSize(PHONE);
    const [app] = await Promise.all([page.context().waitForEvent('page'), page.click('#qr-link')]);
    await app.fill('#identifier', owner.phone);
    await app.fill('#password', owner.password);
    await app.click('#login-submit');
    await app.waitForSelector('#app-open');
    await shot(app, 'app-opened-390');
    await app.click('#app-open');
    await app.waitForSelector('#app-number-1');
    await shot(app, 'app-question-link-390');
    await page.waitForSelector('#qr-number');
    await shot(page, 'scanned-390');
    expect(await page.innerText('main')).toContain('这次登录是用链接打开的');
    await page.context().close();
  });

  it('the app’s camera reads the code off the screen', async () => {
    const computer = await waits();
    const seen = await startChromium(
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${filmOf(await linkOn(computer))}`,
    );
    const app = await phone({}, seen);
    await app.click('#app-camera');
    await app.waitForSelector('#app-number-1');
    await computer.waitForSelector('#qr-number');
    await Promise.all([computer.context().close(), seen.close()]);
  });

  it.each(['zh-CN', 'en'] as const)(
    'R-10.2 fits, can be pressed and read, and nothing is serious for axe (%s)',
    async (locale) => {
      const [computer, app] = [await waits({ locale }), await phone({ locale })];
      const faults = [...(await faultsOf(computer, 'code', SIZES)), ...(await faultsOf(app, 'app', SIZES))];
      await scans(app, await linkOn(computer));
      await computer.waitForSelector('#qr-number');
      faults.push(...(await faultsOf(computer, 'number', SIZES)), ...(await faultsOf(app, 'question', SIZES)));
      await app.click('#app-deny');
      await computer.waitForSelector('.notice.warning');
      faults.push(...(await faultsOf(computer, 'denied', SIZES)));
      expect(faults).toEqual([]);
      await Promise.all([computer.context().close(), app.context().close()]);
    },
  );
});
