import { jest } from '@jest/globals';
import { loadJurisdiction } from '../../src/config/jurisdiction.js';
import { Passwords } from '../../src/identity/credentials/passwords.service.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { RecoveryCodes } from '../../src/identity/proofs/recovery-codes.service.js';
import { ResidentId } from '../../src/shared/resident-id.js';
import { Database } from '../../src/storage/transactions.js';
import type { Page } from '../support/browser.js';
import { Citizen, freshPhone } from '../support/citizen.js';
import { residentsFile } from '../support/residents.js';
import type { Resident } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const NEW_PASSWORD = 'Donghu-Spring-88';
const MINUTE = 60;
const DAY = 24 * 3600;

describe.each(PROVINCES)('number lost, with a proof (%s)', (province) => {
  const { file, residents: people } = residentsFile(30);
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site');
    const sites = sitesFile([site.metadata({ scope: 'openid offline_access' })]);
    service = await startService(province, { SITES_FILE: sites, STUB_RESIDENTS_FILE: file });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const resident = () => people.pop() as Resident;
  const loginPage = async (citizen: Citizen): Promise<Page> =>
    citizen.browser.open(await site.loginUrl(service.origin));
  const account = (path: string) => `${service.origin}/account${path}`;
  /** Somebody with a verified account, and the same person at another browser with a new number. */
  const loser = async () => {
    const who = resident();
    const owner = new Citizen(service);
    await owner.hasAccount(await site.loginUrl(service.origin), who);
    await owner.waits(MINUTE + 1);
    return { who, owner, citizen: new Citizen(service) };
  };
  const proofPage = async (citizen: Citizen, who: Resident, phone = citizen.phone): Promise<Page> =>
    citizen.losesNumber(await loginPage(citizen), who, phone);
  const hallCode = async ({ idNumber }: Resident): Promise<string> => {
    const id = (await service.app.get(Accounts).find('resident-id', ResidentId.fromCanonical(idNumber))) as string;
    const db = service.app.get(Database);
    return (await db.transaction(async (tx) => service.app.get(RecoveryCodes).issue(tx, id, 'hall-7'))).code;
  };
  const byCode = async (page: Page, recoveryCode: string): Promise<Page> =>
    (await page.follow('by-recovery-code')).press('lost-number-submit', { recoveryCode });
  const isOpen = async (citizen: Citizen): Promise<boolean> =>
    (await citizen.browser.open(account(''))).path === '/account';

  describe('by password', () => {
    it('R-8.1 the number moves at once, the password stays; every session ends, both numbers are told', async () => {
      const { who, owner, citizen } = await loser();
      const told = site.logoutTokens.length;
      const page = await proofPage(citizen, who);
      expect((await page.press('lost-number-submit', { password: owner.password })).title).toBe('logged in');
      expect(site.lastLogin.claims.amr).toEqual(['pwd', 'sms']);
      await site.told(told + 1);
      expect(await isOpen(owner)).toBe(false);
      expect(await owner.notice()).toContain('刚刚更换了手机号');
      expect(await citizen.notice()).toContain('刚刚更换了手机号');

      const other = new Citizen(service);
      const refused = await other.logsIn(await loginPage(other), owner.phone);
      expect(refused.codes).toEqual(['login.failed']);
      expect((await other.logsIn(refused, citizen.phone)).title).toBe('logged in');
    });

    it('DESIGN 6 for a day after it the other guarded acts are closed, another move too', async () => {
      const { who, owner, citizen } = await loser();
      await (await proofPage(citizen, who)).press('lost-number-submit', { password: owner.password });
      expect((await citizen.browser.open(account('/password'))).codes).toEqual(['proof.closed']);
      const again = new Citizen(service);
      const page = await proofPage(again, who);
      const closed = await page.press('lost-number-submit', { password: owner.password });
      expect([closed.status, closed.codes]).toEqual([403, ['proof.closed']]);
      await again.waits(DAY);
      const next = await proofPage(again, who);
      expect((await next.press('lost-number-submit', { password: owner.password })).title).toBe('logged in');
    });

    it('DESIGN 6 a password that an SMS has set opens no move for a day', async () => {
      const { who, owner, citizen } = await loser();
      const thief = Object.assign(new Citizen(service), { phone: owner.phone });
      const person = await thief.resets(await loginPage(thief));
      const reset = await person.press('reset-prove', { name: who.name, idNumberLast6: who.idNumber.slice(-6) });
      await reset.press('reset-submit', { password: NEW_PASSWORD });
      const closed = await (await proofPage(citizen, who)).press('lost-number-submit', { password: NEW_PASSWORD });
      expect([closed.status, closed.codes]).toEqual([403, ['proof.closed']]);
    });

    it('an offline token dies with the move', async () => {
      const { who, owner, citizen } = await loser();
      const offline = { scope: 'openid offline_access', prompt: 'consent' };
      const permission = await owner.browser.open(await site.loginUrl(service.origin, offline));
      await permission.press('permission-submit');
      const login = site.lastLogin;
      const refreshed = await site.refresh(login);
      await (await proofPage(citizen, who)).press('lost-number-submit', { password: owner.password });
      const tokens = { ...login, tokens: refreshed } as typeof login;
      await expect(site.refresh(tokens)).rejects.toMatchObject({ error: 'invalid_grant' });
    });

    it('a form posted twice moves once', async () => {
      const { who, owner, citizen } = await loser();
      const page = await proofPage(citizen, who);
      const { action, fields } = page.form('lost-number-submit');
      const body = new URLSearchParams({ ...fields, password: owner.password }).toString();
      const post = async () => citizen.browser.request('POST', action, body, { origin: service.origin });
      const answers = await Promise.all([post(), post()]);
      const onward = answers.filter(({ headers }) => headers.get('location')?.includes('/oidc/auth/'));
      expect(onward).toHaveLength(1);
      await citizen.waits(1);
      expect((await owner.messages()).filter(({ text }) => text.includes('更换了手机号'))).toHaveLength(1);
    });
  });

  describe('by the code of a service hall', () => {
    it('moves at once, then a new password is set and nothing is asked twice; the old one is dead', async () => {
      const { who, owner, citizen } = await loser();
      const code = await hallCode(who);
      const page = await byCode(await proofPage(citizen, who), ` ${code.slice(0, 5).toLowerCase()}-${code.slice(5)} `);
      expect(page.path).toMatch(/\/reset\/password$/);
      expect(await isOpen(owner)).toBe(false);
      expect(await owner.notice()).toContain('已改绑到新手机号');
      const other = new Citizen(service);
      expect((await other.logsIn(await loginPage(other), citizen.phone)).codes).toEqual(['login.failed']);
      expect((await page.press('reset-submit', { password: NEW_PASSWORD })).title).toBe('logged in');
      expect((await other.logsIn(await loginPage(other), citizen.phone, NEW_PASSWORD)).title).toBe('logged in');
    });

    it('who stops in between sets the password at the next login with the new number', async () => {
      const { who, citizen } = await loser();
      await byCode(await proofPage(citizen, who), await hallCode(who));
      await citizen.waits(MINUTE + 1);
      const later = Object.assign(new Citizen(service), { phone: citizen.phone });
      const sms = await later.browser.open(`${(await loginPage(later)).url.href}?method=sms`);
      const sent = await sms.press('sms-send', { phone: later.phone, ...(await later.captcha(sms)) });
      const person = await sent.press('login-submit', { smsCode: await later.codeFor() });
      expect(person.path).toMatch(/\/reset\/person$/);
      const last6 = who.idNumber.slice(-6);
      const reset = await person.press('reset-prove', { name: who.name, idNumberLast6: last6 });
      expect((await reset.press('reset-submit', { password: NEW_PASSWORD })).title).toBe('logged in');
    });

    it('is used once, lives half an hour, belongs to one person, and dies with the next one', async () => {
      const [one, two] = [await loser(), await loser()];
      const page = await byCode(await proofPage(two.citizen, two.who), await hallCode(one.who));
      expect([page.status, page.codeAt('recoveryCode')]).toEqual([422, 'recovery-code.wrong']);
      const early = await hallCode(two.who);
      const late = await hallCode(two.who);
      expect((await byCode(page, early)).codeAt('recoveryCode')).toBe('recovery-code.wrong');
      expect((await byCode(page, 'ACDEF')).codeAt('recoveryCode')).toBe('recovery-code.malformed');
      expect((await byCode(page, '')).codeAt('recoveryCode')).toBe('recovery-code.missing');
      await two.citizen.waits(15 * MINUTE);
      const done = await byCode(await proofPage(two.citizen, two.who), late);
      expect(done.path).toMatch(/\/reset\/password$/);
      const again = new Citizen(service);
      expect((await byCode(await proofPage(again, two.who), late)).codes).toEqual(['recovery-code.wrong']);

      const expired = await hallCode(one.who);
      await again.waits(30 * MINUTE);
      expect((await byCode(await proofPage(one.citizen, one.who), expired)).codes).toEqual(['recovery-code.wrong']);
    });

    it('is not closed by a reset, nor by a stranger who used up the tries', async () => {
      const { who, owner, citizen } = await loser();
      const thief = Object.assign(new Citizen(service), { phone: owner.phone });
      const person = await thief.resets(await loginPage(thief));
      const reset = await person.press('reset-prove', { name: who.name, idNumberLast6: who.idNumber.slice(-6) });
      await reset.press('reset-submit', { password: NEW_PASSWORD });
      let page = await proofPage(new Citizen(service), who, freshPhone());
      for (let tries = 0; tries < 5; tries += 1) page = await page.press('lost-number-submit', { password: 'guess-1' });
      expect(page.codes).toEqual(['lost-number.closed']);
      const done = await byCode(await proofPage(citizen, who), await hallCode(who));
      expect(done.path).toMatch(/\/reset\/password$/);
    });
  });

  describe('the first page', () => {
    it('each field with its fault, values kept, no message sent; the code afterwards', async () => {
      const citizen = new Citizen(service);
      const first = await (await loginPage(citizen)).follow('lost-number');
      const typed = { name: '王', idNumber: '420106199003071018', phone: '02787654321' };
      const page = await first.press('sms-send', { ...typed, ...(await citizen.captcha(first)) });
      expect([page.status, page.codeAt('name'), page.codeAt('idNumber'), page.codeAt('phone')]).toEqual([
        422,
        'name.malformed',
        'id-number.checksum',
        'phone.landline',
      ]);
      expect([page.value('name'), page.value('idNumber'), page.value('phone')]).toEqual(Object.values(typed));
      const who = resident();
      const good = { ...who, phone: citizen.phone };
      expect((await page.press('lost-number-next', good)).codeAt('smsCode')).toBe('sms-code.missing');
      expect((await page.press('lost-number-next', { ...good, smsCode: '123456' })).codeAt('smsCode')).toBe(
        'sms-code.none',
      );
      expect(await citizen.messages()).toEqual([]);
      const sent = await page.press('sms-send', { ...good, ...(await citizen.captcha(page)) });
      expect((await sent.press('lost-number-next', { smsCode: '000000' })).codeAt('smsCode')).toBe('sms-code.wrong');
    });

    it('R-2.2 a picture stands before the message as at registration', async () => {
      const citizen = new Citizen(service);
      await citizen.waits(DAY);
      const first = await (await loginPage(citizen)).follow('lost-number');
      const page = await first.press('sms-send', { ...resident(), phone: citizen.phone });
      expect(page.codeAt('captcha')).toBe(province === 'hubei' ? 'captcha.missing' : undefined);
    });

    it('R-10.1 nothing is lost by a reload, the way back, the other language; a proved number needs no second code', async () => {
      const who = resident();
      const citizen = new Citizen(service);
      const proof = await proofPage(citizen, who);
      expect((await citizen.browser.open(proof.url.href)).text).toBe(proof.text);
      const back = await proof.follow('back');
      expect([back.value('name'), back.value('idNumber'), back.value('phone')]).toEqual([
        who.name,
        who.idNumber,
        citizen.phone,
      ]);
      expect([back.has('#phone-proved'), back.has('#sms-send')]).toEqual([true, false]);
      expect((await back.press('lost-number-next')).path).toMatch(/\/lost-number\/proof$/);
      const other = freshPhone();
      const changed = await back.press('lost-number-next', { phone: other });
      expect([changed.codeAt('smsCode'), changed.value('phone')]).toEqual(['sms-code.missing', other]);
      const english = await (await proof.follow('back')).follow('switch-language');
      expect([english.title, english.value('name')]).toEqual(['I no longer have this number', who.name]);
    });

    it('that the new number has an account is told after its code only, whoever’s it is', async () => {
      const [{ who, owner }, neighbour] = [await loser(), await loser()];
      for (const phone of [owner.phone, neighbour.owner.phone]) {
        const citizen = new Citizen(service);
        await citizen.waits(MINUTE + 1);
        const first = await (await loginPage(citizen)).follow('lost-number');
        const sent = await first.press('sms-send', { ...who, phone, ...(await citizen.captcha(first)) });
        expect([sent.status, sent.codes]).toEqual([200, []]);
        const page = await sent.press('lost-number-next', { smsCode: await citizen.codeFor(phone) });
        expect([page.status, page.codeAt('phone')]).toEqual([422, 'lost-number.phone-in-use']);
      }
    });

    it('what this code proves opens no reset and no registration, and theirs not this', async () => {
      const { who, owner } = await loser();
      const citizen = Object.assign(new Citizen(service), { phone: owner.phone });
      const page = await proofPage(citizen, who);
      const reset = await citizen.browser.open(page.url.href.replace(/lost-number.*/, 'reset/password'));
      expect(reset.path).toMatch(/\/reset$/);
      await citizen.waits(MINUTE + 1);
      const person = await citizen.resets(await loginPage(citizen));
      expect(person.path).toMatch(/\/reset\/person$/);
      const lost = await citizen.browser.open(person.url.href.replace(/reset.*/, 'lost-number/proof'));
      expect(lost.path).toMatch(/\/lost-number$/);
    });

    it('the other pages lead to it until its number is proved, and a form posted there does nothing', async () => {
      const { who, owner, citizen } = await loser();
      const base = (await (await loginPage(citizen)).follow('lost-number')).url.href;
      for (const page of ['proof', 'asked']) {
        expect((await citizen.browser.open(`${base}/${page}`)).url.href).toBe(base);
      }
      const proof = await proofPage(citizen, who);
      const { fields } = proof.form('lost-number-submit');
      const stranger = new Citizen(service);
      const own = await (await loginPage(stranger)).follow('lost-number');
      const token = { _csrf: own.form('lost-number-next').fields['_csrf'] as string };
      const typed: [way: string, value: Record<string, string>][] = [
        ['password', { password: owner.password }],
        ['recovery-code', { recoveryCode: 'ACDEFACDEF' }],
        ['none', {}],
      ];
      for (const [way, value] of typed) {
        const page = await stranger.browser.post(`${own.url.href}/proof/${way}`, { ...token, ...value });
        expect(page.url.href).toBe(own.url.href);
        const foreign = await stranger.browser.post(`${own.url.href}/proof/${way}`, { ...fields, ...value });
        expect([foreign.status, foreign.codes]).toEqual([403, ['form.token']]);
      }
    });

    it('stands beside every code: login, registration, reset, change of number; where the province has them', async () => {
      const inSession = 'a#lost-number[href="/account/lost-number"]';
      const { owner, citizen } = await loser();
      const login = await loginPage(citizen);
      const base = login.url.href.replace(/\/login.*/, '');
      for (const path of ['/login', '/login?method=sms', '/register/person', '/reset']) {
        const page = await citizen.browser.open(base + path);
        expect((await page.follow('lost-number')).path).toMatch(/^\/interaction\/[\w-]+\/lost-number$/);
      }
      expect((await owner.browser.open(account('/phone'))).has(inSession)).toBe(true);
      const unverified = new Citizen(service);
      await unverified.hasAccount(await site.loginUrl(service.origin));
      expect((await unverified.browser.open(account('/level'))).has(inSession)).toBe(true);
    });
  });

  describe('what a name and an ID number tell', () => {
    it('nothing: nobody, an unverified or a disabled account, a wrong name, a wrong password have one answer, one hash', async () => {
      const [{ who, owner }, disabled] = [await loser(), await loser()];
      const unverified = new Citizen(service);
      await unverified.hasAccount(await site.loginUrl(service.origin));
      const id = (await service.app
        .get(Accounts)
        .find('resident-id', ResidentId.fromCanonical(disabled.who.idNumber))) as string;
      await service.app.get(Database).transaction(async (tx) => service.app.get(Accounts).disable(tx, id));
      const check = jest.spyOn(service.app.get(Passwords), 'check');
      const answers: string[] = [];
      for (const [person, password] of [
        [who, 'not-mine-1'],
        [{ ...who, name: '甄无名' }, owner.password],
        [resident(), owner.password],
        [disabled.who, disabled.owner.password],
        [resident(), unverified.password],
      ] as const) {
        const phone = freshPhone();
        const citizen = new Citizen(service);
        const hashes = check.mock.calls.length;
        const page = await (await proofPage(citizen, person, phone)).press('lost-number-submit', { password });
        expect([page.status, page.codeAt('password')]).toEqual([422, 'lost-number.not-matched']);
        expect(check.mock.calls).toHaveLength(hashes + 1);
        answers.push(page.text.replaceAll(/1\d\d\*{4}\d{4}|\d 次/g, 'N'));
      }
      check.mockRestore();
      expect(new Set(answers).size).toBe(1);
    });

    it('DESIGN 6 the fifth wrong password closes it till tomorrow, whether or not there is such an account', async () => {
      const { who, owner, citizen } = await loser();
      for (const person of [who, resident()]) {
        let page = await proofPage(citizen, person, freshPhone());
        for (let tries = 0; tries < 4; tries += 1)
          page = await page.press('lost-number-submit', { password: 'guess-1' });
        expect(page.text).toContain('还可以再试 1 次');
        page = await page.press('lost-number-submit', { password: 'guess-1' });
        expect([page.status, page.codes]).toEqual([429, ['lost-number.closed']]);
      }
      const other = new Citizen(service);
      const closed = await (await proofPage(other, who)).press('lost-number-submit', { password: owner.password });
      expect(closed.codes).toEqual(['lost-number.closed']);
      await other.waits(DAY);
      const next = await (await proofPage(other, who)).press('lost-number-submit', { password: owner.password });
      expect(next.title).toBe('logged in');
    });

    it('wrong proofs are counted by address as well; what is right costs nothing', async () => {
      const { who, citizen } = await loser();
      const most = loadJurisdiction(province, 'demo').limits.lostNumber.perAddressDay;
      await citizen.waits(DAY);
      const code = await hallCode(who);
      const page = await (await proofPage(citizen, who)).follow('by-recovery-code');
      const wrong = { recoveryCode: 'ACDEFACDEF' };
      for (let tries = 0; tries < most; tries += 1) await page.press('lost-number-submit', wrong);
      const wait = await page.press('lost-number-submit', { recoveryCode: code });
      expect([wait.status, wait.codes]).toEqual([429, ['limit.wait']]);
      expect(Number(wait.headers.get('retry-after'))).toBeGreaterThan(0);
      await citizen.waits(DAY);
      const next = await byCode(await proofPage(citizen, who), await hallCode(who));
      expect(next.path).toMatch(/\/reset\/password$/);
    });

    it('of many tries at once no more than five are looked at', async () => {
      const { who, citizen } = await loser();
      const page = await proofPage(citizen, who);
      const answers = await Promise.all(
        Array.from({ length: 12 }, async () => page.press('lost-number-submit', { password: 'guess-1' })),
      );
      expect(answers.filter(({ codes }) => codes.includes('lost-number.not-matched'))).toHaveLength(4);
      expect(answers.filter(({ codes }) => codes.includes('lost-number.closed'))).toHaveLength(8);
    });
  });
});
