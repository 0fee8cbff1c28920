import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { Citizen } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const DAY = 24 * 3600;

describe.each(PROVINCES)('user name and ID number as a way in (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let counter = 0;
  let resident = 3;

  beforeAll(async () => {
    site = await TestSite.start('site');
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]) });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const freshName = () => `citizen${(counter += 1)}z`;
  const someone = () => stubResidents()[(resident += 1)] as { name: string; idNumber: string };
  const account = (path = '/user-name') => `${service.origin}/account${path}`;
  const loginPage = async (citizen: Citizen): Promise<Page> =>
    citizen.browser.open(await site.loginUrl(service.origin));
  const person = async (who?: { name: string; idNumber: string }): Promise<Citizen> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin), who);
    await citizen.waits(MINUTE + 1);
    return citizen;
  };
  const tries = async (identifier: string, password?: string): Promise<Page> => {
    const other = new Citizen(service);
    return other.logsIn(await loginPage(other), identifier, password);
  };

  it('R-4.1 the ID number logs in where the province says so, and only once it is verified', async () => {
    const who = someone();
    const citizen = await person();
    expect((await tries(who.idNumber)).codes).toEqual(['login.failed']);
    await citizen.verifies(await citizen.goesToIdCard(), who);
    const answer = await tries(who.idNumber.toLowerCase());
    const outcome = { hubei: 'logged in', hebei: 'login.failed' }[province];
    expect([answer.title, ...answer.codes]).toContain(outcome);
  });

  if (province === 'hubei') {
    it('R-4.2 is no way in here: no page, no offer, no login', async () => {
      const citizen = new Citizen(service);
      const verification = await citizen.registers(await loginPage(citizen));
      expect(verification.has('#user-name')).toBe(false);
      const offer = await citizen.browser.open(verification.url.href.replace('verification', 'user-name'));
      expect([offer.status, offer.codes]).toEqual([404, ['page.not-found']]);
      await verification.press('verification-skip');
      expect((await citizen.browser.open(account())).status).toBe(404);
      expect((await citizen.browser.open(account(''))).has('#to-user-name')).toBe(false);
    });
    return;
  }

  describe('R-4.2 after registering', () => {
    it('is offered, and chosen on the way to the verification; it logs in, in any case', async () => {
      const citizen = new Citizen(service);
      const verification = await citizen.registers(await loginPage(citizen));
      const offer = await verification.follow('user-name');
      const name = freshName();
      const back = await offer.press('user-name-submit', { userName: name });
      expect(back.path).toMatch(/\/verification$/);
      expect(back.text).toContain(`用户名已设置为 ${name}`);
      expect(back.has('#user-name')).toBe(false);
      expect((await back.press('verification-skip')).title).toBe('logged in');
      expect(await citizen.notice()).toContain('刚刚设置了用户名');
      expect((await tries(` ${name.toUpperCase()} `)).title).toBe('logged in');
      expect((await tries(citizen.phone)).title).toBe('logged in');
      expect((await tries(name, 'Wrong-password-1')).codes).toEqual(['login.failed']);
    });

    it('can be skipped, and the verification goes on; later the page leads on by itself', async () => {
      const who = someone();
      const citizen = new Citizen(service);
      const verification = await citizen.registers(await loginPage(citizen));
      const offer = await verification.follow('user-name');
      const again = await offer.follow('user-name-skip');
      expect(again.path).toMatch(/\/verification$/);
      const refused = await citizen.verifies(again, { ...who, idNumber: '' });
      expect((await citizen.verifies(refused, who)).title).toBe('logged in');
      expect((await offer.press('user-name-submit', { userName: freshName() })).codes).toContain('interaction.expired');
    });

    it('refuses what is no name, keeps what was typed, and sets the first only', async () => {
      const citizen = new Citizen(service);
      let offer = await (await citizen.registers(await loginPage(citizen))).follow('user-name');
      const stale = offer;
      for (const [userName, code] of [
        ['', 'user-name.missing'],
        ['abc', 'user-name.malformed'],
        ['zh\u0430ngsan', 'user-name.foreign-letters'],
        ['zhangsan😀', 'user-name.foreign-letters'],
        ['Admin1', 'user-name.reserved'],
        ['A1420100MF0007G81H', 'user-name.like-code'],
      ] as const) {
        offer = await offer.press('user-name-submit', { userName });
        expect([offer.status, offer.codeAt('userName'), offer.value('userName') ?? '']).toEqual([422, code, userName]);
      }
      const name = freshName();
      expect((await offer.press('user-name-submit', { userName: name })).text).toContain(name);
      const second = await stale.press('user-name-submit', { userName: freshName() });
      expect(second.path).toMatch(/\/verification$/);
      expect(second.text).toContain(name);
    });

    it('is not offered to who was there before: the page leads to what is due', async () => {
      const citizen = await person();
      await citizen.browser.open(`${service.origin}/account`);
      const stepUp = await citizen.browser.open(
        await site.loginUrl(service.origin, { acr_values: 'urn:tongxing:level:1' }),
      );
      expect([stepUp.path.endsWith('/verification'), stepUp.has('#user-name')]).toEqual([true, false]);
      const offer = await citizen.browser.open(stepUp.url.href.replace('verification', 'user-name'));
      expect(offer.path).toBe(stepUp.path);
    });
  });

  describe('R-4.2 in the user centre', () => {
    const sets = async (citizen: Citizen, userName: string): Promise<Page> =>
      (await citizen.browser.open(account())).press('user-name-submit', { userName });

    it('is chosen by who has just logged in; the account page shows it, the account is told, its trail says so', async () => {
      const citizen = await person();
      const name = freshName();
      const done = await sets(citizen, name);
      expect([done.path, done.text.includes(name)]).toEqual(['/account/user-name/set', true]);
      expect(await citizen.notice()).toContain('刚刚设置了用户名');
      const centre = await citizen.browser.open(account(''));
      expect(centre.all('.facts dd').map(({ text }) => text)).toContain(name);
      expect((await centre.follow('to-user-name')).text).toContain(name);
      expect((await centre.follow('to-activity')).text).toContain('设置用户名');
      expect((await tries(name)).title).toBe('logged in');
    });

    it('one that looks like another’s is refused, and uses up no proof', async () => {
      const [first, second] = [await person(), await person()];
      await sets(first, 'zhangsanfeng');
      await second.waits(5 * MINUTE);
      const proof = await second.browser.open(account());
      expect(proof.path).toBe('/account/proof?act=user-name');
      let page = await proof.press('proof-submit', { password: second.password });
      for (const userName of ['zhangsanfeng', 'ZHANGSANFENG', 'zhangsanfeng'.replace('f', 'F')]) {
        page = await page.press('user-name-submit', { userName });
        expect([page.status, page.codeAt('userName')]).toEqual([422, 'user-name.taken']);
      }
      expect((await page.press('user-name-submit', { userName: 'zhangsanfeng2' })).path).toBe('/account/user-name/set');
      expect((await second.browser.open(account())).path).toBe('/account/proof?act=user-name');
    });

    it('DESIGN 6 a session opened by SMS alone gives a proof first; a proof of another act is none', async () => {
      const citizen = await person(someone());
      const other = Object.assign(new Citizen(service), { phone: citizen.phone });
      const login = await other.browser.open(`${(await loginPage(other)).url.href}?method=sms`);
      const sent = await login.press('sms-send', { phone: other.phone, ...(await other.captcha(login)) });
      await sent.press('login-submit', { smsCode: await other.codeFor() });
      const phone = await other.browser.open(account('/phone'));
      expect((await phone.press('proof-submit', { password: other.password })).path).toBe('/account/phone');
      const proof = await other.browser.open(account());
      expect(proof.path).toBe('/account/proof?act=user-name');
      const form = await proof.press('proof-submit', { password: other.password });
      expect((await form.press('user-name-submit', { userName: freshName() })).path).toBe('/account/user-name/set');
    });

    it('the present one, and a second change within 30 days, are refused; both names log in meanwhile', async () => {
      const citizen = await person();
      const [before, after] = [freshName(), freshName()];
      await sets(citizen, before);
      expect((await sets(citizen, before)).codeAt('userName')).toBe('user-name.same');
      expect((await sets(citizen, after)).path).toBe('/account/user-name/set');
      const third = await sets(citizen, freshName());
      expect([third.status, third.codeAt('userName')]).toEqual([429, 'user-name.changed-lately']);
      expect(third.text).toContain('请 30 天后再改');
      expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(29 * DAY);
      expect((await tries(before)).title).toBe('logged in');
      expect((await tries(after)).title).toBe('logged in');
    });

    it('who asks for many names waits till tomorrow', async () => {
      const [owner, asker] = [await person(), await person()];
      const name = freshName();
      await sets(owner, name);
      let page = await sets(asker, name);
      for (let asked = 1; asked < 20; asked += 1) page = await page.press('user-name-submit', { userName: name });
      expect(page.codes).toEqual(['user-name.taken']);
      page = await page.press('user-name-submit', { userName: name });
      expect([page.status, page.codes]).toEqual([429, ['limit.wait']]);
      expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
    });
  });
});
