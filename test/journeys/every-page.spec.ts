import { readFileSync } from 'node:fs';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { demoSitesOf } from '../../src/config/demo-sites.js';
import { Jurisdiction } from '../../src/config/jurisdiction.js';
import { SiteChanges } from '../../src/oidc/sites/site-changes.service.js';
import { DemoAccounts } from '../../src/sandbox/demo-accounts.service.js';
import { DemoEntities } from '../../src/sandbox/demo-entities.service.js';
import type { DemoEntity } from '../../src/sandbox/demo-entities.service.js';
import { Citizen } from '../support/citizen.js';
import { inRegister } from '../support/company.js';
import { faultsOf, idsOf } from '../support/page-rules.js';
import { PROVINCES, startService } from '../support/service.js';
import type { Province, RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const LANGUAGES = ['zh-CN', 'en'] as const;
type Language = (typeof LANGUAGES)[number];
type Seen = Map<string, Page>;

/** Names of a page; of failed requests, which have each an own, that there are any. */
const namesOn = (html: string): string =>
  [...new Set(idsOf(html).map((id) => id.replace(/^failure-.*/, 'failure')))].join();

/** Somebody of the register for each language and province: an ID number belongs to one account. */
const PEOPLE = {
  'hubei zh-CN': { name: '张三', idNumber: '420106199003071019' },
  'hubei en': { name: '李四', idNumber: '420106198506121028' },
  'hebei zh-CN': { name: '赵燕', idNumber: '130203199001010076' },
  'hebei en': { name: '刘洋', idNumber: '13010219880615808X' },
};

/** Pages that only a journey leads to: here because the journey has really come by. */
const ON_THE_WAY = [
  'no such site',
  'an expired journey',
  'login without a token',
  'login of a legal entity',
  'registration, sent too soon',
  'verification refused',
  'permission',
  'home, signed in',
  'signed out',
  'reset, password refused',
  'entity reset, password refused',
  'register of a legal entity, by another name',
  'console without a role',
  'console of a developer',
  'console, editing refused',
  'console, refused without a reason',
  'console, a new secret',
  'console, a disabled site',
  'console, a proof first',
];

/** Addresses of pages that take no parameter, as the service has them: a new page is looked at without being named here. */
function addresses(service: RunningService): string[] {
  const { router } = service.app.getHttpAdapter().getInstance() as unknown as {
    router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
  };
  return router.stack
    .flatMap(({ route }) => (route?.methods['get'] ? [route.path] : []))
    .filter((path) => !path.includes('*'));
}

/** What a legal entity comes by: its reset, and the register's word. @param url its login page's */
async function walkEntity(
  service: RunningService,
  look: (name: string, page: Page) => Page,
  browser: Browser,
  url: string,
) {
  const start = await browser.open(url);
  const { creditCode, password, name: company } = service.app.get(DemoEntities).list()[0] as DemoEntity;
  const citizen = new Citizen(service);
  const first = look('entity reset', await start.follow('reset'));
  look('entity reset, refused', await first.press('reset-next', { creditCode: '1' }));
  look('entity reset, by certificate', await first.follow('reset-certificate'));
  const sent = look(
    'entity reset, code',
    await first.press('reset-next', { creditCode, ...(await citizen.captcha(first)) }),
  );
  await citizen.waits(1);
  look('entity reset, code refused', await sent.press('reset-verify', { smsCode: '1' }));
  const smsCode = await citizen.codeFor('13900000002');
  const person = look('entity reset, person', await sent.press('reset-verify', { smsCode }));
  look('entity reset, person refused', await person.press('reset-prove', { name: '', idNumber: '1' }));
  const proof = { name: '黄河', idNumber: '429004199303030104' };
  const last = look('entity reset, password', await person.press('reset-prove', proof));
  look('entity reset, password refused', await last.press('reset-submit', { password: 'x' }));
  const login = await last.follow('back-to-login');
  await login.press('login-submit', { identifier: creditCode, password });
  const entry = inRegister(service, creditCode);
  for (const [how, change] of Object.entries({
    'by another name': { name: '演示示例新名有限公司' },
    cancelled: { name: company, state: 'cancelled' as const },
    'as before': { state: 'active' as const },
  })) {
    Object.assign(entry, change);
    const page = await browser.open(`${service.origin}/account/register`);
    look(`register of a legal entity, ${how}`, await page.press('register-ask'));
  }
}

/** What operators and a site's developers see: the console's pages, filled in wrongly too. */
async function walkConsole(
  service: RunningService,
  look: (name: string, page: Page) => Page,
  language: Language,
  paths: readonly string[],
) {
  const at = (path: string) => `${service.origin}${path}`;
  const [operators, developers] = (['operator', 'developer'] as const).map((role) =>
    service.app
      .get(DemoAccounts)
      .list()
      .find((one) => one.role === role),
  );
  const enters = async ({ phone, password } = { phone: '', password: '' }) => {
    const browser = new Browser(language);
    const login = look('login to the console', await browser.open(at('/console')));
    return login.press('login-submit', { identifier: phone, password });
  };
  const own = look('console of a developer', await enters(developers));
  const id = demoSitesOf(service.app.get(Jurisdiction), 0)[1]?.id ?? '';
  const site = `/console/sites/${id}`;
  await own.browser.open(at(`/oidc/auth?client_id=${id}&redirect_uri=http://elsewhere.example/`));
  const edit = look('console, editing as a developer', await own.browser.open(at(`${site}/edit`)));
  look('console, editing refused', await edit.press('edit-submit', { clientName: '', redirectUris: 'x' }));
  const asked = { redirectUris: `https://${language.toLowerCase()}.example/callback`, clientUri: 'https://a.example/' };
  look('console, a change that waits', await edit.press('edit-submit', asked));
  const change = (await service.app.get(SiteChanges).waiting()).find(({ clientId }) => clientId === id)?.id ?? '';
  look('console, own change', await own.browser.open(at(`${site}/changes/${change}`)));
  look('console, not a developer’s', await own.browser.open(at('/console/people')));

  const { browser } = look('console of an operator', await enters(operators));
  for (const path of paths.filter((one) => one.startsWith('/console') && !one.endsWith('/return'))) {
    const filled = path.replace(':id', id).replace(':change', change).replace(':made', change);
    look(path, await browser.open(at(filled)));
  }
  look('console, nothing found', await browser.open(at('/console?q=%3Cb%3E')));
  const decide = await browser.open(at(`${site}/changes/${change}/decide`));
  look('console, refused without a reason', await decide.press('refuse-submit'));
  look('console, a change refused', await decide.press('refuse-submit', { reason: '地址不对' }));
  look('console, one change', await browser.open(at(`${site}/changes/${change}`)));
  const secret = await browser.open(at(`${site}/secret`));
  look('console, secret refused', await secret.press('secret-submit', { overlapHours: 'x' }));
  look('console, a new secret', await secret.press('secret-submit', { overlapHours: '1' }));
  const person = await browser.open(at('/console/people/new'));
  look('console, no developer', await person.press('developer-grant', { site: '', phone: '13900000001' }));
  const state = await browser.open(at(`${site}/state`));
  look('console, disabling refused', await state.press('disable-submit', { reason: '理'.repeat(201) }));
  look('console, disabled', await state.press('disable-submit'));
  const closed = look('console, a disabled site', await browser.open(at(`${site}/state`)));
  await closed.press('enable-submit');
  service.clock.advance(360);
  look('console, a proof first', await browser.open(at(`${site}/edit`)));
}

/** Every page in one language: those with an address of their own, and those that only a journey leads to. */
async function walk(service: RunningService, site: TestSite, province: Province, language: Language): Promise<Seen> {
  const seen: Seen = new Map();
  // The Alipay that stands in is somebody else: its forms know no token of ours.
  const isOurs = ({ url }: Page) => url.origin === service.origin && !url.pathname.startsWith('/sandbox/alipay/');
  const look = (name: string, page: Page): Page => {
    if (page.headers.get('content-type')?.startsWith('text/html') && isOurs(page)) seen.set(name, page);
    return page;
  };
  const login = async (browser: Browser, more: Record<string, string> = {}) =>
    browser.open(await site.loginUrl(service.origin, { ui_locales: language, ...more }));
  const paths = addresses(service);
  const stranger = new Browser(language);
  const open = paths.filter((path) => !path.includes(':') && !path.startsWith('/account'));
  for (const path of open) look(path, await stranger.open(service.origin + path));
  look('no such page', await stranger.open(`${service.origin}/nowhere`));
  look('no such site', await stranger.open(`${service.origin}/oidc/auth?client_id=nobody`));
  look('an expired journey', await stranger.open(`${service.origin}/interaction/nothing/login`));

  const citizen = new Citizen(service, language);
  const start = look('login', await login(citizen.browser));
  look('login refused', await start.press('login-submit'));
  look('login with a wrong password', await start.press('login-submit', { identifier: '13900000001', password: 'x' }));
  look('login without a token', await start.press('login-submit', { _csrf: '' }));
  for (const path of paths.filter((one) => one.startsWith('/interaction/:uid/') && !/:.*:/.test(one)))
    look(
      `${path} at login`,
      await citizen.browser.open(service.origin + path.replace(':uid', start.url.pathname.split('/')[2] as string)),
    );
  look('login of a legal entity', await citizen.browser.open(`${start.url.href}?kind=entity`));
  const certificate = look(
    'login by certificate',
    await citizen.browser.open(`${start.url.href}?kind=entity&method=certificate`),
  );
  look('login by certificate refused', await certificate.press('certificate-submit'));
  const sms = look('login by SMS', await citizen.browser.open(`${start.url.href}?method=sms`));
  look('login by SMS refused', await sms.press('sms-send'));

  const byAlipay = async (account: string) => {
    const at = await (await login(new Browser(language))).follow('login-alipay');
    return at.press('alipay-login', { account, password: `Alipay-demo-${account.slice(-1)}` });
  };
  const certified = look('registration by Alipay', await byAlipay('2088100000000001'));
  look('registration by Alipay refused', await certified.press('alipay-register-submit'));
  const uncertified = look('registration by Alipay with a number', await byAlipay('2088100000000004'));
  look(
    'registration by Alipay with a number refused',
    await uncertified.press('alipay-register-submit', { phone: '1' }),
  );
  look('Alipay is down', await byAlipay('2088100000000007'));
  look('Alipay’s code was used', await byAlipay('2088100000000009'));

  const form = look('registration', await start.follow('register'));
  look('registration refused', await form.press('sms-send', { phone: '1', password: '1' }));
  const sent = look('registration, code sent', await citizen.asksForCode(form));
  look('registration, code refused', await sent.press('register-submit', { smsCode: '1', phone: '' }));
  look('registration, sent too soon', await sent.press('sms-send'));
  const code = await citizen.codeFor();
  const verification = look('verification', await sent.press('register-submit', { smsCode: code, agreement: 'yes' }));
  look('verification refused', await verification.press('verification-submit', { name: '1' }));
  await citizen.verifies(verification, PEOPLE[`${province} ${language}`]);
  service.clock.advance(61);
  const permission = look(
    'permission',
    await login(citizen.browser, { scope: 'openid phone real_name offline_access' }),
  );
  await permission.press('permission-submit');

  for (const path of paths.filter(
    (one) => one.startsWith('/account') && !one.includes(':') && !one.endsWith('/logout'),
  ))
    look(path, await citizen.browser.open(service.origin + path));
  look('console without a role', await citizen.browser.open(`${service.origin}/console`));
  await walkConsole(service, look, language, paths);
  look('home, signed in', await citizen.browser.open(service.origin));
  const logout = look('logout', await citizen.browser.open(`${service.origin}/oidc/logout`));
  look('signed out', await logout.press('logout-confirm'));

  const lost = new Citizen(service, language);
  lost.phone = citizen.phone;
  const reset = look('reset', await (await login(lost.browser)).follow('reset'));
  look('reset refused', await reset.press('reset-next'));
  const codePage = await reset.press('reset-next', { phone: lost.phone, ...(await lost.captcha(reset)) });
  look('reset, code refused', await look('reset, code sent', codePage).press('reset-verify', { smsCode: '1' }));
  const person = look('reset, person', await codePage.press('reset-verify', { smsCode: await lost.codeFor() }));
  look('reset, person refused', await person.press('reset-prove', { name: '', idNumberLast6: '1' }));
  const { name, idNumber } = PEOPLE[`${province} ${language}`];
  const last = look('reset, password', await person.press('reset-prove', { name, idNumberLast6: idNumber.slice(-6) }));
  look('reset, password refused', await last.press('reset-submit', { password: 'x' }));
  service.clock.advance(61);
  await walkEntity(
    service,
    look,
    new Browser(language),
    await site.loginUrl(service.origin, { ui_locales: language, kind: 'entity' }),
  );
  // Another day: the other language begins with no message counted.
  service.clock.advance(24 * 3600);
  return seen;
}

describe.each(PROVINCES)('every page (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  const walks = {} as Record<Language, Seen>;

  beforeAll(async () => {
    site = await TestSite.start('site', '测试站点');
    const english = { 'client_name#en': 'Site of the tests', 'data_purpose#en': 'for tests' };
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata(english)]) });
    for (const language of LANGUAGES) walks[language] = await walk(service, site, province, language);
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  it.each(LANGUAGES)('R-10.2 is made by the rules of LOOK and DESIGN 7, in one language (%s)', (language) => {
    expect([...walks[language].keys()]).toEqual(expect.arrayContaining(['/', '/account', ...ON_THE_WAY]));
    const faults = [...walks[language]].flatMap(([name, { html }]) =>
      faultsOf(html, language).map((fault) => `${name}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('R-10.2 has the same names for its fields and buttons in both languages', () => {
    const differing = [...walks['zh-CN']].filter(([name, { html }]) => {
      const other = walks.en.get(name);
      return !other || namesOn(html) !== namesOn(other.html);
    });
    expect(differing.map(([name]) => name)).toEqual([]);
  });

  it('the console’s have the fields and buttons that docs/contract.md names', () => {
    const [section = ''] = /^## Console\n[^]*?(?=^## )/m.exec(readFileSync('docs/contract.md', 'utf8')) ?? [];
    const named = [...section.matchAll(/`([a-z][\w-]*)(?:<n>)?`/gi)].map(([, id]) => id as string);
    const there = [...walks['zh-CN'].values()]
      .filter(({ url }) => url.pathname.startsWith('/console'))
      .flatMap(({ html }) => [...html.matchAll(/(?:id|name)="([^"]+)"/g)].map(([, id]) => id?.replace(/-\d+$/, '-')));
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((id) => !there.includes(id))).toEqual([]);
  });

  it('is kept by nobody when it holds a form', () => {
    const kept = [...walks['zh-CN']].filter(
      ([, page]) => page.has('form') && !page.headers.get('cache-control')?.includes('no-store'),
    );
    expect(kept.map(([name]) => name)).toEqual([]);
  });

  it('the rules find what breaks them', () => {
    const broken =
      walks['zh-CN'].get('login')?.html.replace('<label', '<label data-x').replace('for="identifier"', '') ?? '';
    expect(faultsOf(broken, 'zh-CN')).toEqual([expect.stringContaining('fields with a name')]);
    expect(faultsOf(walks['zh-CN'].get('login')?.html ?? '', 'en').length).toBeGreaterThan(5);
  });
});
