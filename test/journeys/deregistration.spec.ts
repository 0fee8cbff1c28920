import { decodeJwt } from 'jose';
import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Deregistrations } from '../../src/identity/accounts/deregistrations.service.js';
import { PendingChanges } from '../../src/identity/accounts/pending-changes.service.js';
import { UserNames } from '../../src/identity/accounts/user-names.service.js';
import { Persons } from '../../src/identity/accounts/persons.service.js';
import { RecoveryCodes } from '../../src/identity/proofs/recovery-codes.service.js';
import { Sessions } from '../../src/oidc/sessions.service.js';
import { WaysIn } from '../../src/oidc/ways-in.service.js';
import { chinaDay } from '../../src/shared/china-time.js';
import { Clock } from '../../src/shared/clock.js';
import { Phone } from '../../src/shared/phone.js';
import { UserName } from '../../src/shared/user-name.js';
import { FieldCipher } from '../../src/storage/field-cipher.js';
import { Jobs } from '../../src/storage/jobs.service.js';
import { MasterKeys } from '../../src/storage/master-keys.js';
import { Database } from '../../src/storage/transactions.js';
import type { Page } from '../support/browser.js';
import { Citizen, freshPhone } from '../support/citizen.js';
import { freshDatabase } from '../support/database.js';
import { dumpEverything } from '../support/dump.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const DAY = 24 * 3600;
const WAITING = 'select 1 from pending_changes where account_id = $1';

/** Somebody with an account, and the account's id. */
type Owner = Citizen & { account: string };

/** The method throws when it is next called, then works again. */
function failsOnce<T extends object>(object: T, method: keyof T & string): void {
  Object.assign(object, {
    [method]: async () => {
      delete object[method];
      throw new Error('the process died here');
    },
  });
}

