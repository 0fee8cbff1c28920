import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startAssistant } from '../support/assistant.js';
import type { RunningAssistant } from '../support/assistant.js';
import { startChromium } from '../support/chromium.js';
import { Citizen, PASSWORD } from '../support/citizen.js';
import { Company } from '../support/company.js';
import { freePort } from '../support/ports.js';
import { built } from '../support/process.js';
import { PROVINCES, startService } from '../support/service.js';
import type { Province, RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const LEVEL_3 = 'urn:tongxing:level:3';
/** A fictional authority of the province, each with another algorithm: P-256 and SM2. */
const AUTHORITY: Record<Province, string> = { hubei: 'unicom', hebei: 'hebei' };

describe.each(PROVINCES)('a company and its USB key in Chromium (%s)', (province) => {
  let chromium: Browser;
  let service: RunningService;
  let site: TestSite;
  let assistant: RunningAssistant;
  let company: Company;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    built();
    const port = await freePort();
    [chromium, site] = await Promise.all([startChromium(), TestSite.start('site', '武汉市政务服务网')]);
    service = await startService(province, {
      SITES_FILE: sitesFile([site.metadata()]),
      LIMITS: 'off',
      DATA_DIR: mkdtempSync(join(tmpdir(), 'tongxing-demo-')),
      ASSISTANTS: `tongxing=http://127.0.0.1:${port}`,
    });
    assistant = await startAssistant(service.origin, port);
    company = new Company(service, province, '武汉示例科技有限公司');
    await assistant.certificateFor(AUTHORITY[province], company.name, company.entry.creditCode);
    context = await chromium.newContext({ locale: 'zh-CN' });
    page = await context.newPage();
  }, 120_000);
  afterAll(async () => {
    await chromium.close();
    await assistant.close();
    await service.close();
    await site.close();
  });

  const fills = async (values: Record<string, string>) => {
    const { entityType, agreement, ...texts } = values;
    if (entityType) await page.selectOption('#entityType', entityType);
    if (agreement) await page.check('#agreement');
    for (const [name, value] of Object.entries(texts)) await page.fill(`#${name}`, value);
  };
  const says = async (word: string) => page.waitForSelector(`#certificate-status[data-said="${word}"]`);
  /** Picks the certificate, and what the person does in the assistant's window. */
  const signs = async (does: (window: Page) => Promise<void>) => {
    await says('found');
    await page.check('#certificate-choice-0');
    const [window] = await Promise.all([context.waitForEvent('page'), page.click('#certificate-submit')]);
    await window.waitForSelector('#assistant-sign');
    await Promise.all([window.waitForEvent('close'), does(window)]);
  };
  const types = (pin: string) => async (window: Page) => {
    await window.fill('#pin', pin);
    await window.press('#pin', 'Enter');
  };
  const loginByCertificate = async () => {
    await page.goto(await site.loginUrl(service.origin, { kind: 'entity' }));
    await page.click('#method-certificate');
  };

  /** From the site to the third step. */
  async function registers(): Promise<void> {
    const representative = new Citizen(service);
    await representative.hasAccount(await site.loginUrl(service.origin), company.entry.representative);
    await page.goto(await site.loginUrl(service.origin, { prompt: 'create', kind: 'entity' }));
    await fills(company.details);
    await page.click('#entity-check');
    await page.waitForSelector('#entity-register-submit');
    await page.fill('#password', PASSWORD);
    const first = province === 'hubei';
    if (!first) await fills({ userName: company.userName, phone: company.contact });
    await page.click('#sms-send');
    await page.waitForSelector('.notice.success');
    if (first) await fills({ smsCode: await company.codeFor(representative.phone), agreement: 'yes' });
    if (!first) {
      const smsCode = await company.codeFor(company.contact);
      await page.click('#representative-send');
      await page.waitForSelector('#representative-sent');
      await fills({ smsCode, representativeCode: await company.codeFor(representative.phone) });
    }
    await page.click('#entity-register-submit');
    await page.waitForURL(/\/interaction\/[^/]+\/certificate$/);
  }

  it('R-5.5, R-6.1 registers, and binds the certificate on its USB key', async () => {
    await registers();
    await signs(types(assistant.pin));
    await page.waitForURL(`${site.origin}/**`);
    expect(site.lastLogin.claims).toMatchObject({ account_kind: 'entity', acr: LEVEL_3 });
  }, 60_000);

  it('R-6.3, R-7.2 logs out, and in again with nothing but the certificate', async () => {
    await page.goto(`${service.origin}/oidc/logout`);
    await page.click('#logout-confirm');
    await page.waitForSelector('h1');
    await loginByCertificate();
    await signs(types(assistant.pin));
    await page.waitForURL(`${site.origin}/**`);
    expect(site.lastLogin.claims).toMatchObject({ account_kind: 'entity', acr: LEVEL_3, amr: ['swk'] });
  });

  it('R-6.1 tells a wrong PIN, a cancelled signature, a key that is not there and an assistant that is not there', async () => {
    await context.clearCookies();
    await loginByCertificate();
    await signs(types('000000'));
    await says('wrong-pin');
    expect(await page.textContent('#certificate-status')).toContain('还可以再试 4 次');
    await page.click('#certificate-again');
    await signs(async (window) => window.click('#assistant-cancel'));
    await says('cancelled');
    assistant.usbKey.put(false);
    await page.click('#certificate-again');
    await says('no-key');
    assistant.usbKey.put(true);
    await assistant.close();
    await page.click('#certificate-again');
    await says('no-assistant');
    expect(await page.getAttribute('#certificate-status a', 'href')).toBe(`${service.origin}/sandbox#certificates`);
  });
});
