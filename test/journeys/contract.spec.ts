import { readFileSync } from 'node:fs';
import type { Page } from '../support/browser.js';
import { Citizen, freshPhone } from '../support/citizen.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

/** The rows of docs/contract.md: a page, its fields, its buttons and links. */
const documented = [...readFileSync('docs/contract.md', 'utf8').matchAll(/^\| `(\/[^`]*)` \|(.*)\|(.*)\|$/gm)].map(
  ([, path, fields, buttons]) => ({
    path: path as string,
    ids: [...`${fields} ${buttons}`.matchAll(/`([\w-]+)`/g)].map(([, id]) => id as string),
  }),
);
/** A page as the contract names it: without the journey's id, and with the way of logging in. */
const named = ({ url }: Page): string => {
  const path = url.pathname.replace(/^\/interaction\/[^/]+/, '/interaction/:uid');
  return path.endsWith('/login/sms')
    ? '/interaction/:uid/login?method=sms'
    : path + (url.searchParams.has('method') ? url.search : '');
};
const INPUTS = 'main input:not([type="hidden"]), main select, main textarea';

describe.each(PROVINCES)('the contract of pages (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  beforeAll(async () => {
    site = await TestSite.start('city', '城市站点');
    const limits = { sms: { captchaAfter: 99 } };
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]) }, limits);
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });

  /** Every page of a first visit, in each of its states. */
  async function visited(language: 'zh-CN' | 'en'): Promise<Page[]> {
    const citizen = new Citizen(service, language);
    const { browser, phone, password } = citizen;
    const pages: Page[] = [];
    const see = (page: Page): Page => {
      pages.push(page);
      return page;
    };
    see(await browser.open(`${service.origin}/`));
    const login = see(await browser.open(await site.loginUrl(service.origin)));
    see(await login.press('login-submit'));
    see(await login.follow('reset'));
    const lost = see(await login.follow('lost-number'));
    const asked = { name: '李四', idNumber: '420106198506121028', phone: freshPhone() };
    const code = see(await lost.press('sms-send', { ...asked, ...(await citizen.captcha(lost)) }));
    const smsCode = await citizen.codeFor(asked.phone);
    const proof = see(await code.press('lost-number-next', { smsCode }));
    for (const way of ['by-recovery-code', 'by-none']) see(await proof.follow(way));
    see(await browser.open(`${service.origin}/stop`));
    const sms = see(await browser.open(new URL('?method=sms', login.url).href));
    see(await sms.press('sms-send', { phone, ...(await citizen.captcha(sms)) }));
    const form = see(await login.follow('register'));
    await citizen.waits(61);
    const sent = see(await form.press('sms-send', { phone, password, ...(await citizen.captcha(form)) }));
    see(await sent.press('register-submit'));
    const verification = see(
      await sent.press('register-submit', { smsCode: await citizen.codeFor(), agreement: 'yes' }),
    );
    see(await verification.press('verification-submit'));
    await verification.press('verification-skip');
    const permission = see(await browser.open(await site.loginUrl(service.origin, { scope: 'openid phone' })));
    await permission.press('permission-submit');
    for (const path of ['/account', '/account/password', '/oidc/logout'])
      see(await browser.open(service.origin + path));
    return pages;
  }
  const idsOf = (pages: Page[]): Map<string, Set<string>> =>
    new Map(
      [...Map.groupBy(pages, named)].map(([path, states]) => [
        path,
        new Set(states.flatMap((page) => page.all('main [id]').map((node) => node.getAttribute('id') as string))),
      ]),
    );

  it('every page that is documented holds what it is said to hold, the same in each language', async () => {
    const [chinese, english] = [idsOf(await visited('zh-CN')), idsOf(await visited('en'))];
    expect(documented.length).toBeGreaterThan(8);
    for (const { path, ids } of documented) {
      expect([path, ids.filter((id) => !chinese.get(path)?.has(id))]).toEqual([path, []]);
      expect([path, [...(english.get(path) ?? [])].toSorted()]).toEqual([
        path,
        [...(chinese.get(path) ?? [])].toSorted(),
      ]);
    }
  });

  it('every page says that it is a demonstration and keeps scripts of others out, errors and the engine’s included', async () => {
    const elsewhere = ['/sites', '/agreement', '/privacy', '/accessibility', '/sandbox', '/sandbox/sms', '/nowhere'];
    const engines = ['/oidc/auth?client_id=nobody', '/oidc/nowhere', '/interaction/none/login', '/oidc/logout/success'];
    const { browser } = new Citizen(service);
    const others = await Promise.all(
      [...elsewhere, ...engines].map(async (path) => browser.open(service.origin + path, { accept: 'text/html' })),
    );
    for (const page of [...(await visited('zh-CN')), ...others]) {
      expect([page.path, page.all('.demo').map((node) => node.text.slice(0, 4))]).toEqual([page.path, ['演示环境']]);
      expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'.*frame-ancestors 'none'/);
      expect(page.headers.get('content-security-policy')).not.toContain('unsafe-inline');
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('referrer-policy')).toBe('same-origin');
    }
  });

  it('the service’s own front page leads in and on to the user centre', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    citizen.browser.closeAndReopen();
    const front = await citizen.browser.open(`${service.origin}/`);
    const account = await citizen.logsIn(await front.follow('log-in'));
    expect(account.url.href).toBe(`${service.origin}/account`);
    const stranger = new Citizen(service);
    const form = await (await stranger.browser.open(`${service.origin}/`)).follow('register');
    const verification = await stranger.registers(form);
    expect((await verification.press('verification-skip')).url.href).toBe(`${service.origin}/account`);
  });

  it('every input has a name and an id, every button an id; nobody keeps a page with a form', async () => {
    for (const page of await visited('en')) {
      const bare = [
        ...page.all(INPUTS).filter((node) => !node.getAttribute('name') || !node.getAttribute('id')),
        ...page.all('main button').filter((node) => !node.getAttribute('id')),
      ];
      expect([named(page), bare.map((node) => node.outerHTML)]).toEqual([named(page), []]);
      expect(
        page
          .all('header')
          .map((node) => node.text)
          .join(),
      ).toContain(province === 'hubei' ? 'Hubei' : 'Hebei');
      if (page.has('form')) expect([named(page), page.headers.get('cache-control')]).toEqual([named(page), 'no-store']);
    }
  });

  it('a form with several buttons begins with what Enter presses', async () => {
    for (const page of await visited('zh-CN')) {
      for (const form of page.all('main form')) {
        const buttons = form.querySelectorAll('button:not([type="button"])');
        if (buttons.length > 1)
          expect([named(page), buttons[0]?.getAttribute('id')]).toEqual([named(page), 'default-submit']);
      }
    }
  });
});
