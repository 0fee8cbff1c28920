import { Database } from '../../src/storage/transactions.js';
import type { Tx } from '../../src/storage/transactions.js';
import { Citizen, PASSWORD } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { residentsFile } from '../support/residents.js';
import type { Resident } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const DAY = 24 * 3600;
const NEW_PASSWORD = 'Donghu-Spring-88';

describe.each(PROVINCES)('a number that changed hands (%s)', (province) => {
  const people = residentsFile(40);
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site');
    const files = { SITES_FILE: sitesFile([site.metadata()]), STUB_RESIDENTS_FILE: people.file };
    service = await startService(province, files);
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const resident = (): Resident => people.residents.shift() as Resident;
  const account = (path = '') => `${service.origin}/account${path}`;
  const loginPage = async (citizen: Citizen): Promise<Page> =>
    citizen.browser.open(await site.loginUrl(service.origin));
  /** Somebody verified who does not come back for so many days. */
  const ownerAway = async (
    days: number,
    who: Resident | undefined = resident(),
  ): Promise<Citizen & { who: Resident }> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin), who);
    await citizen.waits(days * DAY);
    return Object.assign(citizen, { who: who as Resident });
  };
  const holderOf = (citizen: Citizen): Citizen => Object.assign(new Citizen(service), { phone: citizen.phone });
  /** Proves the number by SMS on the login page. */
  const bySms = async (citizen: Citizen): Promise<Page> => {
    const page = await citizen.browser.open(`${(await loginPage(citizen)).url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone: citizen.phone, ...(await citizen.captcha(page)) });
    return sent.press('login-submit', { smsCode: await citizen.codeFor() });
  };
  /** From the page that asks who it is: the number is this citizen's now; comes out at the registration. */
  const frees = async (asked: Page): Promise<Page> => (await asked.follow('new-holder')).press('new-holder-confirm');
  const registers = async (citizen: Citizen, registration: Page): Promise<Page> =>
    registration.press('register-submit', { password: citizen.password, agreement: 'yes' });
  const tries = async (identifier: string, password = PASSWORD): Promise<Page> => {
    const other = new Citizen(service);
    return other.logsIn(await loginPage(other), identifier, password);
  };
  /** The old owner, logged in with ID number and password. */
  const oldOwner = async ({ who, phone }: { who: Resident; phone: string }): Promise<Citizen> => {
    const citizen = Object.assign(new Citizen(service), { phone });
    await citizen.logsIn(await loginPage(citizen), who.idNumber);
    return citizen;
  };
  const restores = async (citizen: Citizen, page: Page): Promise<Page> => {
    const sent = await page.press('sms-send');
    return sent.press('phone-restore', { smsCode: await citizen.codeFor() });
  };

  /** Until another transaction waits for a row of this one. */
  const waitsForUs = async (tx: Tx): Promise<void> => {
    const blocked = 'select 1 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))';
    while (((await tx.query(blocked)) as unknown[]).length === 0) await new Promise((done) => setImmediate(done));
  };

  describe('who is asked', () => {
    it('on day 364 a code opens the account, on day 366 (login.holder-due) name and ID number are asked first', async () => {
      expect((await bySms(holderOf(await ownerAway(364)))).title).toBe('logged in');
      const owner = await ownerAway(366);
      const holder = holderOf(owner);
      const asked = await bySms(holder);
      expect(asked.path).toMatch(/\/number-holder$/);
      expect(asked.text).toContain('超过 365 天没有使用过');
      expect(asked.html).not.toContain(owner.who.name);
      const { name, idNumber } = owner.who;
      const entered = await asked.press('holder-prove', { name: ` ${name}`, idNumber: idNumber.toLowerCase() });
      expect(entered.title).toBe('logged in');
      expect(site.lastLogin.claims.amr).toEqual(['sms']);
      await holder.waits(MINUTE + 1);
      expect((await bySms(holderOf(owner))).title).toBe('logged in');
    });

    it('not of an unverified account: nothing of a person is in it', async () => {
      const citizen = new Citizen(service);
      await citizen.hasAccount(await site.loginUrl(service.origin));
      await citizen.waits(400 * DAY);
      expect((await bySms(holderOf(citizen))).title).toBe('logged in');
    });

    it('not while the owner uses it by another way than SMS', async () => {
      const owner = await ownerAway(300);
      expect((await tries(owner.phone)).title).toBe('logged in');
      await owner.waits(100 * DAY);
      expect((await bySms(holderOf(owner))).title).toBe('logged in');
    });

    it('a wrong name or ID number: tries left, five a day, from whatever browser; nobody is let in', async () => {
      const owner = await ownerAway(366);
      const { name, idNumber } = owner.who;
      let asked = await bySms(holderOf(owner));
      const malformed = await asked.press('holder-prove', { name: '', idNumber: idNumber.slice(1) });
      expect([malformed.codeAt('name'), malformed.codeAt('idNumber')]).toEqual(['name.missing', 'id-number.malformed']);
      const codes: string[] = [];
      for (const wrong of [{ name: '李四' }, { idNumber: resident().idNumber }, { name: '李四' }, { name: '王五' }]) {
        asked = await asked.press('holder-prove', { name, idNumber, ...wrong });
        codes.push(`${asked.status} ${asked.codes.join()}`);
      }
      expect(new Set(codes)).toEqual(new Set(['422 proof.identity-wrong']));
      expect(asked.text).toContain('还可以再试 1 次');
      const closed = await asked.press('holder-prove', { name: '李四', idNumber });
      expect([closed.status, closed.codes]).toEqual([429, ['proof.identity-closed']]);
      await owner.waits(MINUTE + 1);
      const elsewhere = await (await bySms(holderOf(owner))).press('holder-prove', { name, idNumber });
      expect([elsewhere.status, elsewhere.codes]).toEqual([429, ['proof.identity-closed']]);
      await owner.waits(DAY);
      const tomorrow = await (await bySms(holderOf(owner))).press('holder-prove', { name, idNumber });
      expect(tomorrow.title).toBe('logged in');
    });

    it('at the reset too; who proves it is asked for nothing more', async () => {
      const owner = await ownerAway(366);
      const holder = holderOf(owner);
      const asked = await holder.resets(await loginPage(holder));
      expect(asked.path).toMatch(/\/number-holder\?for=reset$/);
      const around = await holder.browser.open(asked.url.href.replace(/number-holder.*/, 'reset/password'));
      expect(around.path).toBe(asked.path);
      const refused = await asked.press('holder-prove', { ...owner.who, name: '李四' });
      const password = await refused.press('holder-prove', owner.who as never);
      expect(password.path).toMatch(/\/reset\/password$/);
      expect((await password.press('reset-submit', { password: NEW_PASSWORD })).title).toBe('logged in');
      expect((await tries(owner.phone, NEW_PASSWORD)).title).toBe('logged in');
    });

    it('at registration, where the number is found taken; who proves it is told to log in or to reset', async () => {
      const owner = await ownerAway(366);
      const holder = holderOf(owner);
      const asked = await holder.registers(await loginPage(holder));
      expect(asked.path).toMatch(/\/number-holder\?for=register$/);
      const taken = await asked.press('holder-prove', owner.who as never);
      expect([taken.path.endsWith('/register/taken'), taken.codes]).toEqual([true, ['phone.taken']]);
      expect((await taken.follow('reset')).has('#reset-submit')).toBe(true);
    });

    it('without a proved number its pages lead to the login; a disabled account is told so', async () => {
      const citizen = new Citizen(service);
      const login = await loginPage(citizen);
      for (const [page, due] of [
        ['number-holder', 'login?method=sms'],
        ['number-holder?for=reset', 'reset'],
        ['number-holder?for=register', 'register/person'],
        ['new-holder', 'register/person'],
      ] as const) {
        const opened = await citizen.browser.open(login.url.href.replace('login', page));
        expect(opened.path.endsWith(`/${due}`)).toBe(true);
      }
      const disabled = Object.assign(new Citizen(service), { phone: '13900000003' });
      const told = await bySms(disabled);
      expect(told.codeAt('phone')).toBe('login.disabled');
    });
  });

  describe('the new owner', () => {
    it('is told what it means, confirms a second time, and registers with the proved code', async () => {
      const owner = await ownerAway(366);
      const holder = holderOf(owner);
      const asked = await bySms(holder);
      const told = await asked.follow('new-holder');
      expect(told.text).toContain('原帐号的主人会失去');
      expect(told.text).toContain('30 天内可以恢复');
      expect((await told.follow('back')).path).toMatch(/\/number-holder\?for=login$/);
      expect((await tries(owner.phone)).title).toBe('logged in');

      const { who, phone } = await ownerAway(366);
      const second = holderOf({ phone } as Citizen);
      const registration = await frees(await bySms(second));
      expect(registration.path).toMatch(/\/register\/person$/);
      expect([registration.value('phone'), registration.has('#phone-proved')]).toEqual([phone, true]);
      expect(await second.notice()).toContain('解除绑定');
      const done = await registers(second, registration);
      expect(done.path).toMatch(/\/verification$/);
      expect(done.text).toContain(second.phone.slice(-4));
      expect((await done.press('verification-skip')).title).toBe('logged in');
      const centre = await second.browser.open(account());
      expect([centre.html.includes(who.name.slice(0, 1)), centre.has('#note-unverified')]).toEqual([false, true]);
    });

    it('may free it in the middle of a registration: what was typed is not lost', async () => {
      const owner = await ownerAway(366);
      const holder = holderOf(owner);
      const registration = await frees(await holder.registers(await loginPage(holder)));
      expect((await registration.press('register-submit', { agreement: 'yes' })).path).toMatch(/\/verification$/);
    });

    it('does not get it when its owner has come back meanwhile; with the owner signed in nothing is asked', async () => {
      const owner = await ownerAway(366);
      const holder = holderOf(owner);
      const told = await (await bySms(holder)).follow('new-holder');
      const back = holderOf(owner);
      await back.logsIn(await loginPage(back));
      const taken = await told.press('new-holder-confirm');
      expect(taken.codes).toEqual(['phone.taken']);
      expect((await back.browser.open(account())).path).toBe('/account');
      expect((await tries(owner.phone)).title).toBe('logged in');
    });

    it('two at once: one gets the number, the other is told that it has an account', async () => {
      const owner = await ownerAway(366);
      const holders = [holderOf(owner), holderOf(owner)];
      const asked: Page[] = [];
      for (const holder of holders) {
        asked.push(await (await bySms(holder)).follow('new-holder'));
        await holder.waits(MINUTE + 1);
      }
      const registrations = await Promise.all(asked.map(async (page) => page.press('new-holder-confirm')));
      expect(registrations.map(({ path }) => path.endsWith('/register/person'))).toEqual([true, true]);
      const done = await Promise.all(holders.map(async (one, at) => registers(one, registrations[at] as Page)));
      expect(done.filter(({ path }) => path.endsWith('/verification'))).toHaveLength(1);
      expect(done.filter(({ codes }) => codes.includes('phone.taken'))).toHaveLength(1);
      const told = (await owner.messages()).filter(({ text }) => text.includes('解除绑定'));
      expect(told).toHaveLength(1);
    });

    it('cannot free it without the code, nor in another browser than the one that proved it', async () => {
      const owner = await ownerAway(366);
      const told = await (await bySms(holderOf(owner))).follow('new-holder');
      const stranger = new Citizen(service);
      const { action } = told.form('new-holder-confirm');
      const foreign = (await loginPage(stranger)).form('login-submit').fields['_csrf'] as string;
      expect((await stranger.browser.post(action, { _csrf: foreign })).codes).toContain('interaction.expired');
      const own = (await loginPage(stranger)).url.href.replace(/login.*/, 'new-holder');
      const page = await stranger.browser.open(own.replace('new-holder', 'login'));
      const led = await stranger.browser.post(own, { _csrf: page.form('login-submit').fields['_csrf'] as string });
      expect(led.path).toMatch(/\/register\/person$/);
      expect((await tries(owner.phone)).title).toBe('logged in');
    });
  });

  describe('the old owner', () => {
    it('logs in with ID number and password, is told at once, and has the number back by a code to it', async () => {
      const owner = await ownerAway(366);
      await frees(await bySms(holderOf(owner)));
      expect((await tries(owner.phone)).codes).toEqual(['login.failed']);
      const citizen = await oldOwner(owner);
      const centre = await citizen.browser.open(account());
      expect(centre.has('#note-number-freed')).toBe(true);
      await citizen.waits(MINUTE + 1);
      const page = await centre.follow('note-number-freed');
      expect(page.path).toBe('/account/phone/restore');
      expect((await page.press('phone-restore', { smsCode: '000000' })).codeAt('smsCode')).toBe('sms-code.none');
      const done = await restores(citizen, page);
      expect([done.path, done.text.includes('手机号已恢复')]).toEqual(['/account/phone/restored', true]);
      expect(await citizen.notice()).toContain('刚刚更换了手机号');
      expect((await citizen.browser.open(account())).has('#note-number-freed')).toBe(false);
      expect((await tries(owner.phone)).title).toBe('logged in');
      expect((await citizen.browser.open(account('/activity'))).text).toContain('恢复手机号');
      const closed = await citizen.browser.open(account('/password'));
      expect([closed.status, closed.codes]).toEqual([403, ['proof.closed']]);
    });

    it('has it back from an account that nobody stands behind: that one’s sessions end', async () => {
      const owner = await ownerAway(366);
      const holder = holderOf(owner);
      const done = await registers(holder, await frees(await bySms(holder)));
      await done.press('verification-skip');
      expect((await holder.browser.open(account())).path).toBe('/account');
      const citizen = await oldOwner(owner);
      await citizen.waits(MINUTE + 1);
      const page = await citizen.browser.open(account('/phone'));
      expect((await restores(citizen, page)).path).toBe('/account/phone/restored');
      expect((await holder.browser.open(account())).path).toContain('/interaction/');
      await citizen.waits(MINUTE + 1);
      expect((await bySms(holderOf(owner))).title).toBe('logged in');
      const here = site.lastLogin.claims.sub;
      await tries(owner.phone);
      expect(site.lastLogin.claims.sub).toBe(here);
    });

    it('not from an account that is verified: another number is bound instead', async () => {
      const owner = await ownerAway(366);
      const holder = holderOf(owner);
      const registered = await registers(holder, await frees(await bySms(holder)));
      await holder.verifies(registered, resident());
      const citizen = await oldOwner(owner);
      await citizen.waits(MINUTE + 1);
      const page = await citizen.browser.open(account('/phone'));
      const refused = await restores(citizen, page);
      expect([refused.status, refused.codes]).toEqual([422, ['number.restore-taken']]);
      expect((await tries(owner.phone)).title).toBe('logged in');
      const other = new Citizen(service);
      const fresh = await refused.follow('other-number');
      const sent = await fresh.press('sms-send', { phone: other.phone });
      const changed = await sent.press('phone-submit', { smsCode: await citizen.codeFor(other.phone) });
      expect(changed.path).toBe('/account/phone/changed');
      expect((await tries(other.phone)).title).toBe('logged in');
    });

    it('has it back in place of a number bound meanwhile, which is told as well', async () => {
      const owner = await ownerAway(366);
      await frees(await bySms(holderOf(owner)));
      const citizen = await oldOwner(owner);
      const other = new Citizen(service);
      const fresh = await (await citizen.browser.open(account('/phone'))).follow('other-number');
      const sent = await fresh.press('sms-send', { phone: other.phone });
      await sent.press('phone-submit', { smsCode: await citizen.codeFor(other.phone) });
      const closed = await (await citizen.browser.open(account())).follow('note-number-freed');
      expect(closed.codes).toEqual(['proof.closed']);
      await citizen.waits(DAY);
      await citizen.logsIn(await loginPage(citizen), other.phone);
      const page = await (await citizen.browser.open(account())).follow('note-number-freed');
      expect((await restores(citizen, page)).path).toBe('/account/phone/restored');
      expect(await other.notice()).toContain('刚刚更换了手机号');
      expect((await tries(other.phone)).codes).toEqual(['login.failed']);
      expect((await tries(owner.phone)).title).toBe('logged in');
    });

    it('for 30 days; afterwards nothing is kept of it, and only another number can be bound', async () => {
      const [early, late] = [await ownerAway(0), await ownerAway(366)];
      await frees(await bySms(holderOf(early)));
      await frees(await bySms(holderOf(late)));
      await early.waits(30 * DAY - 10 * MINUTE);
      const inTime = await oldOwner(early);
      expect((await inTime.browser.open(account('/phone'))).path).toBe('/account/phone/restore');
      const page = await inTime.browser.open(account('/phone/restore'));
      await inTime.waits(11 * MINUTE);
      expect((await page.press('sms-send')).path).toMatch(/^\/account\/(phone\/new|proof)/);
      const byIdNumber = await tries(late.who.idNumber);
      const outcome = { hubei: 'logged in', hebei: 'login.failed' }[province];
      expect([byIdNumber.title, ...byIdNumber.codes]).toContain(outcome);
    });

    it('of many requests at once to have it back one counts', async () => {
      const owner = await ownerAway(366);
      await frees(await bySms(holderOf(owner)));
      const citizen = await oldOwner(owner);
      await citizen.waits(MINUTE + 1);
      const sent = await (await citizen.browser.open(account('/phone'))).press('sms-send');
      const smsCode = await citizen.codeFor();
      const { action, fields } = sent.form('phone-restore');
      const post = async () => citizen.browser.copy().post(action, { ...fields, smsCode });
      const answers = await Promise.all(Array.from({ length: 8 }, post));
      for (const answer of answers) expect(answer.status).toBeLessThan(500);
      const told = (await citizen.messages()).filter(({ text }) => text.includes('更换了手机号'));
      expect(told.length).toBeLessThanOrEqual(1);
      expect((await tries(owner.phone)).title).toBe('logged in');
    });

    it('who was overtaken between the code and the change is told that it is too late; the number stays where it is', async () => {
      const owner = await ownerAway(366);
      await frees(await bySms(holderOf(owner)));
      const citizen = await oldOwner(owner);
      await citizen.waits(MINUTE + 1);
      const sent = await (await citizen.browser.open(account('/phone'))).press('sms-send');
      const smsCode = await citizen.codeFor();
      const db = service.app.get(Database);
      const refused = await db.transaction(async (tx) => {
        await tx.query(`delete from pending_changes where kind = 'number-freed'`);
        const answer = sent.press('phone-restore', { smsCode });
        await waitsForUs(tx);
        return { answer };
      });
      const told = await refused.answer;
      expect([told.status, told.codes]).toEqual([422, ['number.restore-over']]);
      expect((await tries(owner.phone)).codes).toEqual(['login.failed']);
    });

    it('DESIGN 6 a login by password counts for five minutes, then a proof of this very act is asked for', async () => {
      const owner = await ownerAway(366);
      await frees(await bySms(holderOf(owner)));
      const citizen = await oldOwner(owner);
      const page = await citizen.browser.open(account('/phone'));
      await citizen.waits(5 * MINUTE);
      const proof = await page.press('sms-send');
      expect(proof.path).toBe('/account/proof?act=restore-number');
      const other = await citizen.browser.open(account('/proof?act=phone'));
      expect((await other.press('proof-submit', { password: PASSWORD })).path).toBe(
        '/account/proof?act=restore-number',
      );
      const again = await proof.press('proof-submit', { password: PASSWORD });
      expect((await restores(citizen, again)).path).toBe('/account/phone/restored');
    });
  });
});
