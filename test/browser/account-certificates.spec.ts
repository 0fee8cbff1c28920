import type { Browser, BrowserContext, Page } from 'playwright-core';
import { RegisteredCompany } from '../support/account-certificates.js';
import { TestCa, pem } from '../support/ca.js';
import type { Issued, Wanted } from '../support/ca.js';
import { startChromium } from '../support/chromium.js';
import { faultsOf } from '../support/look.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];
const DAY_MS = 86_400_000;
const LIST = '/account/certificates';
const roots = [TestCa.root('rsa', 'Operator root'), TestCa.root('sm2', 'Operator root')] as const;

describe.each(PROVINCES)('an entity’s certificates in Chromium (%s)', (province) => {
  let chromium: Browser;
  let service: RunningService;
  let site: TestSite;
  let company: RegisteredCompany;

  beforeAll(async () => {
    [chromium, site] = await Promise.all([startChromium(), TestSite.start('site', '武汉市政务服务网')]);
    const env = { SITES_FILE: sitesFile([site.metadata()]), AUTHORITIES_FILE: authoritiesFile(roots), LIMITS: 'off' };
    service = await startService(province, env);
    company = await RegisteredCompany.at(service, site, province);
    const until = (days: number): Wanted => ({ notAfter: new Date(service.clock.ms() + days * DAY_MS) });
    for (const wanted of [until(12), until(200)])
      await binds(service, company.named.creditCode, certifies(roots[0], company.named, wanted));
  });

  afterAll(async () => {
    await chromium.close();
    await service.close();
    await site.close();
  });

  async function signsIn(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(service.origin + path);
    await page.goto(`${page.url().split('?')[0]}?kind=entity`);
    await page.fill('#identifier', company.company.login.identifier);
    await page.fill('#password', company.company.login.password);
    await page.click('#login-submit');
    await page.waitForURL(`**${path}`);
    return page;
  }

  async function givesCode(page: Page): Promise<void> {
    await page.click('#sms-send');
    await page.waitForSelector('.notice.success');
    await page.fill('#smsCode', await company.code());
    await page.click('#certificates-next');
  }

  /** Without an assistant: the text is signed elsewhere and pasted. */
  async function signs(page: Page, by: Issued): Promise<void> {
    const challenge = await page.getAttribute('#challenge', 'value');
    const signature = by.key.sign(Buffer.from(challenge ?? '', 'base64')).toString('base64');
    await page.fill('#certificate', pem(by.der));
    await page.fill('#signature', signature);
    await page.click('#certificate-submit');
  }

  it.each(['zh-CN', 'en'])(
    'R-10.2 nothing serious for axe, nothing too wide, refused or not (%s)',
    async (locale) => {
      const context = await chromium.newContext({ bypassCSP: true, locale });
      const found: string[] = [];
      const page = await signsIn(context, '/account');
      const look = async (name: string) => void found.push(...(await faultsOf(page, name, SIZES)));
      await look('front page with a warning');
      await page.click('#note-certificate-expiring');
      await look('list with a warning');
      await page.click('#certificates-add');
      if (company.codeFirst) {
        await page.waitForSelector('#certificates-next');
        await look('code');
        await page.click('#sms-send');
        await page.waitForSelector('.notice.success');
        await look('code on its way');
        await page.click('#certificates-next');
        await page.waitForSelector('#error-summary');
        await look('code refused');
        await page.fill('#smsCode', await company.code());
        await page.click('#certificates-next');
      }
      await page.waitForSelector('#certificate-form');
      await look('form');
      await page.goto(service.origin + LIST);
      if (company.codeFirst) {
        await page.click('#certificate-unbind-1');
        await page.waitForSelector('#certificates-next');
        await look('unbinding');
      }
      await company.waits(6 * 60);
      await page.goto(`${service.origin}/account/proof?act=certificate-bind`);
      await look('proof');
      await page.click('#proof-certificate');
      await page.waitForSelector('#certificate-form');
      await look('proof by certificate');
      expect(found).toEqual([]);
      await context.close();
    },
    120_000,
  );

  it('R-10.1 without script: one is bound, one is unbound, a reload does no harm', async () => {
    const context = await chromium.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
    const page = await signsIn(context, LIST);
    expect(await page.locator('#certificates tbody tr').count()).toBe(2);
    await page.click('#certificates-add');
    if (company.codeFirst) await givesCode(page);
    const issued = certifies(roots[1], company.named);
    await signs(page, certifies(TestCa.root('sm2', 'Stranger'), company.named));
    await page.waitForSelector('[data-code="certificate.untrusted"]');
    await signs(page, issued);
    await page.waitForSelector('.notice.success');
    expect(await page.locator('#certificates tbody tr').count()).toBe(3);
    await page.reload();
    expect(await page.locator('#certificates tbody tr').count()).toBe(3);
    await page.focus('#certificate-unbind-3');
    await page.keyboard.press('Enter');
    if (company.codeFirst) await givesCode(page);
    await page.waitForURL('**news=unbound');
    expect(await page.locator('#certificates tbody tr').count()).toBe(2);
    await context.close();
  });
});
