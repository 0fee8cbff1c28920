import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../support/chromium.js';
import { Citizen, PASSWORD } from '../support/citizen.js';
import { Company } from '../support/company.js';
import { faultsOf } from '../support/look.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];
const NAMES = { 'zh-CN': '武汉示例科技有限公司', en: '示例市数据局' } as const;

describe.each(PROVINCES)('registering a legal entity in Chromium (%s)', (province) => {
  let chromium: Browser;
  let service: RunningService;
  let site: TestSite;
  const first = province === 'hubei';

  beforeAll(async () => {
    [chromium, site] = await Promise.all([startChromium(), TestSite.start('site', '武汉市政务服务网')]);
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]), LIMITS: 'off' });
  });

  afterAll(async () => {
    await chromium.close();
    await service.close();
    await site.close();
  });

  async function fills(page: Page, values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      if (name === 'entityType') await page.selectOption('#entityType', value);
      if (name === 'agreement') await page.check('#agreement');
      if (name !== 'entityType' && name !== 'agreement') await page.fill(`#${name}`, value);
    }
  }

  it.each(['zh-CN', 'en'] as const)(
    'R-10.2 nothing serious for axe, nothing too wide, refused or not; it ends at the site (%s)',
    async (language) => {
      const company = new Company(service, province, NAMES[language]);
      const representative = new Citizen(service);
      await representative.hasAccount(await site.loginUrl(service.origin), company.entry.representative);
      const context = await chromium.newContext({ bypassCSP: true, locale: language });
      const page = await context.newPage();
      const found: string[] = [];
      const look = async (name: string) => void found.push(...(await faultsOf(page, name, SIZES)));
      await page.goto(await site.loginUrl(service.origin, { prompt: 'create', kind: 'entity' }));
      await look('details');
      await page.click('#entity-check');
      await page.waitForSelector('#error-summary');
      await look('details, refused');
      await fills(page, company.details);
      await page.click('#entity-check');
      await page.waitForSelector('#entity-register-submit');
      await look('account');
      await page.click('#entity-register-submit');
      await page.waitForSelector('#error-summary');
      await look('account, refused');
      await page.fill('#password', PASSWORD);
      if (!first) await fills(page, { userName: company.userName, phone: company.contact });
      await page.click('#sms-send');
      await page.waitForSelector('.notice.success');
      await look('account, code sent');
      const codes: Record<string, string> = first
        ? { smsCode: await company.codeFor(representative.phone), agreement: 'yes' }
        : { smsCode: await company.codeFor(company.contact) };
      await fills(page, codes);
      if (!first) {
        await page.click('#representative-send');
        await page.waitForSelector('#representative-sent');
        await fills(page, { ...codes, representativeCode: await company.codeFor(representative.phone) });
      }
      await page.click('#entity-register-submit');
      await page.waitForSelector('#certificate-status[data-said="no-assistant"]');
      await look('certificate');
      await page.click('#certificate-skip');
      await page.waitForURL(`${site.origin}/**`);
      await page.goto(`${service.origin}/account`);
      await look('user centre of an entity');
      expect(found).toEqual([]);
      await context.close();
    },
    120_000,
  );
});
