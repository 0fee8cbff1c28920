import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startChromium } from '../support/chromium.js';
import { faultsOf } from '../support/look.js';
import { residentsFile } from '../support/residents.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import type { Staff } from '../support/staff.js';
import { staff } from '../support/staff.js';

const LOW_SCREEN = { width: 1024, height: 768 };
const PHONE = { width: 390, height: 844 };
const SIZES = [LOW_SCREEN, PHONE, { width: 320, height: 640 }];
/** A login counts as a proof for five of them. */
const SIX_MINUTES = 6 * 60;
const LONG_ID = 'county-portal-whose-id-is-as-long-as-an-id-can-be-0123456789-abc';
const LONG_WORD = 'NameOfOneWordThatIsAsLongAsANameOfASiteCanBeAndNeverEnds';

const { residents, file: RESIDENTS } = residentsFile(3);
type Resident = (typeof residents)[number];

describe('a site’s changes in Chromium', () => {
  let chromium: Browser;
  let service: RunningService;
  let city: TestSite;
  let operator: Staff;
  let other: Staff;
  let developer: Staff;

  beforeAll(async () => {
    [chromium, city] = await Promise.all([startChromium(), TestSite.start('city', '武汉市政务服务网')]);
    const long = {
      client_id: LONG_ID,
      client_name: '很长的名字'.repeat(11),
      'client_name#en': LONG_WORD,
      redirect_uris: [`${city.origin}/${'callback'.repeat(30)}`],
    };
    service = await startService('hubei', {
      SITES_FILE: sitesFile([city.metadata(), city.metadata(long)]),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
    operator = await staff(service, city, residents[0] as Resident);
    other = await staff(service, city, residents[1] as Resident);
    developer = await staff(service, city, residents[2] as Resident, { of: 'city' });
  });

  afterAll(async () => {
    await chromium.close();
    await service.close();
    await city.close();
  });

  const at = (path: string): string => `${service.origin}/console${path}`;
  const noticeOf = async (page: Page): Promise<string> => (await page.textContent('.notice-title')) ?? '';

  /** Somebody's browser, logged in a moment ago, at the first page of the console. */
  async function signsIn({ citizen }: Staff, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await chromium.newContext({ viewport: LOW_SCREEN, locale: 'zh-CN', ...options });
    const page = await context.newPage();
    await page.goto(at(''));
    await page.fill('#identifier', citizen.phone);
    await page.fill('#password', citizen.password);
    await page.click('#login-submit');
    await page.waitForURL(at(''));
    return page;
  }
  const leave = async (...pages: Page[]): Promise<void> => {
    for (const page of pages) await page.context().close();
  };

  /** Through the proof page, which stands between. */
  async function proves(page: Page, { citizen }: Staff): Promise<void> {
    await page.fill('#password', citizen.password);
    await page.click('#proof-submit');
  }

  it.each([true, false])(
    'a developer asks for an address and sees it wait; an operator sees that one waits, proves who they are and approves; it counts (script %s)',
    async (javaScriptEnabled) => {
      const address = `https://${javaScriptEnabled ? 'with' : 'without'}.script.example/callback`;
      const dev = await signsIn(developer, { javaScriptEnabled });
      await dev.click('#sites a');
      await dev.click('#to-edit');
      const before = await dev.inputValue('#redirectUris');
      await dev.fill('#redirectUris', `${before}\n${address}`);
      await dev.click('#edit-submit');
      await dev.waitForURL(/changes\?news=waits$/);
      await dev.click('#changes tbody a');
      expect(await dev.locator('#fields .added').allTextContents()).toEqual([`新增 ${address} 新的域名`]);
      expect(await dev.textContent('dd [data-state=waiting]')).toBe('等待审核');

      const op = await signsIn(operator, { javaScriptEnabled });
      expect(await noticeOf(op)).toBe('有 1 项改动等待审核');
      await op.click('#see-waiting');
      await op.click('#waiting a');
      service.clock.advance(SIX_MINUTES);
      await op.click('#decide');
      await proves(op, operator);
      expect(await op.locator('#fields .added').count()).toBe(1);
      await op.click('#approve-submit');
      await op.waitForURL(/changes\?news=approved$/);

      await dev.reload();
      expect(await dev.locator('dd [data-state=approved]').count()).toBe(1);
      expect(await dev.locator('#withdraw-submit').count()).toBe(0);
      await dev.click('#to-site');
      expect(await dev.textContent('.facts')).toContain(address);
      await op.goto(at(''));
      expect(await op.locator('#see-waiting').count()).toBe(0);
      await leave(dev, op);
    },
    60_000,
  );

  it.each([true, false])(
    'of two at once the second is told, with nothing lost of what was typed, and saves (script %s)',
    async (javaScriptEnabled) => {
      const [one, two] = [
        await signsIn(operator, { javaScriptEnabled }),
        await signsIn(other, { javaScriptEnabled, viewport: PHONE }),
      ];
      for (const page of [one, two]) await page.goto(at('/sites/city/edit'));
      await one.fill('#clientName', `甲的名字 ${javaScriptEnabled}`);
      await one.fill('#dataPurpose', `甲的用途 ${javaScriptEnabled}`);
      await one.click('#edit-submit');
      await one.waitForURL(/news=saved$/);
      await two.fill('#clientName', `乙的名字 ${javaScriptEnabled}`);
      await two.fill('#postLogoutRedirectUris', `${city.origin}/signed-out\n${city.origin}/bye/${javaScriptEnabled}`);
      await two.click('#edit-submit');
      await two.waitForSelector('#error-summary');
      expect(await two.textContent('#clientName-error')).toContain(`现在是：甲的名字 ${javaScriptEnabled}`);
      expect(await two.textContent('#theirs')).toContain(`甲的用途 ${javaScriptEnabled}`);
      expect([
        await two.inputValue('#clientName'),
        await two.inputValue('#dataPurpose'),
        await two.inputValue('#postLogoutRedirectUris'),
      ]).toEqual([
        `乙的名字 ${javaScriptEnabled}`,
        `甲的用途 ${javaScriptEnabled}`,
        `${city.origin}/signed-out\n${city.origin}/bye/${javaScriptEnabled}`,
      ]);
      await two.click('#edit-submit');
      await two.waitForURL(/news=saved$/);
      await one.reload();
      expect(await one.locator('#changes tbody tr').first().textContent()).toContain('站点名称');
      await leave(one, two);
    },
    60_000,
  );

  it('a new secret is shown once: not after a reload, and not by Back', async () => {
    const page = await signsIn(developer);
    await page.goto(at('/sites/city/secret'));
    await page.click('#secret-submit');
    const secret = await page.waitForSelector('#secret');
    const text = (await secret.textContent()) as string;
    expect(text).toMatch(/^[\w-]{43}$/);
    expect(await noticeOf(page)).toContain('不再显示');
    await page.click('#registration');
    expect(await page.content()).not.toContain(text);
    await page.goBack();
    expect(await page.textContent('h1')).toBe('新密钥已经显示过');
    await page.reload();
    expect([await page.textContent('h1'), (await page.content()).includes(text)]).toEqual(['新密钥已经显示过', false]);
    await page.click('#again');
    expect(await page.inputValue('#overlapHours')).toBe('24');
    await leave(page);
  });

  it('Back after saving shows the form as the registration stands, and it can be saved again', async () => {
    const page = await signsIn(developer);
    await page.goto(at('/sites/city/edit'));
    await page.fill('#clientNameEn', 'Wuhan, first');
    await page.click('#edit-submit');
    await page.waitForURL(/news=saved$/);
    await page.goBack();
    expect(await page.inputValue('#clientNameEn')).toBe('Wuhan, first');
    await page.fill('#clientNameEn', 'Wuhan, second');
    await page.click('#edit-submit');
    await page.waitForURL(/news=saved$/);
    await leave(page);
  });

  it('what is typed as markup or with marks of direction is text on the page, and refused', async () => {
    const page = await signsIn(developer);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(at('/sites/city/edit'));
    const markup = '"><img src=x onerror=alert(1)>';
    await page.fill('#clientName', markup);
    await page.fill('#dataPurpose', '说\u202e明');
    await page.click('#edit-submit');
    await page.waitForSelector('#dataPurpose-error');
    expect(await page.inputValue('#dataPurpose')).toBe('说明');
    await page.click('#edit-submit');
    await page.waitForSelector('#clientName-error');
    expect([await page.inputValue('#clientName'), await page.locator('main img').count()]).toEqual([markup, 0]);
    expect(dialogs).toEqual([]);
    await leave(page);
  });

  it('R-10.2 the keyboard alone changes a name, asks for a level, and takes it back', async () => {
    const page = await signsIn(developer);
    const tabTo = async (selector: string): Promise<void> => {
      for (let stops = 0; (await page.locator(`${selector}:focus`).count()) === 0; stops += 1) {
        if (stops > 60) throw new Error(`${selector} is not reached`);
        await page.keyboard.press('Tab');
      }
    };
    const presses = async (selector: string): Promise<void> => {
      await tabTo(selector);
      await page.keyboard.press('Enter');
    };
    await page.goto(at('/sites/city'));
    await presses('#to-edit');
    await page.waitForURL(/edit$/);
    await tabTo('#clientName');
    await page.keyboard.press('End');
    await page.keyboard.type('（新）');
    await tabTo('#scopePhone');
    await page.keyboard.press('Space');
    await presses('#edit-submit');
    await page.waitForURL(/news=both$/);
    await presses('#changes tr:has([data-state=waiting]) a');
    await presses('#withdraw-submit');
    await page.waitForURL(/news=withdrawn$/);
    expect(await page.textContent('#site-name')).toContain('（新）');
    await leave(page);
  }, 60_000);

  it.each(['zh-CN', 'en'])(
    'R-10.2 nothing serious for axe, nothing too wide or too small, refused or not, however long ids and addresses are (%s)',
    async (locale) => {
      const redirect = { redirect_uri: `${city.origin}/${'nowhere'.repeat(40)}` };
      await fetch(await city.loginUrl(service.origin, redirect));
      await fetch(`${service.origin}/oidc/auth?client_id=nobody`);
      const [dev, op] = [await signsIn(developer, { bypassCSP: true }), await signsIn(operator, { bypassCSP: true })];
      for (const page of [dev, op])
        await page.context().addCookies([{ name: 'lang', value: locale, url: service.origin }]);
      const found: string[] = [];
      const look = async (page: Page, name: string): Promise<void> => {
        found.push(...(await faultsOf(page, name, SIZES)));
        await page.setViewportSize(LOW_SCREEN);
      };
      await dev.goto(at('/sites/city/edit'));
      await look(dev, 'edit');
      await dev.fill('#clientName', '<b>');
      await dev.fill('#redirectUris', `https://*.example/\n${city.origin}/${'callback'.repeat(40)}`);
      await dev.click('#edit-submit');
      await dev.waitForSelector('#error-summary');
      await look(dev, 'edit, refused');
      await dev.goto(at('/sites/city/edit'));
      await dev.fill('#redirectUris', `${city.origin}/callback\n${city.origin}/${locale}/${'callback'.repeat(40)}`);
      await dev.uncheck('#scopeLegalEntity');
      await dev.click('#edit-submit');
      await dev.waitForURL(/news=waits$/);
      await look(dev, 'changes');
      await dev.click('#changes tbody a');
      await look(dev, 'one change');
      await op.goto(at(''));
      await look(op, 'sites');
      await op.goto(at(`/sites/${LONG_ID}`));
      await look(op, 'a long site');
      await op.goto(at('/changes'));
      await look(op, 'waiting');
      await op.click('#waiting a');
      await op.click('#decide');
      await look(op, 'decision');
      await op.click('#refuse-submit');
      await op.waitForSelector('#error-summary');
      await look(op, 'decision, refused');
      await op.fill('#reason', '原因'.repeat(100));
      await op.click('#refuse-submit');
      await op.waitForURL(/news=refused$/);
      await op.goto(at('/sites/city/state'));
      await look(op, 'state');
      await op.goto(at('/people'));
      await look(op, 'people');
      await op.goto(at('/people/new'));
      await look(op, 'a new developer');
      await op.goto(at('/keys'));
      await look(op, 'keys');
      await op.goto(at('/failures'));
      await look(op, 'failures that name no site');
      await op.goto(at('/deliveries'));
      await look(op, 'sites that are not told of logouts');
      await dev.goto(at('/sites/city'));
      await dev.click('#see-failures');
      await dev.click('#filter');
      await look(dev, 'failures');
      await dev.goto(at('/sites/city/deliveries'));
      await look(dev, 'deliveries');
      await dev.goto(at('/sites/city/secret'));
      await look(dev, 'secret');
      await dev.click('#secret-submit');
      await dev.waitForSelector('#secret');
      await look(dev, 'secret, shown');
      service.clock.advance(SIX_MINUTES);
      await dev.goto(at('/sites/city/edit'));
      await look(dev, 'proof');
      expect(found).toEqual([]);
      await leave(dev, op);
    },
    180_000,
  );
});
