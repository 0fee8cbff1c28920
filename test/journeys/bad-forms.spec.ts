import { jest } from '@jest/globals';
import type { Logger } from 'pino';
import { Passwords } from '../../src/identity/credentials/passwords.service.js';
import { Log } from '../../src/web/log.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { Citizen, PASSWORD } from '../support/citizen.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

describe.each(PROVINCES)('what bad forms and broken journeys get (%s)', (province) => {
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

  /** Somebody at each page that has a form, signed in or on the way, and the button there. */
  const standing: Record<string, () => Promise<{ browser: Browser; page: Page; button: string }>> = {
    login: async () => {
      const browser = new Browser();
      return { browser, page: await loginPage(browser), button: 'login-submit' };
    },
    registration: async () => {
      const browser = new Browser();
      const page = await browser.open(await site.loginUrl(service.origin, { prompt: 'create' }));
      return { browser, page, button: 'register-submit' };
    },
    verification: async () => {
      const { browser, ...citizen } = await newcomer();
      return { browser, page: citizen.page, button: 'verification-submit' };
    },
    'skipping verification': async () => {
      const { browser, page } = await newcomer();
      return { browser, page, button: 'verification-skip' };
    },
    permission: async () => {
      const { browser, page } = await newcomer({ scope: 'openid phone' });
      return { browser, page: await page.press('verification-skip'), button: 'permission-submit' };
    },
    'the user centre': async () => {
      const { browser, page } = await newcomer();
      await page.press('verification-skip');
      return { browser, page: await browser.open(`${service.origin}/account/password`), button: 'password-submit' };
    },
  };

  async function newcomer(more: Record<string, string> = {}): Promise<{ browser: Browser; page: Page }> {
    const citizen = new Citizen(service);
    const page = await citizen.registers(await citizen.browser.open(await site.loginUrl(service.origin, more)));
    service.clock.advance(61);
    return { browser: citizen.browser, page };
  }

  describe.each(Object.keys(standing))('at %s', (name) => {
    it('a form without its token, with a foreign one, or from elsewhere is refused with a way back', async () => {
      const { browser, page, button } = await (standing[name] as (typeof standing)[string])();
      const { action, fields } = page.form(button);
      const foreign = (await loginPage(new Browser())).form('login-submit').fields['_csrf'] as string;
      const post = async (values: Record<string, string>, headers: Record<string, string> = {}) =>
        browser.post(action, { ...fields, ...values }, { referer: page.url.href, ...headers });
      for (const token of ['', foreign, 'x'.repeat(43), `-${fields['_csrf']}`]) {
        const refused = await post({ _csrf: token });
        expect([refused.status, refused.codes]).toEqual([403, ['form.token']]);
        expect(refused.all('#onward')[0]?.getAttribute('href')).toBe(page.path);
      }
      for (const origin of ['https://evil.example', 'null', `${service.origin}.evil.example`]) {
        const refused = await post({}, { origin });
        expect([refused.status, refused.codes]).toEqual([403, ['form.foreign-origin']]);
      }
      const elsewhere = await post({ _csrf: '' }, { referer: 'https://evil.example/' });
      expect(elsewhere.all('#onward')[0]?.getAttribute('href')).toBe('/');
      expect((await browser.open(page.url.href)).has(`#${button}`)).toBe(true);
    });

    it('another browser that knows the address sees nothing', async () => {
      const { page } = await (standing[name] as (typeof standing)[string])();
      const stranger = await new Browser().open(page.url.href);
      expect(stranger.text).not.toMatch(/1\d\d\*{4}\d{4}/);
      expect(stranger.codes.length > 0 || stranger.has('#login-submit')).toBe(true);
    });
  });

  it('an absent Origin is let pass: old browsers send none', async () => {
    const browser = new Browser();
    const { action, fields } = (await loginPage(browser)).form('login-submit');
    const body = new URLSearchParams({ ...fields, identifier: '13900000001', password: 'x' }).toString();
    expect((await browser.request('POST', action, body)).status).toBe(422);
  });

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

  it.each([
    ['an unknown field', (base: string) => `${base}&role=admin`, 400, 'form.unknown-field'],
    ['a field twice', (base: string) => `${base}&identifier=c`, 400, 'form.array'],
    ['over 64 KB', (base: string) => `${base}&captcha=${'x'.repeat(70_000)}`, 413, 'form.too-large'],
    ['a long field', (base: string) => `${base}&captcha=${'x'.repeat(3000)}`, 422, 'form.too-long'],
    ['NUL', (base: string) => base.replace('identifier=a', 'identifier=a%00'), 422, 'form.control-characters'],
    ['a control character', (base: string) => base.replace('word=b', 'word=b%1B'), 422, 'form.control-characters'],
    ['a bidi override', (base: string) => base.replace('=a&', '=%E2%80%AEa&'), 422, 'form.control-characters'],
    ['half a character', (base: string) => base.replace('=a&', '=%FF%FE&'), 400, 'request.malformed'],
    ['a lone surrogate', (base: string) => base.replace('=a&', '=%ED%A0%80&'), 400, 'request.malformed'],
  ])('%s: 4xx, a clear page, nothing echoed that it should not', async (_what, change, status, code) => {
    const browser = new Browser();
    const { action, fields } = (await loginPage(browser)).form('login-submit');
    const base = new URLSearchParams({ ...fields, identifier: 'a', password: 'b' }).toString();
    const answer = await browser.request('POST', action, change(base), { origin: service.origin });
    expect(answer.status).toBe(status);
    const html = await answer.text();
    expect(html).toContain(code);
    expect(html).toContain('<h1>');
    for (const never of ['admin', 'node_modules', '\u0000', '\u001b', '\u202e']) expect(html).not.toContain(never);
  });

  it.each([
    ['application/json', '{"identifier":"a","password":"b"}'],
    ['text/plain', 'identifier=a&password=b'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="identifier"\r\n\r\na\r\n--x--\r\n',
    ],
    ['application/x-www-form-urlencoded; charset=gbk', 'identifier=a'],
    ['', 'identifier=a'],
  ])('a body of type %j is refused as such', async (type, body) => {
    const browser = new Browser();
    const { action } = (await loginPage(browser)).form('login-submit');
    const answer = await browser.request('POST', action, body, { origin: service.origin, 'content-type': type });
    expect(answer.status).toBe(415);
    expect(await answer.text()).toContain('form.wrong-type');
  });

  it('a program that asks for JSON gets problem details (RFC 9457)', async () => {
    const answer = await fetch(`${service.origin}/nowhere`, { headers: { accept: 'application/json' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(await answer.json()).toMatchObject({ status: 404, code: 'page.not-found' });
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

  it('the links for language and size lead back to pages of ours only', async () => {
    const browser = new Browser();
    for (const back of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a b', ''])
      expect(
        (
          await browser.request(
            'GET',
            `${service.origin}/preferences?${new URLSearchParams({ name: 'size', value: 'large', back })}`,
          )
        ).headers.get('location'),
      ).toBe('/');
    const odd = await browser.request('GET', `${service.origin}/preferences?name=lang&value=xx&back=/sites`);
    expect([odd.headers.get('location'), odd.headers.get('set-cookie')]).toEqual(['/sites', null]);
  });

  it('an error page shows a code, no stack and no echo', async () => {
    for (const path of ['/nowhere?<script>alert(1)</script>', '/%3Cscript%3Ealert(1)', '/assets/../../etc/passwd']) {
      const page = await new Browser().open(service.origin + path);
      expect([page.status, page.codes]).toEqual([404, ['page.not-found']]);
      expect(page.html).not.toMatch(/<script>alert|at \w+ \(|node_modules/);
    }
    const broken = await new Browser().open(`${service.origin}/captcha/%E0%A4%A.png`);
    expect([broken.status, broken.codes]).toEqual([400, ['request.malformed']]);
  });

  it('nothing of what was typed is logged, refusals and bugs alike', async () => {
    // What reaches the file: what our Log leaves of an error.
    const { logger } = service.app.get(Log) as unknown as { logger: Logger };
    const spies = (['info', 'warn', 'error'] as const).map((level) => jest.spyOn(logger, level));
    const browser = new Browser();
    const { action, fields } = (await loginPage(browser)).form('login-submit');
    const secret = { identifier: '13987654321', password: 'Secret-of-the-log-1' };
    const odd: Record<string, string>[] = [
      {},
      { role: secret.password },
      { captcha: `\u0000${secret.password}` },
      { captcha: 'x'.repeat(70_000) },
    ];
    for (const more of odd) await browser.post(action, { ...fields, ...secret, ...more });
    const check = jest.spyOn(service.app.get(Passwords), 'check');
    check.mockRejectedValue(new Error(`a bug with ${secret.identifier} and ${secret.password}`));
    const bug = await browser.post(action, { ...fields, ...secret });
    check.mockRestore();
    expect([bug.status, bug.codes]).toEqual([500, ['internal']]);
    const written = JSON.stringify(spies.flatMap((spy) => spy.mock.calls));
    for (const spy of spies) spy.mockRestore();
    expect(written).toContain('bug');
    expect(bug.text).toMatch(/记录编号 [0-9a-f]{8}/);
    expect(written).not.toMatch(/13987654321|Secret-of-the-log|interaction\/\w{6}/);
  });
});
