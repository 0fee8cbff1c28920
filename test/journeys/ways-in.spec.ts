import { Citizen, freshPhone } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const NEW_PASSWORD = 'Donghu-Spring-88';
const MINUTE = 60;
const DAY = 24 * 3600;

describe.each(PROVINCES)('changing a way in (%s)', (province) => {
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

  let next = 3;
  const resident = () => stubResidents()[(next += 1)] as { name: string; idNumber: string };
  const account = (path = '') => `${service.origin}/account${path}`;
  const person = async (who?: { name: string; idNumber: string }): Promise<Citizen> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin), who);
    await citizen.waits(MINUTE + 1);
    return citizen;
  };
  const elsewhere = async (citizen: Citizen): Promise<Citizen> => {
    const other = Object.assign(new Citizen(service), { phone: citizen.phone });
    await other.logsIn(await other.browser.open(await site.loginUrl(service.origin)));
    return other;
  };
  /** Signed in by an SMS code alone, after the minute between two messages. */
  const bySms = async (citizen: Citizen): Promise<Citizen> => {
    const other = Object.assign(new Citizen(service), { phone: citizen.phone });
    const login = await other.browser.open(await site.loginUrl(service.origin));
    const page = await other.browser.open(`${login.url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone: other.phone, ...(await other.captcha(page)) });
    await sent.press('login-submit', { smsCode: await other.codeFor() });
    await other.waits(MINUTE + 1);
    return other;
  };
  const movesTo = async (citizen: Citizen, page: Page, phone: string): Promise<Page> => {
    const old = await page.press('sms-send');
    const fresh = await old.press('phone-next', { smsCode: await citizen.codeFor() });
    const sent = await fresh.press('sms-send', { phone });
    return sent.press('phone-submit', { smsCode: await citizen.codeFor(phone) });
  };

  describe('password', () => {
    it('R-8.1 the present one, then the new one: other sessions end, this one stays, the account is told', async () => {
      const citizen = await person();
      const other = await elsewhere(citizen);
      const page = await citizen.browser.open(account('/password'));
      const done = await page.press('password-submit', { currentPassword: citizen.password, password: NEW_PASSWORD });
      expect([done.path, done.status]).toEqual(['/account/password?done=1', 200]);
      expect(await citizen.notice()).toContain('刚刚设置了新的登录密码');
      expect((await other.browser.open(account())).path).toContain('/interaction/');
      expect((await citizen.browser.open(account())).path).toBe('/account');
      const again = await other.browser.open(await site.loginUrl(service.origin));
      expect((await other.logsIn(again)).codes).toEqual(['login.failed']);
      expect((await other.logsIn(again, citizen.phone, NEW_PASSWORD)).title).toBe('logged in');
    });

    it('a wrong present one: 422 at its field, then waits; a weak new one spends no try', async () => {
      const citizen = await person();
      let page = await citizen.browser.open(account('/password'));
      page = await page.press('password-submit', { currentPassword: 'not-mine-1', password: 'short' });
      expect([page.codeAt('password'), page.codeAt('currentPassword')]).toEqual(['password.short', undefined]);
      for (let tries = 0; tries < 6; tries += 1) {
        page = await page.press('password-submit', { currentPassword: 'not-mine-1', password: NEW_PASSWORD });
        expect([page.status, page.codeAt('currentPassword')]).toEqual([422, 'proof.password-wrong']);
      }
      const wait = await page.press('password-submit', {
        currentPassword: citizen.password,
        password: NEW_PASSWORD,
      });
      expect([wait.status, wait.codes, wait.headers.get('retry-after')]).toEqual([429, ['login.wait'], '60']);
      await citizen.waits(MINUTE + 1);
      const right = { currentPassword: citizen.password, password: NEW_PASSWORD };
      expect((await page.press('password-submit', right)).path).toBe('/account/password?done=1');
    });
  });

  describe('number', () => {
    it('R-8.1 a code to the old number, a code to the new one: both are told, other sessions end', async () => {
      const citizen = await person();
      const other = await elsewhere(citizen);
      const phone = freshPhone();
      const done = await movesTo(citizen, await citizen.browser.open(account('/phone')), phone);
      expect(done.path).toBe('/account/phone/changed');
      expect(await citizen.notice(phone)).toContain('刚刚更换了手机号');
      expect(await citizen.notice()).toContain('刚刚更换了手机号');
      expect((await other.browser.open(account())).path).toContain('/interaction/');
      const login = await other.browser.open(await site.loginUrl(service.origin));
      expect((await other.logsIn(login)).codes).toEqual(['login.failed']);
      expect((await other.logsIn(login, phone)).title).toBe('logged in');
    });

    it('the number itself, another account’s, and a code sent to another number are refused; nothing is lost', async () => {
      const [citizen, neighbour] = [await person(), await person()];
      const old = await (await citizen.browser.open(account('/phone'))).press('sms-send');
      const page = await old.press('phone-next', { smsCode: await citizen.codeFor() });
      expect((await page.press('sms-send', { phone: citizen.phone })).codeAt('phone')).toBe('phone.same');
      const sent = await page.press('sms-send', { phone: neighbour.phone });
      const other = await sent.press('phone-submit', { phone: freshPhone(), smsCode: '123456' });
      expect(other.codeAt('smsCode')).toBe('sms-code.other-number');
      const taken = await sent.press('phone-submit', { smsCode: await citizen.codeFor(neighbour.phone) });
      expect([taken.status, taken.codeAt('phone')]).toEqual([422, 'phone.taken-elsewhere']);
      expect(taken.value('phone')).toBe(neighbour.phone);
      expect((await elsewhere(neighbour)).phone).toBe(neighbour.phone);
    });

    it('the second page is not reached without the code to the old number', async () => {
      const citizen = await person();
      expect((await citizen.browser.open(account('/phone/new'))).path).toBe('/account/phone');
      const page = await citizen.browser.open(account('/phone'));
      const refused = await page.press('phone-next', { smsCode: '000000' });
      expect(refused.codeAt('smsCode')).toBe('sms-code.none');
    });

    it('DESIGN 6 a session opened by SMS alone gives a proof first, by password or by name and ID number', async () => {
      const who = resident();
      const citizen = await bySms(await person(who));
      const proof = await citizen.browser.open(account('/phone'));
      expect(proof.path).toBe('/account/proof?act=phone');
      const wrong = await proof.press('proof-submit', { password: 'not-mine-1' });
      expect([wrong.status, wrong.codeAt('password')]).toEqual([422, 'proof.password-wrong']);
      const identity = await wrong.follow('proof-other');
      const notMine = await identity.press('proof-submit', { name: '李四', idNumber: who.idNumber });
      expect(notMine.codes).toEqual(['proof.identity-wrong']);
      const old = await notMine.press('proof-submit', { name: who.name, idNumber: who.idNumber });
      expect(old.path).toBe('/account/phone');
      expect((await movesTo(citizen, old, freshPhone())).path).toBe('/account/phone/changed');
    });

    it('DESIGN 6 a proof counts for its act, once; a login by password for five minutes', async () => {
      const citizen = await bySms(await person());
      const proof = await citizen.browser.open(account('/phone'));
      const old = await proof.press('proof-submit', { password: citizen.password });
      expect((await movesTo(citizen, old, freshPhone())).path).toBe('/account/phone/changed');
      expect((await citizen.browser.open(account('/phone'))).path).toBe('/account/proof?act=phone');

      const fresh = await elsewhere(await person());
      expect((await fresh.browser.open(account('/phone'))).path).toBe('/account/phone');
      await fresh.waits(5 * MINUTE);
      expect((await fresh.browser.open(account('/phone'))).path).toBe('/account/proof?act=phone');
    });

    it('DESIGN 6 the proof of one account is none of another that signs in by the same browser; its form neither', async () => {
      const [first, second] = [await bySms(await person()), await person()];
      const old = await (
        await first.browser.open(account('/phone'))
      ).press('proof-submit', { password: first.password });
      expect(old.path).toBe('/account/phone');
      const login = await first.browser.open(await site.loginUrl(service.origin, { prompt: 'login' }));
      const page = await first.browser.open(`${login.url.href}?method=sms`);
      const sent = await page.press('sms-send', { phone: second.phone, ...(await first.captcha(page)) });
      await sent.press('login-submit', { smsCode: await first.codeFor(second.phone) });
      expect((await first.browser.open(account())).text).toContain(second.phone.slice(-4));
      expect((await first.browser.open(account('/phone'))).path).toBe('/account/proof?act=phone');
      const foreign = await old.press('sms-send');
      expect([foreign.status, foreign.codes]).toEqual([403, ['form.token']]);
    });

    it('DESIGN 6 for a day after it the other acts of a verified account are closed', async () => {
      const citizen = await person(resident());
      await movesTo(citizen, await citizen.browser.open(account('/phone')), freshPhone());
      const closed = await citizen.browser.open(account('/password'));
      expect([closed.status, closed.codes]).toEqual([403, ['proof.closed']]);
      expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(DAY - MINUTE);
    });

    it('of many who move to one number at once, one gets it', async () => {
      const phone = freshPhone();
      const people = [new Citizen(service), new Citizen(service), new Citizen(service)] as const;
      for (const citizen of people) await citizen.hasAccount(await site.loginUrl(service.origin));
      const ready: { citizen: Citizen; page: Page }[] = [];
      for (const citizen of people) {
        await citizen.waits(MINUTE + 1);
        const old = await (await citizen.browser.open(account('/phone'))).press('sms-send');
        const fresh = await old.press('phone-next', { smsCode: await citizen.codeFor() });
        const sent = await fresh.press('sms-send', { phone });
        ready.push({ citizen, page: await sent.press('phone-submit', { smsCode: 'wrong' }) });
      }
      const codes = (await people[0].messages(phone)).map(({ code }) => code).toReversed();
      const done = await Promise.all(
        ready.flatMap(({ citizen, page }, at) =>
          Array.from({ length: 7 }, async () => ({
            citizen,
            answer: await page.press('phone-submit', { smsCode: codes[at] as string }),
          })),
        ),
      );
      const whose = (so: (answer: Page) => boolean) =>
        new Set(done.filter(({ answer }) => so(answer)).map(({ citizen }) => citizen));
      const winners = whose(({ path }) => path === '/account/phone/changed');
      const losers = whose(({ codes: said }) => said.includes('phone.taken-elsewhere'));
      expect([winners.size, losers.size]).toEqual([1, 2]);
      expect([...losers].some((citizen) => winners.has(citizen))).toBe(false);
    });

    it('a form after the session has ended says so', async () => {
      const citizen = await person();
      const page = await citizen.browser.open(account('/phone'));
      const other = await elsewhere(citizen);
      const password = await other.browser.open(account('/password'));
      await password.press('password-submit', { currentPassword: citizen.password, password: NEW_PASSWORD });
      const ended = await page.press('sms-send');
      expect([ended.status, ended.codes]).toEqual([403, ['session.ended']]);
    });
  });
});
