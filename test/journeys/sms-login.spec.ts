import { Citizen } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;

describe.each(PROVINCES)('login by SMS code (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site');
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]) });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const smsPage = async (citizen: Citizen): Promise<Page> => {
    const login = await citizen.browser.open(await site.loginUrl(service.origin));
    return citizen.browser.open(`${login.url.href}?method=sms`);
  };
  const asks = async (citizen: Citizen, page: Page): Promise<Page> =>
    page.press('sms-send', { phone: citizen.phone, ...(await citizen.captcha(page)) });
  /** Somebody with an account at a browser of their own, after the minute between two messages. */
  const owner = async (): Promise<Citizen> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    await citizen.waits(MINUTE + 1);
    return citizen;
  };
  const elsewhere = (citizen: Citizen): Citizen => Object.assign(new Citizen(service), { phone: citizen.phone });

  it('number, picture where the province asks for one, code: logged in by SMS alone', async () => {
    const citizen = elsewhere(await owner());
    const sent = await asks(citizen, await smsPage(citizen));
    expect(sent.path).toMatch(/\/login\?method=sms$/);
    expect(sent.value('phone')).toBe(citizen.phone);
    expect((await sent.press('login-submit', { smsCode: await citizen.codeFor() })).title).toBe('logged in');
    expect(site.lastLogin.claims.amr).toEqual(['sms']);
  });

  it('Enter does what is due: first the message, then the login', async () => {
    const citizen = elsewhere(await owner());
    const page = await smsPage(citizen);
    const sent = await page.press('default-submit', { phone: citizen.phone, ...(await citizen.captcha(page)) });
    expect(sent.text).toContain('已发送');
    expect((await sent.press('default-submit', { smsCode: await citizen.codeFor() })).title).toBe('logged in');
  });

  it('a number without an account (login.no-account) goes on to registration with its proved code', async () => {
    const citizen = new Citizen(service);
    const sent = await asks(citizen, await smsPage(citizen));
    const registration = await sent.press('login-submit', { smsCode: await citizen.codeFor() });
    expect(registration.path).toMatch(/\/register\/person$/);
    expect([registration.value('phone'), registration.has('#smsCode')]).toEqual([citizen.phone, false]);
    const other = await registration.press('register-submit', {
      phone: '13712345678',
      password: citizen.password,
      agreement: 'yes',
    });
    expect(other.codeAt('smsCode')).toBe('sms-code.missing');
    const done = await registration.press('register-submit', { password: citizen.password, agreement: 'yes' });
    expect(done.path).toMatch(/verification$/);
  });

  it('a wrong code, one sent to another number, and one used twice are refused', async () => {
    const citizen = elsewhere(await owner());
    const sent = await asks(citizen, await smsPage(citizen));
    const code = await citizen.codeFor();
    const wrong = code === '000000' ? '111111' : '000000';
    expect((await sent.press('login-submit', { smsCode: wrong })).codeAt('smsCode')).toBe('sms-code.wrong');
    const other = await sent.press('login-submit', { phone: '13800138000', smsCode: code });
    expect(other.codeAt('smsCode')).toBe('sms-code.other-number');
    expect((await sent.press('login-submit', { smsCode: '' })).codeAt('smsCode')).toBe('sms-code.missing');
    const { action, fields } = sent.form('login-submit');
    const body = new URLSearchParams({ ...fields, smsCode: code }).toString();
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => citizen.browser.request('POST', action, body, { origin: service.origin })),
    );
    const entered = answers.filter(({ headers }) => headers.get('location')?.includes('/oidc/auth/'));
    expect(entered).toHaveLength(1);
  });

  it('a disabled account is told so after the code', async () => {
    const citizen = new Citizen(service);
    citizen.phone = '13900000003';
    await citizen.waits(MINUTE + 1);
    const sent = await asks(citizen, await smsPage(citizen));
    const refused = await sent.press('login-submit', { smsCode: await citizen.codeFor() });
    expect(refused.codeAt('phone')).toBe('login.disabled');
  });

  it('a code for logging in does not count for a registration', async () => {
    const citizen = new Citizen(service);
    const page = await smsPage(citizen);
    await asks(citizen, page);
    const code = await citizen.codeFor();
    const registration = await page.follow('register');
    const refused = await registration.press('register-submit', {
      phone: citizen.phone,
      password: citizen.password,
      smsCode: code,
      agreement: 'yes',
    });
    expect(refused.codeAt('smsCode')).toBe('sms-code.none');
  });

  it('a legal entity has no such login', async () => {
    const citizen = new Citizen(service);
    const page = await smsPage(citizen);
    const entity = await citizen.browser.open(`${page.url.href}&kind=entity`);
    expect([entity.has('#identifier'), entity.has('#phone')]).toEqual([true, false]);
  });

  it('where a site asks for a legal entity, the tabs lead to a person, and the message is sent there', async () => {
    const citizen = new Citizen(service);
    const entity = await citizen.browser.open(await site.loginUrl(service.origin, { kind: 'entity' }));
    expect(entity.all('.tabs .current')[0]?.text).toBe('法人');
    const tab = async (page: Page, text: string): Promise<Page> => {
      const link = page.all('.tabs a').find((one) => one.text === text);
      return citizen.browser.open(new URL(link?.getAttribute('href') as string, page.url).href);
    };
    const person = await tab(entity, province === 'hubei' ? '自然人' : '个人');
    const sms = await tab(person, '短信验证码');
    const sent = await sms.press('sms-send', { phone: citizen.phone, ...(await citizen.captcha(sms)) });
    expect([sent.has('#smsCode'), sent.text.includes('已发送')]).toEqual([true, true]);
  });
});
