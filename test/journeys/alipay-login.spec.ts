import { AlipayBindings } from '../../src/identity/alipay/alipay-bindings.service.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Database } from '../../src/storage/transactions.js';
import { alipayFile, alipayUser, byAlipay } from '../support/alipay-users.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { residentsFile } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const { residents, file: residentsPath } = residentsFile(12);
const people = residents.map((who) => alipayUser(who));
const plain = Array.from({ length: 6 }, () => alipayUser({ certified: false }));

describe.each(PROVINCES)('Alipay (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let nextPerson = 0;
  let nextPlain = 0;

  beforeAll(async () => {
    site = await TestSite.start('city', '武汉');
    service = await startService(province, {
      SITES_FILE: sitesFile([site.metadata()]),
      STUB_ALIPAY_FILE: alipayFile([...people, ...plain]),
      STUB_RESIDENTS_FILE: residentsPath,
      LIMITS: 'off',
    });
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const someone = () => people[(nextPerson += 1) - 1] as (typeof people)[number];
  const uncertified = () => plain[(nextPlain += 1) - 1] as (typeof plain)[number];
  const loginPage = async (browser = new Browser(), more: Record<string, string> = {}): Promise<Page> =>
    browser.open(await site.loginUrl(service.origin, more));
  const agree = { agreement: 'yes' };
  const registered = async (user = someone(), browser = new Browser()) => {
    const page = await byAlipay(await loginPage(browser), user);
    const done = await page.press('alipay-register-submit', agree);
    return { user, browser, done, sub: site.lastLogin?.claims.sub };
  };
  const amrOf = () => site.lastLogin.claims['amr'];
  const acrOf = () => site.lastLogin.claims.acr;

  it('R-2.6 a certified person (alipay.unknown) registers by accepting the agreement: verified at level 2, without a password', async () => {
    const user = someone();
    const page = await byAlipay(await loginPage(), user);
    expect([page.status, page.title]).toEqual([200, '用支付宝注册']);
    for (const secret of [user.name, user.idNumber, user.phone]) expect(page.html).not.toContain(secret);
    const done = await page.press('alipay-register-submit', agree);
    expect(done.title).toBe('logged in');
    expect([amrOf(), acrOf()]).toEqual([['fed'], 'urn:tongxing:level:2']);
    const centre = await loginCentre(user);
    expect(centre.all('#level-text')[0]?.getAttribute('data-level')).toBe('2');
    expect(centre.text).toContain('已绑定');
    expect(centre.has('#note-no-password')).toBe(true);
  });

  const loginCentre = async (user: (typeof people)[number]): Promise<Page> => {
    const page = await new Browser().open(`${service.origin}/account`);
    return byAlipay(page, user);
  };

  it('R-4.3 a known user is straight in, by password or by scan, on whatever page of a person’s login', async () => {
    const { user, sub } = await registered();
    const browser = new Browser();
    const again = await byAlipay(await browser.open((await loginPage(browser)).url.href), user);
    expect([again.title, site.lastLogin.claims.sub, amrOf()]).toEqual(['logged in', sub, ['fed']]);

    const scanning = new Browser();
    const atLogin = await loginPage(scanning);
    const bySms = await scanning.open(`${atLogin.url.href}?method=sms`);
    const page = await bySms.follow('login-alipay');
    const [link] = page.all('#alipay-scan').map((node) => node.getAttribute('href') as string);
    expect((await page.press('alipay-scan-check')).text).toContain('手机上还没有确认');
    const phone = await new Browser().open(link as string);
    await phone.press('alipay-scan-confirm', { account: user.userId });
    expect((await page.press('alipay-scan-check')).title).toBe('logged in');
    expect(site.lastLogin.claims.sub).toBe(sub);
    expect((await scanning.open(`${atLogin.url.href}?kind=entity`)).has('#login-alipay')).toBe(false);
  });

  it('R-2.6 the agreement is asked for once, and nothing is made without it', async () => {
    const user = someone();
    const page = await byAlipay(await loginPage(), user);
    const refused = await page.press('alipay-register-submit');
    expect([refused.status, refused.codeAt('agreement')]).toEqual([422, 'agreement.not-accepted']);
    const old = await refused.press('alipay-register-submit', { ...agree, agreementVersion: '1999-1' });
    expect(old.codes).toContain('agreement.outdated');
    expect(
      (
        await old.press('alipay-register-submit', {
          ...agree,
          agreementVersion: page.value('agreementVersion') as string,
        })
      ).title,
    ).toBe('logged in');
    expect((await byAlipay(await loginPage(), user)).title).toBe('logged in');
  });

  it('reload and Back do no harm: the page stays, and there is one account', async () => {
    const user = someone();
    const browser = new Browser();
    const page = await byAlipay(await loginPage(browser), user);
    expect((await browser.open(page.url.href)).title).toBe('用支付宝注册');
    await page.press('alipay-register-submit', agree);
    const { sub } = site.lastLogin.claims;
    const late = await browser.open(page.url.href);
    expect(late.codes).toEqual(['interaction.expired']);
    expect((await byAlipay(await loginPage(), user)).title).toBe('logged in');
    expect(site.lastLogin.claims.sub).toBe(sub);
  });

  it('two posts at once make one account', async () => {
    const user = someone();
    const page = await byAlipay(await loginPage(), user);
    await Promise.all([page.press('alipay-register-submit', agree), page.press('alipay-register-submit', agree)]);
    const rows = await service.app
      .get(Database)
      .query(`select 1 from identifiers where kind = 'alipay' and created_at > now() - interval '5 seconds'`);
    expect(rows.length).toBeGreaterThan(0);
    expect((await byAlipay(await loginPage(), user)).title).toBe('logged in');
  });

  it('R-2.6 who is not certified proves a number and gets an unverified account', async () => {
    const user = uncertified();
    const citizen = new Citizen(service);
    const page = await byAlipay(await loginPage(citizen.browser), user);
    expect(page.has('#phone')).toBe(true);
    const sent = await page.press('sms-send', { phone: citizen.phone, ...(await citizen.captcha(page)) });
    const wrong = await sent.press('alipay-register-submit', { smsCode: '000000', ...agree });
    expect(wrong.codeAt('smsCode')).toBe('sms-code.wrong');
    const smsCode = await citizen.codeFor();
    expect((await wrong.press('alipay-register-submit', { smsCode, agreement: '' })).codeAt('agreement')).toBe(
      'agreement.not-accepted',
    );
    const verification = await wrong.press('alipay-register-submit', { smsCode, ...agree });
    expect(verification.has('#verification-skip')).toBe(true);
    expect((await verification.press('verification-skip')).title).toBe('logged in');
    expect([amrOf(), acrOf()]).toEqual([['fed', 'sms'], 'urn:tongxing:level:0']);
    expect((await byAlipay(await loginPage(), user)).title).toBe('logged in');
  });

  it('a number that has an account makes no second one', async () => {
    const owner = new Citizen(service);
    await owner.hasAccount(await site.loginUrl(service.origin));
    const page = await byAlipay(await loginPage(), uncertified());
    const sent = await page.press('sms-send', { phone: owner.phone, ...(await owner.captcha(page)) });
    const taken = await sent.press('alipay-register-submit', { smsCode: await owner.codeFor(), ...agree });
    expect([taken.path.endsWith('/register/taken'), taken.codes]).toEqual([true, ['phone.taken']]);
  });

  it('R-2.6 Alipay’s number is a contact: it blocks nobody, and no code to it logs in', async () => {
    const { user } = await registered();
    const stranger = Object.assign(new Citizen(service), { phone: user.phone });
    const own = await stranger.hasAccount(await site.loginUrl(service.origin));
    expect(own.title).toBe('logged in');
    expect(acrOf()).toBe('urn:tongxing:level:0');
  });

  it('R-2.7 the reset finds the contact by name and last 6, makes it the number, and sets the first password', async () => {
    const { user, sub } = await registered();
    const citizen = Object.assign(new Citizen(service), { phone: user.phone });
    const person = await citizen.resets(await loginPage(citizen.browser));
    expect(person.path).toMatch(/\/reset\/person$/);
    const last6 = (user.idNumber as string).slice(-6);
    const wrong = await person.press('reset-prove', { name: '甄不是', idNumberLast6: last6 });
    expect([wrong.status, wrong.codes]).toEqual([422, ['proof.identity-wrong']]);
    const password = await wrong.press('reset-prove', { name: user.name as string, idNumberLast6: last6 });
    expect((await password.press('reset-submit', { password: citizen.password })).title).toBe('logged in');
    expect(site.lastLogin.claims.sub).toBe(sub);
    const again = Object.assign(new Citizen(service), { phone: user.phone });
    expect((await again.logsIn(await loginPage(again.browser))).title).toBe('logged in');
    expect([site.lastLogin.claims.sub, acrOf()]).toEqual([sub, 'urn:tongxing:level:2']);
  });

  it('R-2.7 whoever has the number and is not the person goes on to registration', async () => {
    const { user } = await registered();
    const stranger = Object.assign(new Citizen(service), { phone: user.phone });
    const person = await stranger.resets(await loginPage(stranger.browser));
    const register = await person.follow('register');
    expect(register.has('#phone-proved')).toBe(true);
    const { sub } = site.lastLogin.claims;
    const done = await register.press('register-submit', { password: stranger.password, ...agree });
    expect((await done.press('verification-skip')).title).toBe('logged in');
    expect(site.lastLogin.claims.sub).not.toBe(sub);
  });

  it('a disabled account is not opened', async () => {
    const { user, sub } = await registered();
    await service.app.get(Database).transaction(async (tx) => service.app.get(Accounts).disable(tx, sub as string));
    const page = await byAlipay(await loginPage(), user);
    expect([page.status, page.codes]).toEqual([403, ['login.disabled']]);
    expect((await page.follow('onward')).has('#login-submit')).toBe(true);
  });

  it('R-3.4 one Alipay user opens one account, and the table says whose', async () => {
    const { user, sub } = await registered();
    const rows = await service.app
      .get(Database)
      .query<{ id: string }>(`select account_id as id from identifiers where kind = 'alipay' and account_id = $1`, [
        sub,
      ]);
    expect(rows).toHaveLength(1);
    expect(await service.app.get(AlipayBindings).since(sub as string)).toBeInstanceOf(Date);
    expect(JSON.stringify(rows)).not.toContain(user.userId);
  });
});
