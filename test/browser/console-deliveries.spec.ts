import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { LogoutRecords } from '../../src/oidc/logout/logout-records.service.js';
import { uuidv7 } from '../../src/storage/uuid.js';
import { BackChannel } from '../support/back-channel.js';
import { startChromium } from '../support/chromium.js';
import { faultsOf } from '../support/look.js';
import { freePort } from '../support/ports.js';
import { residentsFile } from '../support/residents.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { staff } from '../support/staff.js';
import type { Staff } from '../support/staff.js';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];
const MINUTE_MS = 60_000;
const { residents, file: RESIDENTS } = residentsFile(1);

describe('deliveries of logout tokens in Chromium', () => {
  let chromium: Browser;
  let service: RunningService;
  let city: TestSite;
  let channel: BackChannel;
  let operator: Staff;

  beforeAll(async () => {
    [chromium, city, channel] = await Promise.all([
      startChromium(),
      TestSite.start('city', '武汉市政务服务网'),
      BackChannel.start(),
    ]);
    const named = (
      client_id: string,
      client_name: string,
      english: string,
      backchannel_logout_uri: string | undefined,
    ) => city.metadata({ client_id, client_name, 'client_name#en': english, backchannel_logout_uri });
    service = await startService('hubei', {
      SITES_FILE: sitesFile([
        named('city', '武汉市政务服务网', 'Wuhan', channel.uri),
        named('county', '嘉鱼县人民政府门户网站', 'Jiayu', `http://127.0.0.1:${await freePort()}/backchannel-logout`),
        named('quiet', '安静', 'Quiet', undefined),
      ]),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
    operator = await staff(service, city, residents[0] as (typeof residents)[number]);
    await kept('city', [
      [3, 'told', 1],
      [31, 'waiting', 2, 'timeout'],
      [55, 'given-up', 4, 'answered', 404],
      [80, 'dropped', 2, 'logged-in-again'],
      [500, 'told', 3],
      [900, 'given-up', 4, 'answered', 503],
      [901, 'given-up', 4, 'answered', 502],
      [1500, 'told', 1],
    ]);
    await kept('county', [
      [5, 'waiting', 3, 'connection-refused'],
      [70, 'given-up', 4, 'connection-refused'],
      [190, 'given-up', 4, 'connection-refused'],
    ]);
  });

  afterAll(async () => {
    await chromium.close();
    await service.close();
    await Promise.all([city.close(), channel.close()]);
  });

  type Row = Parameters<LogoutRecords['save']>[0][number];
  type Told = [minutes: number, state: Row['state'], tries: number, reason?: Row['reason'], status?: number];
  const kept = async (clientId: string, told: Told[]) => {
    const now = service.clock.ms();
    const rows = told.map(([minutes, state, tries, reason = null, status = null]): Row => {
      const at = now - minutes * MINUTE_MS;
      const nextAt = state === 'waiting' ? new Date(now + MINUTE_MS) : null;
      const lastAt = new Date(at + (tries - 1) * 30_000);
      return { id: uuidv7(at), clientId, state, tries, reason, status, at: new Date(at), lastAt, nextAt, test: false };
    });
    await service.app.get(LogoutRecords).save(rows);
  };

  async function signsIn(lang: string, javaScriptEnabled: boolean): Promise<Page> {
    const context = await chromium.newContext({
      bypassCSP: true,
      javaScriptEnabled,
      viewport: SIZES[0] as (typeof SIZES)[number],
    });
    await context.addCookies([{ name: 'lang', value: lang, url: service.origin }]);
    const page = await context.newPage();
    await page.goto(`${service.origin}/console`);
    await page.fill('#identifier', operator.citizen.phone);
    await page.fill('#password', operator.citizen.password);
    await page.click('#login-submit');
    await page.waitForURL('**/console');
    return page;
  }

  /** `SHOTS=<folder>` keeps pictures of each page at both sizes. */
  async function shoot(page: Page, name: string): Promise<void> {
    const folder = process.env['SHOTS'];
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    for (const size of SIZES.slice(0, 2)) {
      await page.setViewportSize(size);
      await page.screenshot({ path: join(folder, `${name}-${size.width}.png`), fullPage: true });
    }
  }

  /** What is wrong with the page as it stands; it is pictured as well. */
  const look = async (page: Page, name: string): Promise<string[]> => {
    const found = await faultsOf(page, name, SIZES);
    await shoot(page, name);
    return found;
  };

  describe.each(['zh-CN', 'en'])('R-10.2 nothing serious for axe, nothing too wide (%s)', (lang) => {
    let page: Page;
    beforeAll(async () => {
      page = await signsIn(lang, true);
    });
    afterAll(async () => page.context().close());

    it('sites that take none', async () => {
      await page.click('#see-troubled');
      await page.waitForURL('**/console/deliveries');
      expect(await look(page, `${lang}-troubled`)).toEqual([]);
      await page.goto(`${service.origin}/console`);
      expect(await look(page, `${lang}-first`)).toEqual([]);
    });

    it('every state of a delivery, and none', async () => {
      await page.goto(`${service.origin}/console/sites/city`);
      await page.click('#week');
      await page.waitForSelector('#deliveries');
      expect(await look(page, `${lang}-deliveries`)).toEqual([]);
      await page.goto(`${service.origin}/console/sites/quiet/deliveries`);
      await page.waitForSelector('#no-address');
      expect(await look(page, `${lang}-no-address`)).toEqual([]);
    });

    it.each([
      ['taken', 'city', 200, 'success'],
      ['refused', 'city', 400, 'error'],
      ['not-arrived', 'county', 200, 'error'],
    ] as const)('a test that was %s', async (name, site, status, kind) => {
      channel.answers(status);
      await page.goto(`${service.origin}/console/sites/${site}/deliveries`);
      await page.click('#test-submit');
      await page.waitForSelector(`.notice.${kind}`);
      expect(await look(page, `${lang}-test-${name}`)).toEqual([]);
    });

    it('the guide', async () => {
      await page.goto(`${service.origin}/developers/errors#delivery-answered-400`);
      expect(await look(page, `${lang}-guide`)).toEqual([]);
    });
  });

  it('a test is sent without script, by the keyboard alone', async () => {
    const page = await signsIn('zh-CN', false);
    channel.answers(200);
    await page.goto(`${service.origin}/console/sites/city/deliveries`);
    await page.focus('#test-submit');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.notice.success');
    await page.context().close();
  });
});
