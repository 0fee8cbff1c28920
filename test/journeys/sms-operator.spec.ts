import { AliyunStandIn } from '../support/aliyun.js';
import { Citizen } from '../support/citizen.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

describe.each(PROVINCES)('messages by the operator (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let operator: AliyunStandIn;

  beforeAll(async () => {
    [site, operator] = await Promise.all([TestSite.start('site'), AliyunStandIn.start()]);
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]), ...operator.smsEnv });
  });
  afterAll(async () => {
    await service.close();
    await site.close();
    await operator.close();
  });
  beforeEach(() => {
    operator.mood = 'answers';
    operator.smsCode = 'OK';
  });

  const asking = async (citizen: Citizen) =>
    citizen.asksForCode(await citizen.browser.open(await site.loginUrl(service.origin, { prompt: 'create' })));
  const codeIn = (phone: string): string => operator.messages(phone)[0]?.code as string;

  it('R-2.1 a registration by a code that the operator sent, and the notice of another template', async () => {
    const citizen = new Citizen(service);
    const sent = await asking(citizen);
    const verification = await sent.press('register-submit', { smsCode: codeIn(citizen.phone), agreement: 'yes' });
    expect(verification.path).toMatch(/verification$/);
    await verification.press('verification-skip');
    const page = await citizen.browser.open(`${service.origin}/account/password`);
    const fields = { currentPassword: citizen.password, password: 'Donghu-Spring-88' };
    const taken = operator.taken.length;
    await page.press('password-submit', fields);
    await operator.hasTaken(taken + 1);
    const [notice, code] = operator.messages(citizen.phone);
    expect(notice).toMatchObject({ template: expect.stringMatching(/^SMS_\d+$/), object: expect.any(String) });
    expect(notice?.template).not.toBe(code?.template);
    expect(notice?.code).toBeUndefined();
  });

  it('a notice whose answer was lost is not sent again within the minute', async () => {
    const citizen = new Citizen(service);
    const sent = await asking(citizen);
    await (
      await sent.press('register-submit', { smsCode: codeIn(citizen.phone), agreement: 'yes' })
    ).press('verification-skip');
    const page = await citizen.browser.open(`${service.origin}/account/password`);
    const before = operator.messages(citizen.phone).length;
    operator.mood = 'hangs up';
    await page.press('password-submit', { currentPassword: citizen.password, password: 'Donghu-Spring-88' });
    await citizen.waits(0);
    operator.mood = 'answers';
    await citizen.waits(55);
    expect(operator.messages(citizen.phone)).toHaveLength(before + 1);
    await citizen.waits(10);
    expect(operator.messages(citizen.phone)).toHaveLength(before + 2);
  });

  it('R-2.1 a lost answer: told as such, no second message within the minute, and the code that came counts', async () => {
    const citizen = new Citizen(service);
    operator.mood = 'hangs up';
    const unclear = await asking(citizen);
    expect([unclear.status, unclear.codeAt('smsCode')]).toEqual([503, 'sms.unclear']);
    expect(unclear.headers.get('retry-after')).toBe('60');
    operator.mood = 'answers';
    const again = await unclear.press('sms-send', await citizen.captcha(unclear));
    expect([again.status, again.codes]).toEqual([429, ['sms.too-soon']]);
    expect(operator.messages(citizen.phone)).toHaveLength(1);
    const done = await again.press('register-submit', { smsCode: codeIn(citizen.phone), agreement: 'yes' });
    expect(done.path).toMatch(/verification$/);
  });

  it('R-2.1 a lost message: after the minute another one is sent, and the first code is void', async () => {
    const citizen = new Citizen(service);
    operator.mood = 'talks nonsense';
    const unclear = await asking(citizen);
    operator.mood = 'answers';
    await citizen.waits(61);
    const first = codeIn(citizen.phone);
    const sent = await unclear.press('sms-send', await citizen.captcha(unclear));
    expect(sent.status).toBe(200);
    expect(operator.messages(citizen.phone)).toHaveLength(2);
    const second = codeIn(citizen.phone);
    if (first !== second) {
      const refused = await sent.press('register-submit', { smsCode: first, agreement: 'yes' });
      expect(refused.codeAt('smsCode')).toBe('sms-code.wrong');
    }
    const done = await sent.press('register-submit', { smsCode: second, agreement: 'yes' });
    expect(done.path).toMatch(/verification$/);
  });

  it.each([
    ['throttles', 'OK'],
    ['answers', 'isv.BUSINESS_LIMIT_CONTROL'],
  ] as const)(
    'R-2.1 an operator that %s with %s has sent nothing: neither wait nor answer is used up',
    async (mood, code) => {
      const citizen = new Citizen(service);
      operator.mood = mood;
      operator.smsCode = code;
      const refused = await asking(citizen);
      expect([refused.status, refused.codes]).toEqual([503, ['sms.unavailable']]);
      operator.mood = 'answers';
      operator.smsCode = 'OK';
      const sent = await refused.press('sms-send', await citizen.captcha(refused));
      expect(sent.status).toBe(200);
      expect(codeIn(citizen.phone)).toMatch(/^\d{6}$/);
    },
  );
});
