import { jest } from '@jest/globals';
import type { Logger } from 'pino';
import { Passwords } from '../../src/identity/credentials/passwords.service.js';
import { Log } from '../../src/web/log.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

describe.each(PROVINCES)('what bad forms get (%s)', (province) => {
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
    expect(bug.text).toMatch(/错误编号 [0-9a-f]{8}/);
    expect(written).not.toMatch(/13987654321|Secret-of-the-log|interaction\/\w{6}/);
  });
});
