import { jest } from '@jest/globals';
import { GatewayDown } from '../../src/gateways/outside-party.js';
import { SmsGateway } from '../../src/gateways/sms/sms.gateway.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Persons } from '../../src/identity/accounts/persons.service.js';
import { MoveRequests } from '../../src/flows/lost-number/move-requests.service.js';
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

describe.each(PROVINCES)('number lost, with nothing to show (%s)', (province) => {
  const { file, residents: people } = residentsFile(40);
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
  const account = (path = '') => `${service.origin}/account${path}`;
  const idOf = async ({ idNumber }: Resident): Promise<string> =>
    (await service.app.get(Accounts).find('resident-id', ResidentId.fromCanonical(idNumber))) as string;
  const phoneOf = async (who: Resident): Promise<string | undefined> =>
    (await service.app.get(Persons).find(await idOf(who)))?.phone?.national;
  /** Somebody with a verified account, and somebody at another browser with a new number who says to be the same. */
  const loser = async () => {
    const who = resident();
    const owner = new Citizen(service);
    await owner.hasAccount(await site.loginUrl(service.origin), who);
    await owner.waits(MINUTE + 1);
    return { who, owner, citizen: new Citizen(service) };
  };
  const asks = async (citizen: Citizen, who: Resident, phone = citizen.phone): Promise<Page> => {
    const proof = await citizen.losesNumber(await loginPage(citizen), who, phone);
    const asked = await (await proof.follow('by-none')).press('lost-number-submit');
    await citizen.waits(1);
    return asked;
  };
  const notices = async (citizen: Citizen, word: string): Promise<number> =>
    (await citizen.messages()).filter(({ text }) => text.includes(word)).length;
  const stopCode = async (owner: Citizen): Promise<string> =>
    /停止码 ([A-Z0-9-]+)/.exec((await owner.messages()).find(({ text }) => text.includes('停止码'))?.text ?? '')?.[1] ??
    '';
  const bySms = async (phone: string): Promise<Citizen> => {
    const other = Object.assign(new Citizen(service), { phone });
    const page = await other.browser.open(`${(await loginPage(other)).url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone, ...(await other.captcha(page)) });
    await sent.press('login-submit', { smsCode: await other.codeFor() });
    return other;
  };

  it('R-8.1 7 days’ notice, then the number moves, sessions end, a new password comes first (login.password-due)', async () => {
    const { who, owner, citizen } = await loser();
    const offline = { scope: 'openid offline_access', prompt: 'consent' };
    await (await owner.browser.open(await site.loginUrl(service.origin, offline))).press('permission-submit');
    const login = site.lastLogin;
    const refreshed = await site.refresh(login);

    const asked = await asks(citizen, who);
    expect([asked.status, asked.title]).toEqual([200, '申请已收到']);
    expect((await citizen.browser.open(asked.url.href)).text).toBe(asked.text);
    const notice = (await owner.messages())[0]?.text ?? '';
    const day = /\d{4}-\d\d-\d\d/.exec(notice)?.[0] as string;
    expect(Date.parse(`${day}T12:00:00+08:00`) - service.clock.ms()).toBeGreaterThan(6 * DAY * 1000);
    expect(asked.text).toContain(day);
    expect(notice).not.toMatch(/https?:|[\w-]+\.cn/);
    expect((await owner.messages())[0]?.code).toBeUndefined();
    const attention = await (await owner.browser.open(account())).follow('note-number-move');
    expect([attention.path, attention.text.includes(day)]).toEqual(['/account/lost-number', true]);

    await citizen.waits(7 * DAY - 2 * MINUTE);
    expect(await phoneOf(who)).toBe(owner.phone);
    const late = new Citizen(service);
    const reminder = await late.logsIn(await loginPage(late), owner.phone);
    expect((await reminder.press('number-move-continue')).title).toBe('logged in');
    await citizen.waits(3 * MINUTE);
    expect(await phoneOf(who)).toBe(citizen.phone);
    expect((await late.browser.open(account())).path).toContain('/interaction/');
    expect([await notices(owner, '已改绑到新手机号'), await notices(citizen, '已改绑到新手机号')]).toEqual([1, 1]);
    const tokens = { ...login, tokens: refreshed } as typeof login;
    await expect(site.refresh(tokens)).rejects.toMatchObject({ error: 'invalid_grant' });

    expect((await late.logsIn(await loginPage(late), citizen.phone)).codes).toEqual(['login.failed']);
    const page = await late.browser.open(`${(await loginPage(late)).url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone: citizen.phone, ...(await late.captcha(page)) });
    const person = await sent.press('login-submit', { smsCode: await late.codeFor(citizen.phone) });
    expect(person.path).toMatch(/\/reset\/person$/);
    const reset = await person.press('reset-prove', { name: who.name, idNumberLast6: who.idNumber.slice(-6) });
    expect((await reset.press('reset-submit', { password: NEW_PASSWORD })).title).toBe('logged in');
    await late.waits(MINUTE + 1);
    expect((await (await bySms(citizen.phone)).browser.open(account())).path).toBe('/account');
  });

  describe('says the same', () => {
    it('whether or not there is such an account, and a wrong name too: page and messages, till the day', async () => {
      const { who, owner, citizen } = await loser();
      const [nobody, misnamed] = [new Citizen(service), new Citizen(service)];
      const pages = [
        await asks(citizen, who),
        await asks(nobody, resident()),
        await asks(misnamed, { ...who, name: '甄无名' }),
      ];
      const plain = pages.map(({ text }) => text.replaceAll(/1\d\d\*{4}\d{4}/g, 'N'));
      expect(new Set(plain).size).toBe(1);
      expect([await citizen.notice(), await nobody.notice(), await misnamed.notice()]).toEqual(['', '', '']);
      expect(await notices(owner, '停止码')).toBe(1);
      await citizen.waits(7 * DAY);
      for (const one of [nobody, misnamed]) expect(await one.notice()).toContain('没有更换');
      expect(await citizen.notice()).toContain('已改绑到新手机号');
    });

    it('a notice that goes out late keeps its days', async () => {
      const { who, owner, citizen } = await loser();
      const judge = jest.spyOn(service.app.get(MoveRequests) as unknown as { judge: () => Promise<void> }, 'judge');
      judge.mockRejectedValueOnce(new Error('the process died'));
      const proof = await (await citizen.losesNumber(await loginPage(citizen), who, citizen.phone)).follow('by-none');
      await proof.press('lost-number-submit');
      await citizen.waits(1);
      await citizen.waits(8 * DAY);
      expect([await phoneOf(who), await notices(owner, '停止码')]).toEqual([owner.phone, 1]);
      await citizen.waits(7 * DAY);
      expect(await phoneOf(who)).toBe(citizen.phone);
      judge.mockRestore();
    });

    it('DESIGN 6 three times a day for one person', async () => {
      const who = resident();
      for (let tries = 0; tries < 3; tries += 1) {
        expect((await asks(new Citizen(service), who)).status).toBe(200);
      }
      const closed = await asks(new Citizen(service), who);
      expect([closed.status, closed.codes]).toEqual([429, ['lost-number.closed']]);
      await new Citizen(service).waits(DAY);
      expect((await asks(new Citizen(service), who)).status).toBe(200);
    });
  });

  describe('is stopped', () => {
    it('by the code of the notice at /stop: it is gone, both numbers are told, nobody asks again for 30 days', async () => {
      const { who, owner, citizen } = await loser();
      await asks(citizen, who);
      const code = await stopCode(owner);
      const stranger = new Citizen(service);
      const page = await (await stranger.browser.open(service.origin)).follow('stop-link');
      expect((await page.press('stop-submit')).codeAt('stopCode')).toBe('stop-code.missing');
      expect((await page.press('stop-submit', { stopCode: '123456' })).codeAt('stopCode')).toBe('stop-code.malformed');
      const unknown = await page.press('stop-submit', { stopCode: 'ACDEF-ACDEF' });
      expect([unknown.status, unknown.codeAt('stopCode'), unknown.value('stopCode')]).toEqual([
        422,
        'stop-code.unknown',
        'ACDEF-ACDEF',
      ]);
      const done = await unknown.press('stop-submit', { stopCode: ` ${code.toLowerCase()} ` });
      expect([done.path, done.title]).toEqual(['/stop?done=1', '停止更换手机号']);
      expect((await page.press('stop-submit', { stopCode: code })).path).toBe('/stop?done=1');
      expect([await owner.notice(), await citizen.notice()].map((text) => text.includes('没有更换'))).toEqual([
        true,
        true,
      ]);

      const again = new Citizen(service);
      await asks(again, who);
      expect(await notices(owner, '停止码')).toBe(1);
      await again.waits(8 * DAY);
      expect(await phoneOf(who)).toBe(owner.phone);
      expect(await again.notice()).toContain('没有更换');
      await again.waits(23 * DAY);
      expect(await notices(owner, '停止码')).toBe(0);
      await asks(again, who, freshPhone());
      expect(await notices(owner, '停止码')).toBe(1);
    });

    it('by whoever is signed in, by SMS alone too, without a proof', async () => {
      const { who, owner, citizen } = await loser();
      await asks(citizen, who);
      const signedIn = await bySms(owner.phone);
      const waiting = await signedIn.browser.open(account('/lost-number'));
      const done = await waiting.press('lost-number-stop');
      expect([done.status, done.path]).toEqual([200, '/account/lost-number?stopped=1']);
      expect((await waiting.press('lost-number-stop')).path).toBe('/account/lost-number?stopped=1');
      expect((await signedIn.browser.open(account())).has('#note-number-move')).toBe(false);
      expect([await owner.notice(), await citizen.notice()].map((text) => text.includes('没有更换'))).toEqual([
        true,
        true,
      ]);
      expect(await notices(citizen, '没有更换')).toBe(1);
      await citizen.waits(8 * DAY);
      expect(await phoneOf(who)).toBe(owner.phone);
    });

    it('on the way to a site: each session is told once, at its next hop or login; silent hops are left alone', async () => {
      const { who, owner, citizen } = await loser();
      await owner.browser.open(account());
      await asks(citizen, who);
      const hop = async (more?: Record<string, string>) =>
        owner.browser.open(await site.loginUrl(service.origin, more));
      expect((await hop({ prompt: 'none' })).title).toBe('logged in');
      const page = await hop();
      expect(page.path).toMatch(/^\/interaction\/[\w-]+\/number-move$/);
      expect((await owner.browser.open(page.url.href)).text).toBe(page.text);
      expect((await page.press('number-move-continue')).title).toBe('logged in');
      expect((await hop()).title).toBe('logged in');

      const other = Object.assign(new Citizen(service), { phone: owner.phone });
      const login = await loginPage(other);
      const early = await other.browser.open(login.url.href.replace(/\/login.*/, '/number-move'));
      expect([early.status, early.codes]).toEqual([404, ['page.not-found']]);
      const told = await other.logsIn(login);
      expect((await told.press('lost-number-stop')).title).toBe('logged in');
      expect(await citizen.notice()).toContain('没有更换');
      expect((await other.browser.open(account())).has('#note-number-move')).toBe(false);
      await citizen.waits(8 * DAY);
      expect(await phoneOf(who)).toBe(owner.phone);
    });

    it('codes are tried 20 times an hour from one address, and from our own page alone', async () => {
      const citizen = new Citizen(service);
      await citizen.waits(3600);
      const page = await citizen.browser.open(`${service.origin}/stop`);
      for (let tries = 0; tries < 20; tries += 1) {
        expect((await page.press('stop-submit', { stopCode: 'ACDEF-ACDEF' })).status).toBe(422);
      }
      const wait = await page.press('stop-submit', { stopCode: 'ACDEF-ACDEF' });
      expect([wait.status, wait.codes, wait.headers.has('retry-after')]).toEqual([429, ['limit.wait'], true]);
      await citizen.waits(3600);
      expect((await page.press('stop-submit', { stopCode: 'ACDEF-ACDEF' })).status).toBe(422);
      const { action, fields } = page.form('stop-submit');
      const foreign = await citizen.browser.post(action, { ...fields, _csrf: 'made-up', stopCode: 'ACDEFACDEF' });
      expect([foreign.status, foreign.codes]).toEqual([403, ['form.token']]);
      const origin = await citizen.browser.post(action, fields, { origin: 'https://elsewhere.example' });
      expect([origin.status, origin.codes]).toEqual([403, ['form.foreign-origin']]);
    });

    it('by a second one who asks for the same account: neither gets it, and each hears of it on the day named', async () => {
      const { who, owner, citizen } = await loser();
      const second = new Citizen(service);
      await asks(citizen, who);
      await citizen.waits(DAY);
      await asks(second, who);
      expect(await owner.notice()).toContain('没有更换');
      expect([await citizen.notice(), await second.notice()]).toEqual(['', '']);
      await citizen.waits(6 * DAY);
      expect([await notices(citizen, '没有更换'), await notices(second, '没有更换')]).toEqual([1, 0]);
      await citizen.waits(DAY);
      expect(await notices(second, '没有更换')).toBe(1);
      expect(await phoneOf(who)).toBe(owner.phone);
    });

    it('many at once put down one, or none', async () => {
      const { who, owner } = await loser();
      const citizens = [new Citizen(service), new Citizen(service), new Citizen(service)];
      const proofs: Page[] = [];
      for (const one of citizens) {
        const proof = await one.losesNumber(await loginPage(one), who, one.phone);
        proofs.push(await proof.follow('by-none'));
      }
      await Promise.all(proofs.map(async (page) => page.press('lost-number-submit')));
      await citizens[0]?.waits(1);
      await citizens[0]?.waits(8 * DAY);
      expect(await phoneOf(who)).toBe(owner.phone);
      for (const one of citizens) expect(await notices(one, '没有更换')).toBe(1);
    });

    it('asked for twice with the same number it stays one move, with one notice', async () => {
      const { who, owner, citizen } = await loser();
      await asks(citizen, who);
      await citizen.waits(2 * MINUTE);
      await asks(citizen, who);
      expect(await notices(owner, '停止码')).toBe(1);
      await citizen.waits(7 * DAY);
      expect(await phoneOf(who)).toBe(citizen.phone);
      expect(await notices(citizen, '没有更换')).toBe(0);
    });

    it('when the operator takes no notice: without the notice there is no move', async () => {
      const { who, owner, citizen } = await loser();
      const gateway = service.app.get(SmsGateway);
      const send = jest.spyOn(gateway, 'send');
      const proof = await (await citizen.losesNumber(await loginPage(citizen), who, citizen.phone)).follow('by-none');
      send.mockRejectedValue(new GatewayDown('sms operator'));
      await proof.press('lost-number-submit');
      for (let tries = 0; tries < 8; tries += 1) await citizen.waits(6 * MINUTE);
      send.mockRestore();
      await citizen.waits(8 * DAY);
      expect(await phoneOf(who)).toBe(owner.phone);
      expect(await notices(citizen, '没有更换')).toBe(1);
    });
  });

  describe('is overtaken', () => {
    it('when the owner changes the number meanwhile: who asked is told, nothing happens on the day', async () => {
      const { who, owner, citizen } = await loser();
      await asks(citizen, who);
      const again = Object.assign(new Citizen(service), { phone: owner.phone });
      await again.logsIn(await loginPage(again));
      const phone = freshPhone();
      const old = await (await again.browser.open(account('/phone'))).press('sms-send');
      const fresh = await old.press('phone-next', { smsCode: await again.codeFor() });
      const sent = await fresh.press('sms-send', { phone });
      await sent.press('phone-submit', { smsCode: await again.codeFor(phone) });
      expect(await citizen.notice()).toContain('没有更换');
      await citizen.waits(8 * DAY);
      expect(await phoneOf(who)).toBe(phone);
      expect(await citizen.notice()).toBe('');
    });

    it('when the owner proves it by the password meanwhile, to this number or another', async () => {
      const { who, owner, citizen } = await loser();
      await asks(citizen, who);
      await citizen.waits(2 * MINUTE);
      const proof = await citizen.losesNumber(await loginPage(citizen), who, citizen.phone);
      expect((await proof.press('lost-number-submit', { password: owner.password })).title).toBe('logged in');
      await citizen.waits(8 * DAY);
      expect(await notices(citizen, '没有更换')).toBe(0);
      expect((await citizen.logsIn(await loginPage(citizen))).title).toBe('logged in');
    });

    it('when the number is taken meanwhile: it stays where it is, both numbers are told', async () => {
      const { who, owner, citizen } = await loser();
      await asks(citizen, who);
      await citizen.waits(2 * MINUTE);
      await citizen.hasAccount(await site.loginUrl(service.origin));
      await citizen.waits(7 * DAY);
      expect(await phoneOf(who)).toBe(owner.phone);
      expect([await owner.notice(), await citizen.notice()].map((text) => text.includes('没有更换'))).toEqual([
        true,
        true,
      ]);
    });

    it.each(['disabled', 'closed'])('when the account is %s by then', async (state) => {
      const { who, owner, citizen } = await loser();
      await asks(citizen, who);
      const id = await idOf(who);
      await service.app.get(Database).query('update accounts set state = $2 where id = $1', [id, state]);
      await citizen.waits(7 * DAY);
      expect(await phoneOf(who)).toBe(owner.phone);
      expect(await citizen.notice()).toContain('没有更换');
    });

    it('not by a deregistration that waits: that is put off, and whoever has the account then decides', async () => {
      const { who, owner, citizen } = await loser();
      const again = Object.assign(new Citizen(service), { phone: owner.phone });
      await again.logsIn(await loginPage(again));
      const data = await again.browser.open(account('/data'));
      await (await data.press('deregister-submit')).press('deregister-confirm');
      await citizen.waits(MINUTE);
      await asks(citizen, who);
      await citizen.waits(7 * DAY - MINUTE / 2);
      await citizen.waits(MINUTE);
      expect(await phoneOf(who)).toBe(citizen.phone);
      const login = await citizen.browser.open(`${(await loginPage(citizen)).url.href}?method=sms`);
      const sent = await login.press('sms-send', { phone: citizen.phone, ...(await citizen.captcha(login)) });
      const person = await sent.press('login-submit', { smsCode: await citizen.codeFor() });
      const reset = await person.press('reset-prove', { name: who.name, idNumberLast6: who.idNumber.slice(-6) });
      const reminder = await reset.press('reset-submit', { password: NEW_PASSWORD });
      expect((await reminder.press('deregister-cancel')).title).toBe('logged in');
      await citizen.waits(8 * DAY);
      expect(await phoneOf(who)).toBe(citizen.phone);
    });

    it('a password moves it while the account waits to be closed: so its owner can come back and cancel that', async () => {
      const { who, owner, citizen } = await loser();
      const thief = Object.assign(new Citizen(service), { phone: owner.phone });
      await thief.logsIn(await loginPage(thief));
      const data = await thief.browser.open(account('/data'));
      await (await data.press('deregister-submit')).press('deregister-confirm');
      await citizen.waits(MINUTE);
      const proof = await citizen.losesNumber(await loginPage(citizen), who, citizen.phone);
      const reminder = await proof.press('lost-number-submit', { password: owner.password });
      expect((await reminder.press('deregister-cancel')).title).toBe('logged in');
      expect(await phoneOf(who)).toBe(citizen.phone);
    });

    it('a disabled account takes none', async () => {
      const { who, owner, citizen } = await loser();
      const id = await idOf(who);
      await service.app.get(Database).transaction(async (tx) => service.app.get(Accounts).disable(tx, id));
      await asks(citizen, who);
      expect(await notices(owner, '停止码')).toBe(0);
      await citizen.waits(7 * DAY);
      expect(await citizen.notice()).toContain('没有更换');
    });
  });
});
