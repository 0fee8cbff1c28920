import type { Browser } from 'playwright-core';
import { DemoEntities } from '../../src/sandbox/demo-entities.service.js';
import type { DemoEntity } from '../../src/sandbox/demo-entities.service.js';
import { Jobs } from '../../src/storage/jobs.service.js';
import { startChromium } from '../support/chromium.js';
import { Citizen } from '../support/citizen.js';
import { inRegister } from '../support/company.js';
import { faultsOf } from '../support/look.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];
const MUST = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:tongxing:level:1' } } });
const PASSWORD = 'Hanjiang-2027';

/** Each province in one language: the pages have the same shape in both. */
const LANGUAGES = { hubei: 'zh-CN', hebei: 'en' } as const;

describe.each(PROVINCES)('a legal entity’s forgotten password in Chromium (%s)', (province) => {
  let chromium: Browser;
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    [chromium, site] = await Promise.all([startChromium(), TestSite.start('site', '武汉市政务服务网')]);
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]), LIMITS: 'off' });
  });

  afterAll(async () => {
    await chromium.close();
    await service.close();
    await site.close();
  });

  it('R-10.2 nothing serious for axe, nothing too wide, refused or not; then what the register says', async () => {
    const { creditCode, name: company } = service.app.get(DemoEntities).list()[0] as DemoEntity;
    const entry = inRegister(service, creditCode);
    const citizen = new Citizen(service);
    const context = await chromium.newContext({ bypassCSP: true, locale: LANGUAGES[province] });
    const page = await context.newPage();
    const found: string[] = [];
    const look = async (name: string) => void found.push(...(await faultsOf(page, name, SIZES)));
    const press = async (id: string, values: Record<string, string> = {}) => {
      for (const [field, value] of Object.entries(values)) await page.fill(`#${field}`, value);
      await page.click(`#${id}`);
    };
    await page.goto(await site.loginUrl(service.origin, { kind: 'entity' }));
    await page.click('#reset');
    await press('reset-next', { creditCode: '1' });
    await page.waitForSelector('#error-summary');
    await look('entity, refused');
    const id = await page
      .locator('#captchaId')
      .inputValue({ timeout: 500 })
      .catch(() => undefined);
    const answer = id && (await (await fetch(`${service.origin}/sandbox/captcha/${id}`)).json());
    const captcha: Record<string, string> = answer ? { captcha: (answer as { answer: string }).answer } : {};
    await press('reset-next', { creditCode, ...captcha });
    await page.waitForSelector('#smsCode');
    await look('code');
    await service.app.get(Jobs).runDue();
    await press('reset-verify', { smsCode: await citizen.codeFor('13900000002') });
    await page.waitForSelector('#idNumber');
    await press('reset-prove', { name: '黄河', idNumber: '420106199003071019' });
    await page.waitForSelector('#error-summary');
    await look('person, refused');
    await press('reset-prove', { name: '黄河', idNumber: '429004199303030104' });
    await page.waitForSelector('#password');
    await look('password');
    await press('reset-submit', { password: PASSWORD });
    await page.waitForURL(`${site.origin}/**`);
    await page.goto(`${service.origin}/account/register`);
    for (const [how, change] of Object.entries({
      name: { name: '演示示例新名有限公司', representative: { name: '张三', idNumber: '420106199003071019' } },
      cancelled: { name: company, state: 'cancelled' as const },
    })) {
      Object.assign(entry, change);
      await page.click('#register-ask');
      await look(`register, ${how}`);
    }
    await page.goto(await site.loginUrl(service.origin, { claims: MUST }));
    await page.waitForSelector('#register-decline');
    await look('a site that insists');
    Object.assign(entry, {
      name: company,
      state: 'active',
      representative: { name: '黄河', idNumber: '429004199303030104' },
    });
    await page.click('#register-ask');
    await page.waitForURL(`${site.origin}/**`);
    expect(found).toEqual([]);
    await context.close();
  }, 60_000);
});
