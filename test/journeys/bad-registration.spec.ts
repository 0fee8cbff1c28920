import { jest } from '@jest/globals';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Citizen, freshPhone } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

describe.each(PROVINCES)('what bad input gets at registration (%s)', (province) => {
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

  const newcomer = async (): Promise<{ citizen: Citizen; page: Page }> => {
    const citizen = new Citizen(service);
    const page = await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'create' }));
    return { citizen, page };
  };

  /** Somebody whose code is on its way. */
  const withCode = async () => {
    const { citizen, page } = await newcomer();
    const sent = await citizen.asksForCode(page);
    return { citizen, sent, code: await citizen.codeFor() };
  };

  it.each([
    ['1380000000', 'phone.malformed'],
    ['027-87654321', 'phone.landline'],
    ['+1 2025550123', 'phone.foreign'],
    ['', 'phone.missing'],
    ['138\u202e00000000', 'form.control-characters'],
    ['138\u000000000000', 'form.control-characters'],
  ])('R-2.1 number %j: 422, the message at the field, the rest kept', async (phone, code) => {
    const { citizen, page } = await newcomer();
    const refused = await page.press('sms-send', {
      phone,
      password: citizen.password,
      ...(await citizen.captcha(page)),
    });
    expect(refused.status).toBe(422);
    expect(refused.codeAt('phone')).toBe(code);
    expect(refused.html).not.toContain(citizen.password);
    expect(refused.html).toContain('<title>错误：');
  });

  it.each([
    ['abcdefgh', 'password.one-kind'],
    ['12345678', 'password.one-kind'],
    ['a1!', 'password.short'],
    [`a1${'x'.repeat(130)}`, 'password.long'],
    ['woaini1314', 'password.common'],
    ['P@ssw0rd', 'password.common'],
    ['', 'password.missing'],
  ])('R-2.3 password %j is refused at the field as %s', async (password, code) => {
    const { citizen, page } = await newcomer();
    const refused = await page.press('sms-send', { phone: citizen.phone, password, ...(await citizen.captcha(page)) });
    expect([refused.status, refused.codeAt('password')]).toEqual([422, code]);
    expect(refused.value('phone')).toBe(citizen.phone);
  });

  it('R-2.3 refuses the number as a password, and takes Chinese and emoji as symbols', async () => {
    const { citizen, page } = await newcomer();
    const same = await page.press('sms-send', { phone: citizen.phone, password: citizen.phone });
    expect(same.codeAt('password')).toBe('password.equals-number');
    const answer = await same.press('sms-send', {
      phone: citizen.phone,
      password: '长江后浪推前浪2026🌊',
      ...(await citizen.captcha(same)),
    });
    expect(answer.text).toContain('已发送');
  });

  it('R-2.1 a form posted twice makes one account, and both tabs see where it stands', async () => {
    const { citizen, sent, code } = await withCode();
    const { action, fields } = sent.form('register-submit');
    const values = { ...fields, smsCode: code, agreement: 'yes' };
    const answers = await Promise.all([
      citizen.browser.copy().post(action, values),
      citizen.browser.copy().post(action, values),
    ]);
    const ends = answers.map(({ path, codes }) => codes[0] ?? path.split('/').at(-1));
    expect(ends).toContain('verification');
    for (const end of ends) {
      expect(['verification', 'sms-code.used', 'phone.taken', 'interaction.expired']).toContain(end);
    }
  });

  it('R-2.1 what was typed, the tick included, is there after the message, after a reload and in another tab', async () => {
    const { citizen, page } = await newcomer();
    const { phone, password } = citizen;
    const ticked = { phone, password, agreement: 'yes', ...(await citizen.captcha(page)) };
    const sent = await page.press('sms-send', ticked);
    const reloaded = await citizen.browser.open(sent.url.href);
    for (const shown of [sent, reloaded, await citizen.browser.copy().open(page.url.href)]) {
      expect([shown.value('phone'), shown.value('password')]).toEqual([phone, undefined]);
      expect(shown.all('#agreement[checked]')).toHaveLength(1);
      expect(shown.text).toContain('密码已记下');
      expect(shown.html).not.toContain(password);
    }
    const done = await reloaded.press('register-submit', { smsCode: await citizen.codeFor() });
    expect(done.path).toMatch(/verification$/);
  });

  it('R-2.4 the new text is on the page that refuses an old version', async () => {
    const { sent, code } = await withCode();
    const old = await sent.press('register-submit', { smsCode: code, agreement: 'yes', agreementVersion: '2001-01' });
    expect(old.codeAt('agreement')).toBe('agreement.outdated');
    expect(old.all('.agreement')[0]?.text).toContain('这份协议说明什么');
    expect(old.value('agreementVersion')).not.toBe('2001-01');
    expect(old.all('#agreement[checked]')).toHaveLength(0);
  });

  it('R-2.4 refuses without the tick, and a form from an old agreement; no try of the code is spent', async () => {
    const { sent, code } = await withCode();
    const unticked = await sent.press('register-submit', { smsCode: code });
    expect(unticked.codeAt('agreement')).toBe('agreement.not-accepted');
    const old = await unticked.press('register-submit', {
      smsCode: code,
      agreement: 'yes',
      agreementVersion: '2001-01',
    });
    expect(old.codeAt('agreement')).toBe('agreement.outdated');
    const done = await old.press('register-submit', { smsCode: code, agreement: 'yes' });
    expect(done.path).toMatch(/verification$/);
  });

  it('tells who has an account only after the code is proved, and signs nobody in', async () => {
    const known = new Citizen(service);
    await known.hasAccount(await site.loginUrl(service.origin));
    service.clock.advance(61);
    const { citizen, page } = await newcomer();
    const { sent: strangersSent } = await withCode();
    citizen.phone = known.phone;
    const looked = jest.spyOn(service.app.get(Accounts), 'find');
    const sent = await citizen.asksForCode(page);
    const plain = (text: string) => text.replace(/1\d{2}\*{4}\d{4}/g, 'N').replace(/\d+ 秒/g, 'S');
    expect(plain(sent.text)).toBe(plain(strangersSent.text));
    // Nor by time: nobody has looked.
    expect(looked.mock.calls).toEqual([]);
    looked.mockRestore();
    const told = await sent.press('register-submit', { smsCode: await citizen.codeFor(), agreement: 'yes' });
    expect(told.codes).toContain('phone.taken');
    expect((await citizen.browser.open(told.url.href)).codes).toEqual(['phone.taken']);
    expect((await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'none' }))).text).toBe(
      'login_required',
    );
    const login = await told.follow('onward');
    expect(login.has('#login-submit')).toBe(true);
  });

  it('registers a number once, however many ask at once', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, async () => newcomer()));
    const phone = freshPhone();
    const forms: { citizen: Citizen; sent: Page; code: string }[] = [];
    for (const { citizen, page } of people.slice(0, 4)) {
      citizen.phone = phone;
      const sent = await citizen.asksForCode(page);
      forms.push({ citizen, sent, code: await citizen.codeFor() });
      service.clock.advance(61);
    }
    const answers = await Promise.all(
      forms.map(async ({ sent, code }) => sent.press('register-submit', { smsCode: code, agreement: 'yes' })),
    );
    expect(answers.filter(({ path }) => path.endsWith('verification'))).toHaveLength(1);
    expect(answers.filter(({ codes }) => codes.includes('phone.taken'))).toHaveLength(3);
  });
});
