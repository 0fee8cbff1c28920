import { decodeJwt } from 'jose';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Persons } from '../../src/identity/accounts/persons.service.js';
import { PersonName } from '../../src/shared/person-name.js';
import { Phone } from '../../src/shared/phone.js';
import { ResidentId } from '../../src/shared/resident-id.js';
import { Database } from '../../src/storage/transactions.js';
import { Citizen, freshPhone, ZHANG_SAN } from '../support/citizen.js';
import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const NEW_PASSWORD = 'Donghu-Spring-88';
const MINUTE = 60;

describe.each(PROVINCES)('forgotten password (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site');
    const metadata = site.metadata({ scope: 'openid offline_access' });
    service = await startService(province, { SITES_FILE: sitesFile([metadata]) });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const resident = (at: number) => stubResidents()[at] as { name: string; idNumber: string };
  const loginPage = async (citizen: Citizen) => citizen.browser.open(await site.loginUrl(service.origin));
  /** Somebody with an account, at another browser, after the minute between two messages. */
  const forgetful = async (who?: { name: string; idNumber: string }) => {
    const owner = new Citizen(service);
    await owner.hasAccount(await site.loginUrl(service.origin), who);
    const citizen = new Citizen(service);
    citizen.phone = owner.phone;
    await citizen.waits(MINUTE + 1);
    return { owner, citizen };
  };

  it('R-2.7 number, code, new password: logged in and back at the site; the old password is dead', async () => {
    const { citizen } = await forgetful();
    const password = await citizen.resets(await loginPage(citizen));
    expect(password.path).toMatch(/\/reset\/password$/);
    expect((await password.press('reset-submit', { password: NEW_PASSWORD })).title).toBe('logged in');
    expect(site.lastLogin.claims.amr).toEqual(['pwd', 'sms']);
    expect(await citizen.notice()).toContain('刚刚设置了新的登录密码');

    const other = new Citizen(service);
    const refused = await other.logsIn(await loginPage(other), citizen.phone);
    expect(refused.codes).toEqual(['login.failed']);
    expect((await other.logsIn(refused, citizen.phone, NEW_PASSWORD)).title).toBe('logged in');
  });

  it('R-2.7 all other sessions end, and their sites are told', async () => {
    const { owner, citizen } = await forgetful();
    const told = site.logoutTokens.length;
    const password = await citizen.resets(await loginPage(citizen));
    await password.press('reset-submit', { password: NEW_PASSWORD });
    await site.told(told + 1);
    expect((await owner.browser.open(await site.loginUrl(service.origin, { prompt: 'none' }))).text).toBe(
      'login_required',
    );
  });

  it('DESIGN 6 of a verified account asks for name and last 6 as well, five tries a day', async () => {
    const { name, idNumber } = stubResidents()[6] as { name: string; idNumber: string };
    const { citizen } = await forgetful({ name, idNumber });
    const person = await citizen.resets(await loginPage(citizen));
    expect(person.path).toMatch(/\/reset\/person$/);
    expect(person.html).not.toContain(name);
    const wrong = await person.press('reset-prove', { name, idNumberLast6: '12345X' });
    expect([wrong.status, wrong.codes]).toEqual([422, ['proof.identity-wrong']]);
    expect(wrong.value('name')).toBe(name);
    expect((await person.press('reset-prove', { name, idNumberLast6: '1234' })).codeAt('idNumberLast6')).toBe(
      'last-six.malformed',
    );
    const skipped = await citizen.browser.open(person.url.href.replace('/person', '/password'));
    expect(skipped.path).toMatch(/\/reset\/person$/);

    const last6 = idNumber.slice(-6).toLowerCase();
    const password = await wrong.press('reset-prove', { name: ` ${name} `, idNumberLast6: last6 });
    expect(password.path).toMatch(/\/reset\/password$/);
    expect((await password.press('reset-submit', { password: NEW_PASSWORD })).title).toBe('logged in');
  });

  it('DESIGN 6 the fifth wrong name or last 6 closes it till tomorrow, from any browser', async () => {
    const { name, idNumber } = stubResidents()[7] as { name: string; idNumber: string };
    const { citizen } = await forgetful({ name, idNumber });
    let person = await citizen.resets(await loginPage(citizen));
    for (let tries = 0; tries < 5; tries += 1) {
      person = await person.press('reset-prove', { name: '李四', idNumberLast6: '000000' });
    }
    expect([person.status, person.codes]).toEqual([429, ['proof.identity-closed']]);
    const right = { name, idNumberLast6: idNumber.slice(-6) };
    expect((await person.press('reset-prove', right)).codes).toEqual(['proof.identity-closed']);
  });

  it('R-2.7 says the same for a number without an account until the code is proved, then goes on to registration', async () => {
    const { citizen: known } = await forgetful();
    const stranger = new Citizen(service);
    const pages = await Promise.all(
      [known, stranger].map(async (citizen) => {
        const number = await (await loginPage(citizen)).follow('reset');
        return number.press('reset-next', { phone: citizen.phone, ...(await citizen.captcha(number)) });
      }),
    );
    const plain = (text: string) => text.replace(/1\d{2}\*{4}\d{4}/g, 'N').replace(/\d+ 秒/g, 'S');
    expect(plain(pages[0]?.text ?? '')).toBe(plain(pages[1]?.text ?? ''));

    const registration = await pages[1]?.press('reset-verify', { smsCode: await stranger.codeFor() });
    expect(registration?.path).toMatch(/\/register\/person$/);
    expect(registration?.has('#phone-proved')).toBe(true);
    const done = await registration?.press('register-submit', { password: stranger.password, agreement: 'yes' });
    expect(done?.path).toMatch(/verification$/);
  });

  it('the code of a registration does not count for a reset', async () => {
    const { citizen } = await forgetful();
    await citizen.asksForCode(await loginPage(citizen));
    const code = await citizen.codeFor();
    await citizen.waits(MINUTE + 1);
    const number = await (await loginPage(citizen)).follow('reset');
    const page = await number.press('reset-next', { phone: citizen.phone, ...(await citizen.captcha(number)) });
    const refused = await page.press('reset-verify', { smsCode: code });
    expect(refused.codeAt('smsCode')).toBe('sms-code.wrong');
  });

  it('a registered number proved at registration goes on to the reset without a second code', async () => {
    const { citizen } = await forgetful();
    const taken = await citizen.registers(await loginPage(citizen));
    expect(taken.codes).toEqual(['phone.taken']);
    const sent = (await citizen.messages()).length;
    const password = await taken.follow('reset');
    expect(password.has('#reset-submit')).toBe(true);
    expect((await password.press('reset-submit', { password: NEW_PASSWORD })).title).toBe('logged in');
    const codes = (await citizen.messages()).filter(({ code }) => code);
    expect(codes.length).toBeLessThanOrEqual(sent);
  });

  it('a new password is judged as at registration, and the proved code is not lost by a refusal', async () => {
    const { citizen } = await forgetful();
    let page = await citizen.resets(await loginPage(citizen));
    for (const [password, code] of [
      ['', 'password.missing'],
      ['short1', 'password.short'],
      ['12345678', 'password.one-kind'],
      [citizen.phone, 'password.equals-number'],
    ] as const) {
      page = await page.press('reset-submit', { password });
      expect([page.status, page.codeAt('password')]).toEqual([422, code]);
    }
    expect((await page.press('reset-submit', { password: NEW_PASSWORD })).title).toBe('logged in');
  });

  it('a form posted twice sets one password; a page that is not due leads to the one that is', async () => {
    const { citizen } = await forgetful();
    const password = await citizen.resets(await loginPage(citizen));
    const { action, fields } = password.form('reset-submit');
    const post = async (text: string) => {
      const body = new URLSearchParams({ ...fields, password: text }).toString();
      const answer = await citizen.browser.request('POST', action, body, { origin: service.origin });
      return [answer.status, answer.headers.get('location') ?? ''] as const;
    };
    const answers = await Promise.all([post(NEW_PASSWORD), post(`${NEW_PASSWORD}-b`)]);
    expect(answers.filter(([status, to]) => status === 303 && to.includes('/oidc/auth/'))).toHaveLength(1);

    const early = new Citizen(service);
    const login = await loginPage(early);
    const uid = /interaction\/([\w-]+)/.exec(login.path)?.[1];
    for (const page of ['code', 'person', 'password']) {
      const sent = await early.browser.open(`${service.origin}/interaction/${uid}/reset/${page}`);
      expect(sent.path).toBe(`/interaction/${uid}/reset`);
    }
  });

  it('what was proved of one account counts for no other of the same journey', async () => {
    const [first, second] = [stubResidents()[4], stubResidents()[5]] as { name: string; idNumber: string }[];
    const { citizen } = await forgetful(first);
    const { owner: other } = await forgetful(second);
    const last6 = (who?: { idNumber: string }) => who?.idNumber.slice(-6) as string;
    const person = await citizen.resets(await loginPage(citizen));
    const proof = { name: first?.name as string, idNumberLast6: last6(first) };
    const password = await person.press('reset-prove', proof);
    expect(password.path).toMatch(/\/reset\/password$/);
    const number = await citizen.browser.open(password.url.href.replace('/password', ''));
    const code = await number.press('reset-next', { phone: other.phone, ...(await citizen.captcha(number)) });
    const again = await code.press('reset-verify', { smsCode: await citizen.codeFor(other.phone) });
    expect(again.path).toMatch(/\/reset\/person$/);
    expect((await again.press('reset-prove', proof)).codes).toEqual(['proof.identity-wrong']);
    const stale = await password.press('reset-submit', { password: NEW_PASSWORD });
    expect(stale.path).toMatch(/\/reset\/person$/);
  });

  it('a disabled account is told so after the code, and keeps its password', async () => {
    const citizen = new Citizen(service);
    citizen.phone = '13900000003';
    await citizen.waits(MINUTE + 1);
    const page = await citizen.resets(await loginPage(citizen));
    expect([page.status, page.codes]).toEqual([403, ['login.disabled']]);
  });

  it('an offline token dies with the reset', async () => {
    const owner = new Citizen(service);
    await owner.hasAccount(await site.loginUrl(service.origin));
    const offline = { scope: 'openid offline_access', prompt: 'consent' };
    const permission = await owner.browser.open(await site.loginUrl(service.origin, offline));
    await permission.press('permission-submit');
    const login = site.lastLogin;
    const refreshed = await site.refresh(login);
    expect(refreshed.refresh_token).toEqual(expect.any(String));

    const citizen = new Citizen(service);
    citizen.phone = owner.phone;
    await citizen.waits(MINUTE + 1);
    const password = await citizen.resets(await loginPage(citizen));
    await password.press('reset-submit', { password: NEW_PASSWORD });
    await expect(site.refresh({ ...login, tokens: refreshed } as typeof login)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('R-2.7 sites that may act while nobody is there are told as well, by the subject alone', async () => {
    const owner = new Citizen(service);
    await owner.hasAccount(await site.loginUrl(service.origin));
    const offline = { scope: 'openid offline_access', prompt: 'consent' };
    await (await owner.browser.open(await site.loginUrl(service.origin, offline))).press('permission-submit');
    const login = site.lastLogin;
    await owner.waits(31 * MINUTE);
    const refreshed = await site.refresh(login);

    const told = site.logoutTokens.length;
    const citizen = Object.assign(new Citizen(service), { phone: owner.phone });
    const password = await citizen.resets(await loginPage(citizen));
    await password.press('reset-submit', { password: NEW_PASSWORD });
    await site.told(told + 1);
    const token = decodeJwt(site.logoutTokens.at(-1) as string);
    expect([token.sub, token['sid']]).toEqual([login.claims.sub, undefined]);
    await expect(site.refresh({ ...login, tokens: refreshed } as typeof login)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('R-2.7 sets the first password of an account that never had one, of a verified one after name and last 6', async () => {
    for (const who of [undefined, resident(8)]) {
      const citizen = new Citizen(service);
      const phone = Phone.parse(citizen.phone);
      const { app } = service;
      await app.get(Database).transaction(async (tx) => {
        const id = await app.get(Accounts).createPerson(tx, { phone });
        if (!who) return;
        const idNumber = ResidentId.fromCanonical(who.idNumber);
        const proof = { by: 'identity-verifier', method: 'id-card', reference: 'R-1' } as const;
        await app.get(Persons).confirm(tx, id, { name: PersonName.parse(who.name), idNumber, ...proof });
      });
      const none = await citizen.logsIn(await loginPage(citizen));
      expect([none.codes, none.text.includes('没有设置过密码')]).toEqual([['login.failed'], true]);
      let page = await citizen.resets(none);
      if (who) page = await page.press('reset-prove', { name: who.name, idNumberLast6: who.idNumber.slice(-6) });
      expect((await page.press('reset-submit', { password: NEW_PASSWORD })).title).toBe('logged in');
      const other = new Citizen(service);
      expect((await other.logsIn(await loginPage(other), citizen.phone, NEW_PASSWORD)).title).toBe('logged in');
    }
  });

  it('a stale uid and a foreign form token are refused', async () => {
    const { citizen } = await forgetful();
    const number = await (await loginPage(citizen)).follow('reset');
    const gone = await citizen.browser.open(number.url.href.replace(/interaction\/[\w-]+/, 'interaction/not-this-one'));
    expect(gone.status).toBe(410);
    const foreign = await number.press('reset-next', { phone: freshPhone(), _csrf: 'made-up' });
    expect([foreign.status, foreign.codes]).toEqual([403, ['form.token']]);
  });

  it('the other acts of a verified account are closed for a day after it', async () => {
    const { citizen } = await forgetful();
    await (await citizen.resets(await loginPage(citizen))).press('reset-submit', { password: NEW_PASSWORD });
    await citizen.verifies(await citizen.goesToIdCard(), ZHANG_SAN);
    const closed = await citizen.browser.open(`${service.origin}/account/phone`);
    expect([closed.status, closed.codes]).toEqual([403, ['proof.closed']]);
    await citizen.waits(24 * 3600 + 1);
    const open = await citizen.logsIn(
      await citizen.browser.open(`${service.origin}/account/phone`),
      citizen.phone,
      NEW_PASSWORD,
    );
    expect(open.path).toBe('/account/phone');
  });
});
