import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PendingChanges } from '../../src/identity/accounts/pending-changes.service.js';
import { Activity } from '../../src/identity/activity/activity.service.js';
import { Database } from '../../src/storage/transactions.js';
import { startChromium } from '../support/chromium.js';
import { Citizen } from '../support/citizen.js';
import { faultsOf } from '../support/look.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];
const DAY_MS = 86_400_000;

describe('the user centre in Chromium', () => {
  let chromium: Browser;
  let service: RunningService;
  let city: TestSite;
  let duty: TestSite;

  beforeAll(async () => {
    [chromium, city, duty] = await Promise.all([
      startChromium(),
      TestSite.start('city', '一个名字很长很长的城市政务服务网站点'),
      TestSite.start('duty', '依法履职的站点'),
    ]);
    service = await startService('hubei', {
      SITES_FILE: sitesFile([city.metadata(), duty.metadata({ permission_required: false })]),
    });
  });

  afterAll(async () => {
    await chromium.close();
    await service.close();
    await Promise.all([city.close(), duty.close()]);
  });

  /** An account with something on every page: devices, permissions, releases, three weeks of activity. */
  async function busyAccount(): Promise<Citizen> {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin));
    const id = city.lastLogin.claims.sub;
    const page = await citizen.browser.open(await city.loginUrl(service.origin, { scope: 'openid phone' }));
    await page.press('permission-submit');
    await city.userinfo(city.lastLogin);
    for (let away = 0; away < 2; away += 1) {
      const other = new Citizen(service);
      await other.logsIn(await other.browser.open(await duty.loginUrl(service.origin)), citizen.phone);
    }
    const activity = service.app.get(Activity);
    for (let lines = 0; lines < 25; lines += 1) await activity.note({ account: id, kind: 'verified' });
    const due = new Date(service.clock.ms() + DAY_MS);
    const pending = service.app.get(PendingChanges);
    await service.app
      .get(Database)
      .transaction(async (tx) => pending.add(tx, { accountId: id, kind: 'number-move', due }));
    return citizen;
  }

  async function signsIn(context: BrowserContext, citizen: Citizen): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${service.origin}/account`);
    await page.fill('#identifier', citizen.phone);
    await page.fill('#password', citizen.password);
    await page.click('#login-submit');
    await page.waitForURL('**/account');
    return page;
  }

  it.each(['zh-CN', 'en'])(
    'R-10.2 nothing serious for axe, nothing too wide, refused or not (%s)',
    async (lang) => {
      const citizen = await busyAccount();
      const context = await chromium.newContext({ bypassCSP: true });
      await context.addCookies([{ name: 'lang', value: lang, url: service.origin }]);
      const page = await signsIn(context, citizen);
      const found: string[] = [];
      const look = async (name: string) => void found.push(...(await faultsOf(page, name, SIZES)));
      await look('overview');
      await page.click('#to-sessions');
      await look('sessions');
      await page.evaluate(`document.querySelector('[name=mark]').value = 'nobody'`);
      await page.click('#session-end-1');
      await page.waitForSelector('#error-summary');
      await look('sessions, refused');
      await page.click('#back');
      await page.click('#to-activity');
      await look('activity');
      await page.click('#older');
      await look('activity, older');
      await page.goto(`${service.origin}/account/sites`);
      await look('sites');
      await page.evaluate(`document.querySelector('[name=clientId]').value = 'nobody'`);
      await page.click('#site-revoke-1');
      await page.waitForSelector('#error-summary');
      await look('sites, refused');
      expect(found).toEqual([]);
      await context.close();
    },
    120_000,
  );

  it('R-10.1 without script, and by the keyboard: devices end, permissions end, pages turn', async () => {
    const citizen = await busyAccount();
    const context = await chromium.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
    const page = await signsIn(context, citizen);
    await page.click('#to-sessions');
    expect(await page.locator('#sessions tbody tr').count()).toBe(4);
    await page.focus('#session-end-1');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#session-end-3', { state: 'detached' });
    expect(await page.locator('#sessions tbody tr').count()).toBe(3);
    await page.click('#sessions-end-others');
    await page.waitForSelector('#sessions-end-others', { state: 'detached' });
    expect(await page.locator('#sessions tbody tr').count()).toBe(1);
    await page.goto(`${service.origin}/account/sites`);
    await page.click('#site-revoke-1');
    await page.waitForSelector('#site-revoke-1', { state: 'detached' });
    await page.goBack();
    await page.goto(`${service.origin}/account/activity`);
    expect(await page.textContent('#activity')).toContain('收回授权');
    await page.click('#older');
    await page.click('#newest');
    await page.reload();
    expect(new URL(page.url()).pathname).toBe('/account/activity');
    await context.close();
  });
});
