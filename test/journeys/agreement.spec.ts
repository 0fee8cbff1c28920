import { Database } from '../../src/storage/transactions.js';
import { Citizen } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

describe.each(PROVINCES)('an agreement that has changed (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site', '测试站点');
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]) });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  /** Somebody who accepted the one before, at the page that the next login shows. */
  const beforeAgreement = async (): Promise<{ citizen: Citizen; page: Page }> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    await service.app
      .get(Database)
      .transaction(async (tx) => tx.query(`update agreements_accepted set version = '2001-01'`));
    citizen.browser.closeAndReopen();
    const page = await citizen.logsIn(await citizen.browser.open(await site.loginUrl(service.origin)));
    return { citizen, page };
  };

  it('R-2.4 is shown before the site gets its code, and kept when it is accepted', async () => {
    const { citizen, page } = await beforeAgreement();
    expect(page.path).toMatch(/\/agreement$/);
    expect(page.all('.agreement')[0]?.text).toContain('这份协议说明什么');
    const silent = await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'none' }));
    expect(silent.text).toBe('interaction_required');
    expect((await page.press('agreement-submit', { agreement: 'yes' })).title).toBe('logged in');
    const next = await citizen.browser.open(await site.loginUrl(service.origin));
    expect(next.title).toBe('logged in');
  });

  it('R-2.4 without the tick, or from an old form: the same page with the text, and nothing is accepted', async () => {
    const { citizen, page } = await beforeAgreement();
    const unticked = await page.press('agreement-submit');
    expect([unticked.status, unticked.codeAt('agreement')]).toEqual([422, 'agreement.not-accepted']);
    const old = await unticked.press('agreement-submit', { agreement: 'yes', agreementVersion: '2001-01' });
    expect([old.status, old.codeAt('agreement')]).toEqual([422, 'agreement.outdated']);
    expect(old.has('.agreement')).toBe(true);
    expect((await citizen.browser.open(await site.loginUrl(service.origin))).path).toMatch(/\/agreement$/);
  });

  it('R-2.4 declined: the site is told, the account stays', async () => {
    const { citizen, page } = await beforeAgreement();
    expect((await page.press('agreement-decline')).text).toBe('access_denied');
    expect((await page.press('agreement-submit', { agreement: 'yes' })).codes).toEqual(['interaction.expired']);
    const again = await citizen.browser.open(await site.loginUrl(service.origin));
    expect((await again.press('agreement-submit', { agreement: 'yes' })).title).toBe('logged in');
  });

  it('a form posted twice accepts once and ends well', async () => {
    const { citizen, page } = await beforeAgreement();
    const { action, fields } = page.form('agreement-submit');
    const values = { ...fields, agreement: 'yes' };
    const answers = await Promise.all([
      citizen.browser.copy().post(action, values),
      citizen.browser.copy().post(action, values),
    ]);
    const ends = answers.map(({ title, codes }) => codes[0] ?? title);
    expect(ends).toContain('logged in');
    for (const end of ends) expect(['logged in', 'interaction.expired', 'error']).toContain(end);
  });
});
