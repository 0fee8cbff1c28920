import type { Page } from '../support/browser.js';
import { Citizen, freshPhone } from '../support/citizen.js';
import { residentsFile } from '../support/residents.js';
import type { Resident } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const DAY = 24 * 3600;
const PATH = '/account/lost-number';

describe.each(PROVINCES)('number lost, signed in (%s)', (province) => {
  const { file, residents: people } = residentsFile(12);
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site');
    const sites = sitesFile([site.metadata()]);
    service = await startService(province, { SITES_FILE: sites, STUB_RESIDENTS_FILE: file });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const resident = () => people.pop() as Resident;
  const loginPage = async (citizen: Citizen): Promise<Page> =>
    citizen.browser.open(await site.loginUrl(service.origin));
  const open = async (citizen: Citizen, path = PATH): Promise<Page> => citizen.browser.open(service.origin + path);
  const person = async (who?: Resident): Promise<Citizen> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin), who);
    await citizen.waits(MINUTE + 1);
    return citizen;
  };
  /** Signed in elsewhere by an SMS code alone. */
  const bySms = async ({ phone }: Citizen): Promise<Citizen> => {
    const other = Object.assign(new Citizen(service), { phone });
    const page = await other.browser.open(`${(await loginPage(other)).url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone, ...(await other.captcha(page)) });
    await sent.press('login-submit', { smsCode: await other.codeFor() });
    await other.waits(MINUTE + 1);
    return other;
  };
  const movesTo = async (citizen: Citizen, page: Page, phone: string): Promise<Page> => {
    const sent = await page.press('sms-send', { phone });
    return sent.press('lost-number-submit', { smsCode: await citizen.codeFor(phone) });
  };

  it.each(['verified', 'unverified'])(
    'R-8.1 with a login by password no code of the old number is needed (%s): moves at once, this session stays',
    async (state) => {
      const citizen = await person(state === 'verified' ? resident() : undefined);
      const other = Object.assign(new Citizen(service), { phone: citizen.phone });
      await other.logsIn(await loginPage(other));
      const phone = freshPhone();
      const page = await (await open(citizen, '/account/phone')).follow('lost-number');
      const done = await movesTo(citizen, page, phone);
      expect([done.path, done.text.includes(`${phone.slice(0, 3)}****${phone.slice(-4)}`)]).toEqual([
        '/account/phone/changed',
        true,
      ]);
      expect((await open(other, '/account')).path).toContain('/interaction/');
      expect(await citizen.notice()).toContain('刚刚更换了手机号');
      expect(await citizen.notice(phone)).toContain('刚刚更换了手机号');
      expect((await other.logsIn(await loginPage(other), phone)).title).toBe('logged in');
      if (state === 'verified') expect((await open(citizen)).codes).toEqual(['proof.closed']);
    },
  );

  it('DESIGN 6 signed in by SMS alone: the password moves at once, name and ID number after 7 days', async () => {
    const who = resident();
    const owner = await person(who);
    const citizen = await bySms(owner);
    const proof = await open(citizen);
    expect(proof.path).toBe('/account/proof?act=lost-number');
    const later = await (await proof.follow('proof-other')).press('proof-submit', { ...who });
    expect([later.path, later.has('#by-password')]).toEqual([PATH, true]);
    const phone = freshPhone();
    const waiting = await movesTo(citizen, later, phone);
    expect([waiting.path, waiting.has('#lost-number-stop')]).toEqual([PATH, true]);
    expect((await owner.messages())[0]?.text).toContain('停止码');
    expect((await open(owner, '/account')).has('#note-number-move')).toBe(true);
    expect((await open(owner)).text).toBe(waiting.text);

    await waiting.press('lost-number-stop');
    const again = await (await (await open(citizen)).follow('proof-other')).press('proof-submit', { ...who });
    await citizen.waits(MINUTE);
    const refused = await movesTo(citizen, again, freshPhone());
    expect([refused.status, refused.codeAt('phone')]).toEqual([422, 'lost-number.resting']);
    const now = await (await open(citizen)).press('proof-submit', { password: citizen.password });
    expect(now.has('#by-password')).toBe(false);
    expect((await movesTo(citizen, now, freshPhone())).path).toBe('/account/phone/changed');
  });

  it('the 7 days pass: the number moves, every session ends, the old password is dead', async () => {
    const who = resident();
    const citizen = await bySms(await person(who));
    const later = await (await (await open(citizen)).follow('proof-other')).press('proof-submit', { ...who });
    const phone = freshPhone();
    await movesTo(citizen, later, phone);
    await citizen.waits(7 * DAY);
    expect(await citizen.notice(phone)).toContain('已改绑到新手机号');
    const other = new Citizen(service);
    expect((await other.logsIn(await loginPage(other), phone)).codes).toEqual(['login.failed']);
  });

  it('the same number, another account’s and a wrong code are refused; what was typed stays', async () => {
    const [citizen, neighbour] = [await person(resident()), await person()];
    const page = await open(citizen);
    const same = await page.press('sms-send', { phone: citizen.phone });
    expect([same.status, same.codeAt('phone'), same.value('phone')]).toEqual([422, 'phone.same', citizen.phone]);
    expect((await page.press('lost-number-submit', { phone: freshPhone() })).codeAt('smsCode')).toBe(
      'sms-code.missing',
    );
    const sent = await page.press('sms-send', { phone: neighbour.phone });
    expect((await sent.press('lost-number-submit', { smsCode: '000000' })).codeAt('smsCode')).toBe('sms-code.wrong');
    const taken = await sent.press('lost-number-submit', { smsCode: await citizen.codeFor(neighbour.phone) });
    expect([taken.status, taken.codeAt('phone')]).toEqual([422, 'phone.taken-elsewhere']);
    expect((await taken.press('sms-send', { phone: 'x' })).codeAt('phone')).toBe('phone.malformed');
  });

  it('a form of another session, or after the session, does nothing', async () => {
    const [citizen, stranger] = [await person(resident()), await person()];
    const page = await open(citizen);
    const { action, fields } = page.form('sms-send');
    const foreign = await stranger.browser.post(action, { ...fields, phone: freshPhone() });
    expect([foreign.status, foreign.codes]).toEqual([403, ['form.token']]);
    const stop = await stranger.browser.post(`${action}/stop`, { _csrf: fields['_csrf'] as string });
    expect([stop.status, stop.codes]).toEqual([403, ['form.token']]);
    citizen.browser.forgetCookies(service.origin);
    const ended = await page.press('sms-send', { phone: freshPhone() });
    expect([ended.status, ended.codes]).toEqual([403, ['session.ended']]);
  });
});
