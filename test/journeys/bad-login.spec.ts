import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Phone } from '../../src/shared/phone.js';
import { Database } from '../../src/storage/transactions.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { Citizen, PASSWORD, freshPhone } from '../support/citizen.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const WRONG = 'Wrong-password-1';

describe.each(PROVINCES)('what bad input gets at login (%s)', (province) => {
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

  const loginPage = async (browser = new Browser()): Promise<Page> => browser.open(await site.loginUrl(service.origin));

  /** The number of an account that has no password: made by a way in that gives none. */
  const withoutPassword = async (): Promise<string> => {
    const phone = freshPhone();
    await service.app
      .get(Database)
      .transaction(async (tx) => service.app.get(Accounts).createPerson(tx, { phone: Phone.parse(phone) }));
    return phone;
  };

  it('R-4.1 wrong password, unknown number, disabled account, account without a password: one answer', async () => {
    const tries = [
      ['13900000001', WRONG],
      ['13911112222', PASSWORD],
      ['13900000003', 'Tongxing-demo-3'],
      [await withoutPassword(), PASSWORD],
      ['not a number', PASSWORD],
      ['420106199003071019', PASSWORD],
    ] as const;
    const answers = await Promise.all(
      tries.map(async ([identifier, password]) => (await loginPage()).press('login-submit', { identifier, password })),
    );
    const said = answers.map(({ codes, status, text }) => `${status} ${codes.join()} ${text}`);
    expect(new Set(said).size).toBe(1);
    expect(said[0]).toMatch(/^422 login\.failed .*没有设置过密码，请点“忘记密码”/);
  });

  it('R-4.1 after five wrong tries a picture, then a wait with minutes; nobody is locked out of where they are', async () => {
    const victim = new Citizen(service);
    await victim.hasAccount(await site.loginUrl(service.origin));
    const known = await victim.logsIn(
      await victim.browser.open(await site.loginUrl(service.origin, { prompt: 'login' })),
    );
    expect(known.title).toBe('logged in');
    let page = await loginPage();
    for (let tries = 0; tries < 5; tries += 1) {
      expect(page.has('#captcha-image')).toBe(false);
      page = await page.press('login-submit', { identifier: victim.phone, password: WRONG });
    }
    expect(page.has('#captcha-image')).toBe(true);
    const stranger = new Citizen(service);
    const sixth = await page.press('login-submit', {
      identifier: victim.phone,
      password: WRONG,
      ...(await stranger.captcha(page)),
    });
    expect(sixth.codes).toContain('login.failed');
    const waits = await sixth.press('login-submit', {
      identifier: victim.phone,
      password: victim.password,
      ...(await stranger.captcha(sixth)),
    });
    expect([waits.status, waits.codes[0]]).toEqual([429, 'login.wait']);
    expect(waits.text).toMatch(/请 \d+ 分钟后再试/);
    expect(Number(waits.headers.get('retry-after'))).toBeGreaterThan(0);

    const session = await victim.browser.open(await site.loginUrl(service.origin, { prompt: 'none' }));
    expect(session.title).toBe('logged in');
    const owner = await victim.browser.open(await site.loginUrl(service.origin, { prompt: 'login' }));
    expect((await victim.logsIn(owner)).title).toBe('logged in');
  });

  it('R-2.2 the picture at login: missing, wrong, reused, expired, another’s; always a new one; the password is not looked at', async () => {
    const identifier = freshPhone();
    let page = await loginPage();
    for (let tries = 0; tries < 5; tries += 1) page = await page.press('login-submit', { identifier, password: WRONG });
    const base = { identifier, password: WRONG };
    const citizen = new Citizen(service);
    const seen = [page.value('captchaId')];
    const refused = async (values: Record<string, string>): Promise<string | undefined> => {
      page = await page.press('login-submit', { ...base, ...values });
      seen.push(page.value('captchaId'));
      expect(page.status).toBe(422);
      return page.codeAt('captcha');
    };
    expect(await refused({})).toBe('captcha.missing');
    const used = page.value('captchaId') as string;
    expect(await refused({ captcha: 'xxxxx' })).toBe('captcha.wrong');
    expect(await refused({ captcha: 'xxxxx', captchaId: used })).toBe('captcha.expired');
    const late = await citizen.captcha(page);
    service.clock.advance(5 * 60 + 1);
    expect(await refused(late)).toBe('captcha.expired');
    let others = await loginPage();
    for (let tries = 0; tries < 5; tries += 1)
      others = await others.press('login-submit', { identifier: freshPhone(), password: WRONG });
    const foreign = { captchaId: page.value('captchaId') as string, ...(await citizen.captcha(page)) };
    const stolen = await others.press('login-submit', { ...base, ...foreign });
    expect(stolen.codeAt('captcha')).toBe('captcha.expired');
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('says what is missing at its field, and keeps the rest', async () => {
    const refused = await (await loginPage()).press('login-submit', { identifier: '', password: '' });
    expect([refused.codeAt('identifier'), refused.codeAt('password')]).toEqual([
      'identifier.missing',
      'password.missing',
    ]);
    const half = await refused.press('login-submit', { identifier: '13900000001', password: ' ' });
    expect([half.status, half.codes, half.value('identifier')]).toEqual([422, ['password.missing'], '13900000001']);
  });

  it('a form posted twice logs in once; Back and reload afterwards say where it stands', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    const visitor = new Browser();
    const page = await loginPage(visitor);
    const { action, fields } = page.form('login-submit');
    const values = { ...fields, identifier: citizen.phone, password: citizen.password };
    const answers = await Promise.all([visitor.copy().post(action, values), visitor.copy().post(action, values)]);
    const ends = answers.map(({ title, codes }) => codes[0] ?? title);
    expect(ends).toContain('logged in');
    for (const end of ends) expect(['logged in', 'interaction.expired']).toContain(end);
    const again = await visitor.post(action, values);
    expect([again.status, again.codes]).toEqual([410, ['interaction.expired']]);
    expect((await visitor.open(page.url.href)).codes).toEqual(['interaction.expired']);
  });

  it('two tabs of one browser each finish their own login', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    const visitor = new Citizen(service);
    const [first, second] = [await loginPage(visitor.browser), await loginPage(visitor.browser)];
    expect((await visitor.logsIn(second, citizen.phone)).title).toBe('logged in');
    expect((await visitor.logsIn(first, citizen.phone)).title).toBe('logged in');
  });
});
