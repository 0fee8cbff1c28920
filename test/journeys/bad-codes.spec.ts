import { Citizen, freshPhone } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

describe.each(PROVINCES)('what a bad code or picture gets at registration (%s)', (province) => {
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

  it('R-2.1 a code: wrong, sixth try, then void; each with its own code', async () => {
    const { sent, code } = await withCode();
    const wrong = code === '000000' ? '111111' : '000000';
    const left: string[] = [];
    let page = sent;
    for (let tries = 1; tries <= 5; tries += 1) {
      page = await page.press('register-submit', { smsCode: wrong, agreement: 'yes' });
      left.push(page.codeAt('smsCode') as string);
    }
    expect(left).toEqual([
      'sms-code.wrong',
      'sms-code.wrong',
      'sms-code.wrong',
      'sms-code.wrong',
      'sms-code.too-many-tries',
    ]);
    const sixth = await page.press('register-submit', { smsCode: code, agreement: 'yes' });
    expect(sixth.codeAt('smsCode')).toBe('sms-code.too-many-tries');
  });

  it('R-2.1 a code expires after five minutes, by the clock', async () => {
    const { sent, code } = await withCode();
    service.clock.advance(5 * 60 + 1);
    const refused = await sent.press('register-submit', { smsCode: code, agreement: 'yes' });
    expect(refused.codeAt('smsCode')).toBe('sms-code.expired');
  });

  it('R-2.1 refuses a code the second time', async () => {
    const { citizen, sent, code } = await withCode();
    const { action, fields } = sent.form('register-submit');
    const done = await citizen.browser.copy().post(action, { ...fields, smsCode: code, agreement: 'yes' });
    expect(done.path).toMatch(/verification$/);
    const again = await citizen.browser.copy().post(action, { ...fields, smsCode: code, agreement: 'yes' });
    expect([again.status, again.codes]).toEqual([410, ['interaction.expired']]);
  });

  it('R-2.1 a code sent to another number does not count', async () => {
    const { sent, code } = await withCode();
    const refused = await sent.press('register-submit', { phone: freshPhone(), smsCode: code, agreement: 'yes' });
    expect(refused.codeAt('smsCode')).toBe('sms-code.other-number');
  });

  it('R-2.1 a code of another journey does not count', async () => {
    const { citizen, code } = await withCode();
    const { page } = await newcomer();
    const refused = await page.press('register-submit', {
      phone: citizen.phone,
      password: citizen.password,
      smsCode: code,
      agreement: 'yes',
    });
    expect(refused.codeAt('smsCode')).toBe('sms-code.none');
  });

  it('R-2.1 a second message waits 60 seconds, and says how long; then it works', async () => {
    const { citizen, sent } = await withCode();
    const soon = await sent.press('sms-send', await citizen.captcha(sent));
    expect([soon.status, soon.codeAt('smsCode')]).toEqual([429, 'sms.too-soon']);
    expect(Number(soon.headers.get('retry-after'))).toBeGreaterThan(0);
    service.clock.advance(61);
    const again = await soon.press('sms-send', await citizen.captcha(soon));
    expect(again.text).toContain('已发送');
    const done = await again.press('register-submit', { smsCode: await citizen.codeFor(), agreement: 'yes' });
    expect(done.path).toMatch(/verification$/);
  });

  it('R-2.1 caps messages to a number, whoever asks', async () => {
    const phone = freshPhone();
    // From the beginning of an hour, so that all of it falls into one.
    service.clock.advance(3600 - (Math.floor(service.clock.ms() / 1000) % 3600));
    const codes: string[] = [];
    for (let ask = 0; ask < 6; ask += 1) {
      const { citizen, page } = await newcomer();
      citizen.phone = phone;
      const answer = await citizen.asksForCode(page);
      codes.push(answer.codes[0] ?? 'sent');
      service.clock.advance(61);
    }
    expect(codes.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'sent'));
    expect(codes[5]).toBe('sms.hour-cap-number');
  });

  if (province === 'hubei') {
    it('R-2.2 the picture: wrong, reused, expired, another’s; always a new one; upper and lower case alike', async () => {
      const { citizen, page } = await newcomer();
      const base = { phone: citizen.phone, password: citizen.password };
      const wrong = await page.press('sms-send', { ...base, captcha: 'xxxxx' });
      expect(wrong.codeAt('captcha')).toBe('captcha.wrong');
      expect(wrong.value('captchaId')).not.toBe(page.value('captchaId'));
      const reused = await page.press('sms-send', { ...base, captcha: 'xxxxx' });
      expect(reused.codeAt('captcha')).toBe('captcha.expired');
      const answer = await citizen.captcha(reused);
      service.clock.advance(5 * 60 + 1);
      const expired = await reused.press('sms-send', { ...base, ...answer });
      expect(expired.codeAt('captcha')).toBe('captcha.expired');
      const { citizen: other, page: others } = await newcomer();
      const foreign = await expired.press('sms-send', {
        ...base,
        captchaId: others.value('captchaId') as string,
        ...(await other.captcha(others)),
      });
      expect(foreign.codeAt('captcha')).toBe('captcha.expired');
      const missing = await foreign.press('sms-send', base);
      expect(missing.codeAt('captcha')).toBe('captcha.missing');
      const shown = [page, wrong, reused, expired, foreign, missing].map((one) => one.value('captchaId'));
      expect(new Set(shown).size).toBe(shown.length);
      const { captcha } = await citizen.captcha(missing);
      const sent = await missing.press('sms-send', { ...base, captcha: (captcha as string).toLowerCase() });
      expect(sent.text).toContain('已发送');
    });

    it('R-2.2 one answer covers two resends to the same number, not another number', async () => {
      const { citizen, sent } = await withCode();
      expect(sent.has('#captcha-image')).toBe(false);
      service.clock.advance(61);
      const second = await sent.press('sms-send');
      expect(second.text).toContain('已发送');
      service.clock.advance(61);
      const other = await second.press('sms-send', { phone: freshPhone() });
      expect(other.codeAt('captcha')).toBe('captcha.missing');
      expect(citizen.phone).toBeDefined();
    });
  } else {
    it('R-2.2 no picture until limits ask for one', async () => {
      const fresh = await startService(province, { SITES_FILE: sitesFile([site.metadata()]) });
      const citizen = new Citizen(fresh);
      const first = await citizen.browser.open(`${fresh.origin}/account/start?create=1`);
      expect(first.has('#captcha-image')).toBe(false);
      await fresh.close();
      const { page } = await newcomer();
      expect(page.has('#captcha-image')).toBe(true);
    });
  }
});
