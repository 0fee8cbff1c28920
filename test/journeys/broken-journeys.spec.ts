import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Persons } from '../../src/identity/accounts/persons.service.js';
import { Sessions } from '../../src/oidc/sessions.service.js';
import { Phone } from '../../src/shared/phone.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { Citizen, PASSWORD } from '../support/citizen.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

describe.each(PROVINCES)('journeys that break off (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site', '测试站点');
    const entry = site.metadata({ initiate_login_uri: `${site.origin}/login` });
    service = await startService(province, { SITES_FILE: sitesFile([entry]) });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const loginPage = async (browser = new Browser()): Promise<Page> => browser.open(await site.loginUrl(service.origin));
  const uidOf = (page: Page): string => page.url.pathname.split('/')[2] as string;

  /** Somebody who has just registered, where that leads: the verification page. */
  async function newcomer(more: Record<string, string> = {}): Promise<{ browser: Browser; page: Page }> {
    const citizen = new Citizen(service);
    const page = await citizen.registers(await citizen.browser.open(await site.loginUrl(service.origin, more)));
    service.clock.advance(61);
    return { browser: citizen.browser, page };
  }

  it('the token of the user centre outlives a renewal of its session, and dies with it', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    const open = await citizen.browser.open(`${service.origin}/account/password`);
    const renewed = await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'login' }));
    expect((await citizen.logsIn(renewed)).title).toBe('logged in');
    const judged = await open.press('password-submit', { currentPassword: '', password: '' });
    expect(judged.codes).toContain('password.missing');
    await (await citizen.browser.open(`${service.origin}/oidc/logout`)).press('logout-confirm');
    await citizen.logsIn(await loginPage(citizen.browser));
    const stale = await open.press('password-submit', { currentPassword: PASSWORD, password: 'Another-one-2026' });
    expect([stale.status, stale.codes]).toEqual([403, ['form.token']]);
  });

  it('an expired, bookmarked or finished journey says so and offers to start again at the site', async () => {
    const citizen = new Citizen(service);
    const page = await citizen.browser.open(await site.loginUrl(service.origin));
    service.clock.advance(20 * 60 + 1);
    const late = await citizen.logsIn(page);
    expect([late.status, late.codes[0]]).toEqual([410, 'interaction.expired']);
    expect(late.text).toContain('测试站点');
    expect(late.all('#onward')[0]?.getAttribute('href')).toBe(`${site.origin}/login`);
    const bookmarked = await citizen.browser.open(page.url.href);
    expect([bookmarked.status, bookmarked.codes]).toEqual([410, ['interaction.expired']]);
    const forged = { _csrf: `x~${Buffer.from('site').toString('base64url')}~x`, identifier: 'a', password: 'b' };
    const guessed = await citizen.browser.post(page.form('login-submit').action, forged);
    expect(guessed.all('#onward')[0]?.getAttribute('href')).toBe('/');
  });

  it('another journey’s cookie of the same browser opens nothing', async () => {
    const mine = new Browser();
    const [first, second] = [await loginPage(mine), await loginPage(mine)];
    const cookies = mine.cookies(service.origin).filter(({ path }) => path.includes(uidOf(first)));
    for (const { name, value } of cookies) mine.setCookie(service.origin, name, value, `/interaction/${uidOf(second)}`);
    expect((await mine.open(second.url.href)).codes).toContain('interaction.expired');
  });

  it('without cookies a page says what to do', async () => {
    const browser = new Browser();
    const page = await loginPage(browser);
    browser.forgetCookies(service.origin);
    const answer = await page.press('login-submit', { identifier: '13900000001', password: 'x' });
    expect([answer.status, answer.codes]).toEqual([410, ['interaction.expired']]);
    expect(answer.text).toContain('Cookie');
  });

  it('a form of the user centre whose session has ended says so, and changes nothing', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    const page = await citizen.goesToIdCard();
    service.clock.advance(31 * 60);
    const ended = await citizen.verifies(page, { name: '陈静', idNumber: '130402197609100083' });
    expect([ended.status, ended.codes]).toEqual([403, ['session.ended']]);
    expect(ended.all('#onward')[0]?.getAttribute('href')).toBe('/account');
  });

  it('a session ended elsewhere while a page of its journey is open: nothing is done for the account', async () => {
    const citizen = new Citizen(service);
    const page = await citizen.registers(await loginPage(citizen.browser));
    const account = (await service.app.get(Accounts).find('phone', Phone.parse(citizen.phone))) as string;
    await service.app.get(Sessions).endAll(account);
    const late = await citizen.verifies(page, { name: '黄河', idNumber: '429004199303030104' });
    expect([late.status, late.codes]).toEqual([410, ['interaction.expired']]);
    expect(late.all('#onward')[0]?.getAttribute('href')).toBe(`${site.origin}/login`);
    expect((await service.app.get(Persons).profile(account))?.verifiedAt).toBeUndefined();
  });

  it('signing out: a form of another browser does nothing, and the receipt bears a reload', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    const page = await citizen.browser.open(`${service.origin}/oidc/logout`);
    const { action, fields } = page.form('logout-confirm');
    const forged = await citizen.browser.post(action, { ...fields, xsrf: 'x' });
    expect(forged.status).toBe(400);
    expect(forged.text).toContain('invalid_request');
    const stays = await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'none' }));
    expect(stays.title).toBe('logged in');
    const again = await citizen.browser.open(`${service.origin}/oidc/logout`);
    const receipt = await again.press('logout-confirm');
    expect(receipt.title).toBe('您已退出');
    expect((await citizen.browser.open(receipt.url.href)).title).toBe('您已退出');
    expect((await page.press('logout-confirm')).status).toBeLessThan(500);
  });

  it('R-8.2 a permission is given once, however often its form is sent; Back says where it stands', async () => {
    const { browser, page: verification } = await newcomer({ scope: 'openid phone' });
    const page = await verification.press('verification-skip');
    expect((await browser.open(page.url.href)).has('#permission-submit')).toBe(true);
    const { action, fields } = page.form('permission-submit');
    const answers = await Promise.all([browser.copy().post(action, fields), browser.copy().post(action, fields)]);
    const ends = answers.map(({ title, codes }) => codes[0] ?? title);
    expect(ends).toContain('logged in');
    for (const end of ends) expect(['logged in', 'interaction.expired', 'error']).toContain(end);
    expect((await browser.open(page.url.href)).codes).toEqual(['interaction.expired']);
    const late = await browser.post(page.form('permission-deny').action, fields);
    expect([late.status, late.codes]).toEqual([410, ['interaction.expired']]);
    const given = await browser.open(await site.loginUrl(service.origin, { scope: 'openid phone', prompt: 'none' }));
    expect(given.title).toBe('logged in');
  });

  it('R-8.2 a permission that is declined is told to the site, and asked for again', async () => {
    const { browser, page } = await newcomer({ scope: 'openid phone' });
    const permission = await page.press('verification-skip');
    expect((await permission.press('permission-deny')).text).toBe('access_denied');
    const again = await browser.open(await site.loginUrl(service.origin, { scope: 'openid phone' }));
    expect(again.has('#permission-submit')).toBe(true);
  });
});