describe.each(PROVINCES)('deregistration (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let database: Awaited<ReturnType<typeof freshDatabase>>;

  beforeAll(async () => {
    [site, database] = await Promise.all([TestSite.start('site'), freshDatabase()]);
    service = await startService(province, {
      DATABASE_URL: database.url,
      SITES_FILE: sitesFile([site.metadata()]),
    });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
    await database.drop();
  });

  let next = 3;
  const resident = () => stubResidents()[(next += 1)] as { name: string; idNumber: string };
  const url = (more?: Record<string, string>) => site.loginUrl(service.origin, more);
  const db = () => service.app.get(Database);
  const person = async (who?: { name: string; idNumber: string }): Promise<Owner> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await url(), who);
    await citizen.waits(MINUTE + 1);
    return Object.assign(citizen, { account: site.lastLogin.claims.sub });
  };
  const elsewhere = async (owner: Owner): Promise<{ other: Citizen; page: Page }> => {
    const other = Object.assign(new Citizen(service), { phone: owner.phone });
    return { other, page: await other.logsIn(await other.browser.open(await url())) };
  };
  const bySms = async (phone: string): Promise<Citizen> => {
    const citizen = Object.assign(new Citizen(service), { phone });
    const login = await citizen.browser.open(await url());
    const page = await citizen.browser.open(`${login.url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone, ...(await citizen.captcha(page)) });
    await sent.press('login-submit', { smsCode: await citizen.codeFor() });
    return citizen;
  };
  const myData = async (citizen: Citizen) => citizen.browser.open(`${service.origin}/account/data`);
  const asks = async (citizen: Citizen): Promise<Page> =>
    (await (await myData(citizen)).press('deregister-submit')).press('deregister-confirm');
  const inDays = (days: number) => chinaDay(new Date(service.clock.ms() + days * DAY * 1000));
  const trail = async (account: string): Promise<string[]> =>
    (await db().query<{ kind: string }>('select kind from activity where account_id = $1 order by id', [account])).map(
      ({ kind }) => kind,
    );
  const state = async (account: string) => (await service.app.get(Accounts).standing(account))?.state;
  const found = async (phone: string) => service.app.get(Accounts).find('phone', Phone.parse(phone));
  /** Closed, after all the days, by an owner who is not signed in any more. */
  const closes = async (owner: Owner): Promise<void> => {
    await asks(owner);
    await owner.waits(7 * DAY + 1);
  };
  const offline = async (citizen: Citizen) => {
    const permission = await citizen.browser.open(
      await url({ scope: 'openid phone real_name offline_access', prompt: 'consent' }),
    );
    await permission.press('permission-submit');
    return site.lastLogin;
  };

  describe('asking for it', () => {
    it('PIPL 47 says what is lost and what stays and why, waits seven days, tells the account; all works meanwhile', async () => {
      const owner = await person();
      const page = await (await myData(owner)).press('deregister-submit');
      expect(page.path).toBe('/account/data/deregister');
      expect(page.text).toContain(`帐号 ${owner.phone.slice(0, 3)}****${owner.phone.slice(-4)}`);
      for (const said of ['会失去什么', '会留下什么', '六个月', inDays(7)]) expect(page.text).toContain(said);
      const done = await page.press('deregister-confirm');
      expect([done.path, done.has('#deregister-cancel'), done.has('#deregister-submit')]).toEqual([
        '/account/data',
        true,
        false,
      ]);
      expect(done.text).toContain(`将于 ${inDays(7)} 注销`);
      expect(await owner.notice()).toContain(`将于 ${inDays(7)} 注销`);
      expect((await owner.browser.open(await url())).title).toBe('logged in');
      expect((await owner.browser.open(`${service.origin}/account/data/deregister`)).path).toBe('/account/data');
    });

    it('confirmed many times, it counts once and is told once', async () => {
      const owner = await person();
      const { action, fields } = (await (await myData(owner)).press('deregister-submit')).form('deregister-confirm');
      const body = new URLSearchParams(fields).toString();
      const answers = await Promise.all(
        Array.from({ length: 6 }, async () => owner.browser.request('POST', action, body, { origin: service.origin })),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
      expect(new Set(answers.map(({ headers }) => headers.get('location')))).toEqual(new Set(['/account/data']));
      await owner.waits(1);
      expect((await trail(owner.account)).filter((kind) => kind === 'deregistration-asked')).toHaveLength(1);
      expect((await owner.messages()).filter(({ text }) => text.includes('申请注销'))).toHaveLength(1);
    });

    it('DESIGN 6 a session opened by SMS gives a proof that is not SMS first, then goes on with the act', async () => {
      const who = resident();
      const owner = await person(who);
      const citizen = await bySms(owner.phone);
      const proof = await (await myData(citizen)).press('deregister-submit');
      expect(proof.path).toBe('/account/proof?act=deregister');
      const page = await (await proof.follow('proof-other')).press('proof-submit', who);
      expect(page.path).toBe('/account/data/deregister');
      expect((await page.press('deregister-confirm')).has('#deregister-cancel')).toBe(true);
    });

    it('DESIGN 6 the last word without a proof leads to the proof page, and nothing is asked for', async () => {
      const owner = await person();
      const page = await (await myData(owner)).press('deregister-submit');
      await owner.waits(5 * MINUTE);
      expect((await page.press('deregister-confirm')).path).toBe('/account/proof?act=deregister');
      expect(await db().query(WAITING, [owner.account])).toEqual([]);
    });

    it('DESIGN 6 is closed for a day after a reset by SMS', async () => {
      const owner = await person(resident());
      const page = await (await myData(owner)).press('deregister-submit');
      await db().transaction(async (tx) => service.app.get(Accounts).noteWayChanged(tx, owner.account, 'password'));
      const confirmed = await page.press('deregister-confirm');
      expect([confirmed.status, confirmed.codes, confirmed.has('#deregister-confirm')]).toEqual([
        403,
        ['proof.closed'],
        true,
      ]);
      const started = await (await myData(owner)).press('deregister-submit');
      expect([started.status, started.codes]).toEqual([403, ['proof.closed']]);
    });

    it('asked for and cancelled again and again, it is closed till tomorrow: each time is a message', async () => {
      const owner = await person();
      let page = await asks(owner);
      for (let times = 1; times < 5; times += 1) {
        await page.press('deregister-cancel');
        page = await asks(owner);
      }
      await page.press('deregister-cancel');
      const refused = await asks(owner);
      expect([refused.status, refused.codes]).toEqual([429, ['deregister.day-cap']]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    });

    it('another’s form token, a foreign origin, a session that has ended: nothing is asked for', async () => {
      const [owner, neighbour] = [await person(), await person()];
      const page = await (await myData(owner)).press('deregister-submit');
      const foreign = await page.press('deregister-confirm', {
        _csrf: (await myData(neighbour)).value('_csrf') as string,
      });
      expect([foreign.status, foreign.codes]).toEqual([403, ['form.token']]);
      const { action, fields } = page.form('deregister-confirm');
      const elsewhereFrom = await owner.browser.post(action, fields, { origin: 'https://evil.example' });
      expect([elsewhereFrom.status, elsewhereFrom.codes]).toEqual([403, ['form.foreign-origin']]);
      await owner.waits(31 * MINUTE);
      const ended = await page.press('deregister-confirm');
      expect([ended.status, ended.codes]).toEqual([403, ['session.ended']]);
      expect(await db().query(WAITING, [owner.account])).toEqual([]);
    });

    it('a disabled account cannot; disabling drops one that waits', async () => {
      const [owner, other] = [await person(), await person()];
      const page = await (await myData(owner)).press('deregister-submit');
      await asks(other);
      for (const { account } of [owner, other]) {
        await db().transaction(async (tx) => service.app.get(Accounts).disable(tx, account));
      }
      const refused = await page.press('deregister-confirm');
      expect([refused.status, refused.codes]).toEqual([403, ['session.ended']]);
      const asked = db().transaction(async (tx) => service.app.get(Deregistrations).waits(tx, owner.account));
      await expect(asked).rejects.toMatchObject({ code: 'account.ended' });
      expect((await trail(other.account)).slice(-2).toSorted()).toEqual(['deregistration-cancelled', 'disabled']);
      await owner.waits(8 * DAY);
      expect([await state(owner.account), await state(other.account)]).toEqual(['disabled', 'disabled']);
    });
  });

  describe('changing one’s mind', () => {
    it('cancelled on the page, it is off for good; asked for anew, the days begin anew', async () => {
      const owner = await person();
      const page = await (await asks(owner)).press('deregister-cancel');
      expect([page.path, page.has('#deregister-submit')]).toEqual(['/account/data?news=cancelled', true]);
      await owner.waits(4 * DAY);
      const { other, page: login } = await elsewhere(owner);
      expect(login.title).toBe('logged in');
      await asks(other);
      await owner.waits(4 * DAY);
      expect(await state(owner.account)).toBe('active');
      await owner.waits(3 * DAY);
      expect(await state(owner.account)).toBe('closed');
    });

    it('two cancels at once, from two sessions, are one; a late one does no harm', async () => {
      const owner = await person();
      const mine = await asks(owner);
      const { other, page } = await elsewhere(owner);
      await page.press('deregister-continue');
      const theirs = await myData(other);
      const both = await Promise.all([mine.press('deregister-cancel'), theirs.press('deregister-cancel')]);
      expect(both.map(({ path }) => path)).toEqual(Array(2).fill('/account/data?news=cancelled'));
      expect((await theirs.press('deregister-cancel')).status).toBe(200);
      expect((await trail(owner.account)).filter((kind) => kind === 'deregistration-cancelled')).toHaveLength(1);
    });

    it('a login while it waits is told so, works, and can stop it', async () => {
      const owner = await person();
      await asks(owner);
      const { page: told } = await elsewhere(owner);
      expect(told.path).toMatch(/^\/interaction\/[\w-]+\/deregistration$/);
      expect(told.text).toContain(inDays(7));
      expect((await told.press('deregister-continue')).title).toBe('logged in');
      expect(await state(owner.account)).toBe('active');
      const { other, page: again } = await elsewhere(owner);
      expect((await again.press('deregister-cancel')).title).toBe('logged in');
      expect((await myData(other)).has('#deregister-submit')).toBe(true);
      expect((await elsewhere(owner)).page.title).toBe('logged in');
      const late = await told.press('deregister-cancel');
      expect(late.status).toBe(410);
    });

    it('the question cannot be answered before it was asked', async () => {
      const owner = await person();
      await asks(owner);
      const other = Object.assign(new Citizen(service), { phone: owner.phone });
      const login = await other.browser.open(await url());
      const page = login.url.href.replace(/\/login.*$/, '/deregistration');
      const early = await other.browser.post(page, { _csrf: login.value('_csrf') as string });
      expect([early.status, early.codes]).toEqual([404, ['page.not-found']]);
      expect((await other.browser.open(page)).status).toBe(404);
      expect((await other.logsIn(login)).has('#deregister-continue')).toBe(true);
    });

    it('a hop with a live session and prompt=none are not held up', async () => {
      const owner = await person();
      await asks(owner);
      expect((await owner.browser.open(await url())).title).toBe('logged in');
      expect((await owner.browser.open(await url({ prompt: 'none' }))).title).toBe('logged in');
    });

    it('due already but not carried out, it can still be stopped; carried out, the session is over', async () => {
      const owner = await person();
      await asks(owner);
      service.clock.advance(7 * DAY - 5 * MINUTE);
      const { other, page } = await elsewhere(owner);
      await page.press('deregister-continue');
      const waiting = await myData(other);
      service.clock.advance(6 * MINUTE);
      expect((await waiting.press('deregister-cancel')).has('#deregister-submit')).toBe(true);
      await owner.waits(1);
      expect(await state(owner.account)).toBe('active');

      const again = await asks(await elsewhere(owner).then(({ other: back }) => back));
      await owner.waits(7 * DAY + 1);
      const late = await again.press('deregister-cancel');
      expect([late.status, late.codes, await state(owner.account)]).toEqual([403, ['session.ended'], 'closed']);
    });
  });

  describe('the day', () => {
    it('sessions and offline tokens end, sites are told, the number is told once more', async () => {
      const owner = await person(resident());
      const first = await offline(owner);
      await asks(owner);
      await owner.waits(7 * DAY - 5 * MINUTE);
      const { other, page } = await elsewhere(owner);
      await page.press('deregister-continue');
      const { sid } = site.lastLogin.claims;
      const told = site.logoutTokens.length;
      await owner.waits(6 * MINUTE);
      await site.told(told + 1);
      expect(decodeJwt(site.logoutTokens.at(-1) as string)).toMatchObject({ sub: owner.account, sid });
      expect((await other.browser.open(await url({ prompt: 'none' }))).text).toBe('login_required');
      expect((await other.browser.open(`${service.origin}/account`)).path).toContain('/interaction/');
      for (const login of [first, site.lastLogin]) {
        await expect(site.refresh(login)).rejects.toMatchObject({ error: 'invalid_grant' });
        await expect(site.userinfo(login)).rejects.toThrow();
      }
      expect((await owner.messages())[0]?.text).toContain('已注销，个人信息已销毁');
    });

    it('a site with an offline token and no live session is told by the subject alone', async () => {
      const owner = await person();
      await offline(owner);
      const told = site.logoutTokens.length;
      await closes(owner);
      await site.told(told + 1);
      const token = decodeJwt(site.logoutTokens.at(-1) as string);
      expect([token.sub, 'sid' in token]).toEqual([owner.account, false]);
    });

    it('a site in the middle of its code exchange gets no token', async () => {
      const owner = await person(resident());
      await offline(owner);
      await asks(owner);
      await owner.waits(7 * DAY - MINUTE);
      const { other, page } = await elsewhere(owner);
      await page.press('deregister-continue');
      const answer = await other.browser.request('GET', await url());
      const callback = answer.headers.get('location') as string;
      expect(callback).toContain('code=');
      await owner.waits(2 * MINUTE);
      const refused = await new Citizen(service).browser.open(callback);
      expect([refused.title, refused.text]).toEqual(['failed', 'invalid_grant']);
    });

    it('an exchange that runs in the same moment leaves nothing that lives', async () => {
      const owner = await person(resident());
      await offline(owner);
      await asks(owner);
      await owner.waits(7 * DAY - MINUTE);
      const { other, page } = await elsewhere(owner);
      await page.press('deregister-continue');
      const callbacks: string[] = [];
      for (let codes = 0; codes < 6; codes += 1) {
        const answer = await other.browser.request('GET', await url());
        callbacks.push(answer.headers.get('location') as string);
      }
      const logins = site.logins.length;
      await Promise.all([
        owner.waits(2 * MINUTE),
        ...callbacks.map(async (callback) => new Citizen(service).browser.open(callback)),
      ]);
      for (const login of site.logins.slice(logins)) {
        await expect(site.refresh(login)).rejects.toMatchObject({ error: 'invalid_grant' });
        await expect(site.userinfo(login)).rejects.toThrow();
      }
      expect(await state(owner.account)).toBe('closed');
    });

    it('R-3.4 number and ID number can register anew, as a new account with a new sub', async () => {
      const who = resident();
      const owner = await person(who);
      await closes(owner);
      const page = await owner.browser.open(await url());
      expect((await owner.logsIn(page)).codes).toEqual(['login.failed']);
      const back = Object.assign(new Citizen(service), { phone: owner.phone });
      const done = await back.hasAccount(await url(), who);
      expect(done.title).toBe('logged in');
      expect(site.lastLogin.claims.sub).not.toBe(owner.account);
      expect(site.lastLogin.claims.acr).toBe('urn:tongxing:level:1');
      expect([await state(owner.account), await found(owner.phone)]).toEqual(['closed', site.lastLogin.claims.sub]);
    });

    it('what was sealed never opens again, nothing plain is left, the trail keeps the id alone', async () => {
      const who = resident();
      const owner = await person(who);
      await db().transaction(async (tx) =>
        service.app.get(UserNames).set(tx, owner.account, UserName.parse('hanjiang88')),
      );
      await db().transaction(async (tx) => service.app.get(RecoveryCodes).issue(tx, owner.account, 'window-7'));
      await offline(owner);
      await site.userinfo(site.lastLogin);
      const sealed = await db().query<{ phone: Buffer; name: Buffer; id_number: Buffer }>(
        'select phone, name, id_number from natural_persons where account_id = $1',
        [owner.account],
      );
      const open = async () => {
        const cipher = new FieldCipher(db(), service.app.get(MasterKeys), new Clock());
        return cipher.open(owner.account, 'person.id-number', sealed[0]?.id_number as Buffer);
      };
      expect(await open()).toBe(who.idNumber);
      await closes(owner);
      await expect(open()).rejects.toThrow('gone');

      for (const table of [
        'data_keys',
        'identifiers',
        'natural_persons',
        'passwords',
        'passwords_due',
        'recovery_codes',
        'permissions',
        'pending_changes',
      ]) {
        expect([table, await db().query(`select 1 from ${table} where account_id = $1`, [owner.account])]).toEqual([
          table,
          [],
        ]);
      }
      const [{ user_name: userName }] = (await db().query('select user_name from accounts where id = $1', [
        owner.account,
      ])) as [{ user_name: Buffer | null }];
      expect(userName).toBeNull();
      expect(await db().query(`select 1 from jobs where payload->>'account' = $1`, [owner.account])).toEqual([]);
      const dump = await dumpEverything({ databaseUrl: database.url });
      const tables = dump
        .split('\n')
        .filter((line) => line.includes(owner.account))
        .map((line) => /^[a-z_]+(?= \()/.exec(line)?.[0].replace(/^activity_.*/, 'activity'));
      expect(new Set(tables.filter(Boolean))).toEqual(new Set(['accounts', 'activity', 'agreements_accepted']));
      for (const plain of [owner.phone, who.idNumber]) expect(dump).not.toContain(plain);
      expect(await trail(owner.account)).toEqual(
        expect.arrayContaining(['registered', 'verified', 'release', 'deregistration-asked', 'deregistered']),
      );
    });

    it('a change that runs in the same moment takes nothing for an account that is closed', async () => {
      const owner = await person();
      const phone = Phone.parse(freshPhone());
      await closes(owner);
      const change = service.app
        .get(WaysIn)
        .change({ accountId: owner.account, notice: 'phone-changed' }, async (tx) =>
          service.app.get(Persons).changePhone(tx, owner.account, phone),
        );
      await expect(change).rejects.toMatchObject({ code: 'account.ended' });
      const named = db().transaction(async (tx) =>
        service.app.get(UserNames).set(tx, owner.account, UserName.parse('changjiang9')),
      );
      await expect(named).rejects.toMatchObject({ code: 'account.ended' });
      expect(await db().query('select 1 from identifiers where account_id = $1', [owner.account])).toEqual([]);
    });

    it('after a crash half-way it is done again, and once', async () => {
      const owner = await person();
      await asks(owner);
      await owner.waits(7 * DAY - 5 * MINUTE);
      const { other, page } = await elsewhere(owner);
      await page.press('deregister-continue');
      failsOnce(service.app.get(FieldCipher), 'destroy');
      failsOnce(service.app.get(Sessions), 'endAll');
      await owner.waits(5 * MINUTE + 1);
      expect([await state(owner.account), await found(owner.phone)]).toEqual(['active', owner.account]);
      await owner.waits(6);
      expect([await state(owner.account), await found(owner.phone)]).toEqual(['closed', undefined]);
      const told = site.logoutTokens.length;
      await owner.waits(6);
      await site.told(told + 1);
      expect((await other.browser.open(await url({ prompt: 'none' }))).text).toBe('login_required');
      expect((await trail(owner.account)).filter((kind) => kind === 'deregistered')).toHaveLength(1);
      expect((await owner.messages()).filter(({ text }) => text.includes('已注销'))).toHaveLength(1);
    });

    it('an outage of half a day does not lose it', async () => {
      const owner = await person();
      await asks(owner);
      const cipher: { destroy?: unknown } = service.app.get(FieldCipher);
      cipher.destroy = async () => {
        throw new Error('away');
      };
      await owner.waits(7 * DAY + 1);
      for (let hours = 0; hours < 12; hours += 1) await owner.waits(3601);
      expect(await state(owner.account)).toBe('active');
      delete cipher.destroy;
      await owner.waits(3601);
      expect(await state(owner.account)).toBe('closed');
    });
  });

  describe('with a number that is being moved', () => {
    const moving = async (account: string, days: number) =>
      db().transaction(async (tx) =>
        service.app.get(PendingChanges).add(tx, {
          accountId: account,
          kind: 'number-move',
          phone: Phone.parse(freshPhone()),
          due: new Date(service.clock.ms() + days * DAY * 1000),
        }),
      );

    it('it cannot be asked for', async () => {
      const owner = await person();
      const page = await (await myData(owner)).press('deregister-submit');
      await moving(owner.account, 7);
      const refused = await page.press('deregister-confirm');
      expect([refused.status, refused.codes]).toEqual([422, ['deregister.number-moving']]);
      const start = await (await myData(owner)).press('deregister-submit');
      expect([start.status, start.codes]).toEqual([422, ['deregister.number-moving']]);
    });

    it('asked for before, it is put off to seven days after the move, and the account is told', async () => {
      const owner = await person();
      await asks(owner);
      await moving(owner.account, 10);
      const day = inDays(17);
      await owner.waits(7 * DAY + 1);
      expect(await state(owner.account)).toBe('active');
      expect((await owner.messages())[0]?.text).toContain(`将于 ${day} 注销`);
      await db().transaction(async (tx) => service.app.get(PendingChanges).take(tx, owner.account, 'number-move'));
      await owner.waits(10 * DAY);
      expect(await state(owner.account)).toBe('closed');
    });
  });

  it('of two processes that run the job at once, one does it', async () => {
    const second = await startService(province, {
      DATABASE_URL: database.url,
      SITES_FILE: sitesFile([site.metadata()]),
    });
    const owner = await person();
    await asks(owner);
    service.clock.advance(7 * DAY + 1);
    second.clock.advance((service.clock.ms() - second.clock.ms()) / 1000);
    await Promise.all([service, second].map(async ({ app }) => app.get(Jobs).runDue()));
    expect((await trail(owner.account)).filter((kind) => kind === 'deregistered')).toHaveLength(1);
    expect(await state(owner.account)).toBe('closed');
    await second.close();
  });
});
