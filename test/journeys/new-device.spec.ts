import { LOGIN } from '../../src/identity/activity/logins.service.js';
import { Database } from '../../src/storage/transactions.js';
import { uuidv7, uuidv7At } from '../../src/storage/uuid.js';
import { Citizen } from '../support/citizen.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * 3600;
/** Networks of one region, of another one, and the same by IPv6. */
const HOME = ['203.0.113.7', '203.0.5.9'] as const;
const AWAY = '198.51.100.20';
const HOME_6 = '2001:db8:77::1';
const AWAY_6 = '2001:dc7:1::1';

describe.each(PROVINCES)('logins on a new device or at a new place (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site');
    service = await startService(province, {
      SITES_FILE: sitesFile([site.metadata()]),
      TRUST_PROXY: '127.0.0.0/8,::1/128',
    });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const at = (citizen: Citizen, address: string): Citizen => {
    citizen.browser.sends = { 'x-forwarded-for': address };
    return citizen;
  };
  const person = async (address: string = HOME[0]): Promise<Citizen> => {
    const citizen = at(new Citizen(service), address);
    await citizen.hasAccount(await site.loginUrl(service.origin));
    citizen.browser.closeAndReopen();
    return citizen;
  };
  const elsewhere = (citizen: Citizen, address: string = HOME[0]): Citizen =>
    at(Object.assign(new Citizen(service), { phone: citizen.phone, password: citizen.password }), address);
  /** Logs in by password on this browser, which is closed afterwards. */
  const logsIn = async (citizen: Citizen): Promise<void> => {
    const page = await citizen.logsIn(await citizen.browser.open(await site.loginUrl(service.origin)));
    expect(page.title).toBe('logged in');
    citizen.browser.closeAndReopen();
  };
  const logsInBySms = async (citizen: Citizen): Promise<void> => {
    await citizen.waits(HOUR);
    const login = await citizen.browser.open(await site.loginUrl(service.origin));
    const page = await citizen.browser.open(`${login.url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone: citizen.phone, ...(await citizen.captcha(page)) });
    expect((await sent.press('login-submit', { smsCode: await citizen.codeFor() })).title).toBe('logged in');
    citizen.browser.closeAndReopen();
  };
  const told = async (citizen: Citizen): Promise<number> => {
    await citizen.waits(1);
    return (await citizen.messages()).filter(({ text }) => text.includes('新设备或新地点')).length;
  };
  const kinds = async (citizen: Citizen): Promise<string[]> => {
    const rows = await service.app
      .get(Database)
      .query<{ kind: string }>(
        `select kind from activity where account_id = $1 and kind in ('login', 'new-device', 'new-place') order by id`,
        [site.lastLogin.claims.sub],
      );
    expect(rows.length).toBeGreaterThan(0);
    await citizen.waits(0);
    return rows.map(({ kind }) => kind);
  };

  it('the registration itself is not told, nor a login on its browser in its region', async () => {
    const citizen = await person();
    expect(await told(citizen)).toBe(0);
    await logsIn(citizen);
    await logsIn(at(citizen, HOME[1]));
    await logsInBySms(citizen);
    expect([await kinds(citizen), await told(citizen)]).toEqual([['login', 'login', 'login'], 0]);
  });

  it.each([
    ['password', logsIn],
    ['SMS code', logsInBySms],
  ])('a new place is told, once, on a device that is known (%s)', async (_means, login) => {
    const citizen = await person();
    await login(at(citizen, AWAY));
    expect([await kinds(citizen), await told(citizen)]).toEqual([['new-place'], 1]);
    await login(citizen);
    await login(at(citizen, HOME[0]));
    expect([await kinds(citizen), await told(citizen)]).toEqual([['new-place', 'login', 'login'], 1]);
  });

  it.each([
    ['password', logsIn],
    ['SMS code', logsInBySms],
  ])('a new device is told, once, wherever it is (%s)', async (_means, login) => {
    const citizen = await person();
    const other = elsewhere(citizen);
    await login(other);
    expect([await kinds(citizen), await told(citizen)]).toEqual([['new-device'], 1]);
    await login(other);
    const third = elsewhere(citizen, AWAY);
    await login(third);
    expect([await kinds(citizen), await told(citizen)]).toEqual([['new-device', 'login', 'new-device'], 2]);
    await login(third);
    await login(at(citizen, AWAY));
    expect(await told(citizen)).toBe(2);
  });

  it('IPv6: another network of the same provider is no new place, another provider is', async () => {
    const citizen = await person(HOME_6);
    await logsIn(at(citizen, '2001:db8:ffff::1'));
    await logsIn(at(citizen, AWAY_6));
    expect(await kinds(citizen)).toEqual(['login', 'new-place']);
  });

  it('a place not visited for 90 days is new again', async () => {
    const citizen = await person();
    await logsIn(at(citizen, AWAY));
    service.clock.advance(60 * DAY);
    await logsIn(at(citizen, HOME[0]));
    service.clock.advance(31 * DAY);
    await logsIn(at(citizen, AWAY));
    expect(await kinds(citizen)).toEqual(['new-place', 'login', 'new-place']);
  });

  it('an account that nobody has opened yet has its first device without a word, and hears of the next one', async () => {
    const first = at(new Citizen(service), HOME[0]);
    Object.assign(first, { phone: '13900000001', password: 'Tongxing-demo-1' });
    await logsIn(first);
    expect([await kinds(first), await told(first)]).toEqual([['login'], 0]);
    await logsIn(elsewhere(first));
    expect([await kinds(first), await told(first)]).toEqual([['login', 'new-device'], 1]);
  });

  it('the number is told three times a day at most; the activity has every line', async () => {
    const citizen = await person();
    for (let tries = 0; tries < 5; tries += 1) await logsIn(elsewhere(citizen));
    expect([(await kinds(citizen)).length, await told(citizen)]).toEqual([5, 3]);
    await citizen.waits(DAY);
    await logsIn(elsewhere(citizen));
    // The sandbox keeps messages for a day, so that only today's is there.
    expect(await told(citizen)).toBe(1);
  });

  it('after a reset on a new device the number hears of the new password, and not of the device as well', async () => {
    const citizen = await person();
    await citizen.waits(MINUTE + 1);
    const other = elsewhere(citizen, AWAY);
    const password = await other.resets(await other.browser.open(await site.loginUrl(service.origin)));
    expect((await password.press('reset-submit', { password: 'Donghu-Spring-88' })).title).toBe('logged in');
    expect([await kinds(citizen), await told(citizen)]).toEqual([['new-device'], 0]);
    expect(await citizen.notice()).toContain('刚刚设置了新的登录密码');
  });

  it('the login is one statement that looks into the index alone', async () => {
    const plan = await service.app.get(Database).transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off; set local enable_bitmapscan = off');
      const account = site.lastLogin.claims.sub;
      const since = uuidv7At(service.clock.ms() - 90 * DAY * 1000);
      const values = [uuidv7(service.clock.ms()), account, 'login', 'site', '{}', since, ['login'], '203.0.'];
      const rows = (await tx.query(`explain ${LOGIN}`, values)) as { 'QUERY PLAN': string }[];
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toMatch(/Index Cond: \(\(account_id = .*\) AND \(id >= .*\)\)/);
    expect(plan).not.toMatch(/Sort {2}\(|Seq Scan/);
  });
});
