import { Citizen, PASSWORD, freshPhone } from '../support/citizen.js';
import type { Page } from '../support/browser.js';
import { residentsFile } from '../support/residents.js';
import type { Resident } from '../support/residents.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { secondsLeftOfChinaDay } from '../../src/shared/china-time.js';

const MINUTE = 60;
const LEVEL_1 = 'urn:tongxing:level:1';
const HOUR = 3600;
const DAY = 24 * HOUR;
const WRONG = 'Wrong-password-1';

/** Small enough to be reached; an address may do what three or four people do. */
const LIMITS = {
  sms: {
    perNumberHour: 2,
    perNumberDay: 3,
    perAddressDay: 12,
    perDeviceDay: 12,
    wrongPerNumberDay: 3,
    captchaAfter: 99,
  },
  registration: { perAddressHour: 13 },
  login: { captchaAfter: 2, waitMinutes: [1, 3], wrongPerAddressHour: 6 },
  verification: { mismatchesPerDay: 2, perAddressDay: 5 },
  proof: { identityTriesPerDay: 2, perAddressDay: 5 },
  userName: { perAccountDay: 2, perAddressDay: 3 },
  numberHandover: { perAddressDay: 1 },
};

describe('every limit stands in the table of the province, says when to come back, and is over then (DESIGN 6)', () => {
  const people = residentsFile(30);
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site');
    const files = { SITES_FILE: sitesFile([site.metadata()]), STUB_RESIDENTS_FILE: people.file };
    service = await startService('hebei', files, LIMITS);
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });
  /** Each begins with the second hour of a China day: no count of another one is left. */
  beforeEach(() => {
    service.clock.advance(secondsLeftOfChinaDay(service.clock.now()) + HOUR);
  });

  const resident = (): Resident => people.residents.shift() as Resident;
  const waits = (seconds: number) => service.clock.advance(seconds);
  const account = (path: string) => `${service.origin}/account${path}`;
  const loginPage = async (citizen = new Citizen(service)): Promise<Page> =>
    citizen.browser.open(await site.loginUrl(service.origin));
  const person = async (who?: Resident): Promise<Citizen> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin), who);
    waits(MINUTE + 1);
    return citizen;
  };
  /** @returns the seconds it asks to wait */
  const asksToWait = (page: Page, code: string, words = /明天/): number => {
    expect([page.status, page.codes]).toEqual([429, [code]]);
    expect(page.text).toMatch(words);
    const seconds = Number(page.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(DAY);
    return seconds;
  };

  it('messages to a number: seconds, then the hour, then the day', async () => {
    const citizen = new Citizen(service);
    let page = await citizen.asksForCode(await loginPage(citizen));
    const again = async () => {
      page = await page.press('sms-send', { password: PASSWORD });
      return page;
    };
    waits(asksToWait(await again(), 'sms.too-soon', /请等 \d+ 秒/));
    expect((await again()).status).toBe(200);
    waits(MINUTE);
    waits(asksToWait(await again(), 'sms.hour-cap-number', /请 \d+ 分钟后再试/));
    page = await citizen.asksForCode(await loginPage(citizen));
    expect(page.status).toBe(200);
    waits(HOUR);
    page = await citizen.asksForCode(await loginPage(citizen));
    waits(asksToWait(page, 'sms.day-cap-number'));
    expect((await citizen.asksForCode(await loginPage(citizen))).status).toBe(200);
  });

  it('messages from an address', async () => {
    const asks = async () => {
      const citizen = new Citizen(service);
      return citizen.asksForCode(await loginPage(citizen));
    };
    for (let sent = 0; sent < 12; sent += 1) expect((await asks()).status).toBe(200);
    waits(asksToWait(await asks(), 'sms.day-cap-address'));
    expect((await asks()).status).toBe(200);
  });

  it('forms of registration with a password, each of which is hashed; without one nothing is counted', async () => {
    const citizen = new Citizen(service);
    let page = await (await loginPage(citizen)).follow('register');
    const form = { phone: citizen.phone, agreement: 'yes' };
    for (let sent = 0; sent < 13; sent += 1) {
      page = await page.press('register-submit', { ...form, password: PASSWORD, smsCode: '000000' });
      expect(page.codes).toEqual(['sms-code.none']);
    }
    const full = await page.press('register-submit', { ...form, password: PASSWORD, smsCode: '000000' });
    const seconds = asksToWait(full, 'limit.wait', /请 \d+ 分钟后再试/);
    expect(full.value('phone')).toBe(citizen.phone);
    expect((await full.press('register-submit', { ...form, smsCode: '000000' })).codes).toEqual(['sms-code.none']);
    waits(seconds);
    const again = await (await loginPage(citizen)).follow('register');
    expect((await again.press('register-submit', { ...form, password: PASSWORD })).codes).toEqual(['sms-code.missing']);
  });

  it('wrong codes of a number, over all its codes', async () => {
    const citizen = await person();
    const reset = async (smsCode?: string) => {
      const number = await (await loginPage()).follow('reset');
      const page = await number.press('reset-next', { phone: citizen.phone });
      return page.press('reset-verify', { smsCode: smsCode ?? (await citizen.codeFor()) });
    };
    let page = await reset('000000');
    for (let tries = 0; tries < 2; tries += 1) page = await page.press('reset-verify', { smsCode: '000000' });
    const right = { smsCode: await citizen.codeFor() };
    waits(asksToWait(await page.press('reset-verify', right), 'sms-code.day-cap'));
    expect((await reset()).path).toMatch(/\/reset\/password$/);
  });

  it('wrong passwords of an account: growing waits in minutes; of an address: till the next hour', async () => {
    const citizen = await person();
    const login = async (password: string, identifier = citizen.phone) => {
      const other = new Citizen(service);
      const page = await loginPage(other);
      const first = await other.logsIn(page, identifier, password);
      if (!first.has('#captcha-image')) return first;
      return first.press('login-submit', { identifier, password, ...(await other.captcha(first)) });
    };
    for (let wrong = 0; wrong < 3; wrong += 1) await login(WRONG);
    waits(asksToWait(await login(PASSWORD), 'login.wait', /请 1 分钟后再试/));
    await login(WRONG);
    waits(asksToWait(await login(PASSWORD), 'login.wait', /请 3 分钟后再试/));
    expect((await login(PASSWORD)).title).toBe('logged in');
    for (let wrong = 0; wrong < 6; wrong += 1) await login(WRONG, freshPhone());
    waits(asksToWait(await login(PASSWORD), 'login.wait', /请 \d+ 分钟后再试/));
    expect((await login(PASSWORD)).title).toBe('logged in');
  });

  it('names and ID numbers at the authority: of an account, and of an address', async () => {
    const citizen = await person();
    const verifies = async (one: Citizen, who: Resident) =>
      one.verifies(await one.browser.open(await site.loginUrl(service.origin, { acr_values: LEVEL_1 })), who);
    await verifies(citizen, { ...resident(), name: '李四' });
    waits(asksToWait(await verifies(citizen, { ...resident(), name: '王五' }), 'verification.closed-till-tomorrow'));
    const [one, other] = [await person(), await person()];
    for (let asked = 0; asked < 5; asked += 1) {
      await verifies(asked % 2 === 0 ? one : other, { ...resident(), name: `${'赵钱孙周吴'[asked]}不是` });
    }
    waits(asksToWait(await verifies(await person(), resident()), 'limit.wait', /请 \d+ 分钟后再试/));
    const next = await person();
    expect((await verifies(next, resident())).codes).toEqual([]);
  });

  it('name and last 6 at the reset: two a day here, the second closes it; of an address as well', async () => {
    const prove = async ({ phone }: Citizen, values: Record<string, string>) => {
      const forgetful = Object.assign(new Citizen(service), { phone });
      return (await forgetful.resets(await loginPage(forgetful))).press('reset-prove', values);
    };
    const who = resident();
    const citizen = await person(who);
    const wrong = { name: who.name, idNumberLast6: '000000' };
    const right = { name: who.name, idNumberLast6: who.idNumber.slice(-6) };
    const first = await prove(citizen, wrong);
    expect(first.codes).toEqual(['proof.identity-wrong']);
    asksToWait(await first.press('reset-prove', wrong), 'proof.identity-closed');
    waits(asksToWait(await first.press('reset-prove', right), 'proof.identity-closed'));
    expect((await prove(citizen, right)).path).toMatch(/\/reset\/password$/);

    const others = [await person(resident()), await person(resident())];
    for (const one of others) {
      const page = await prove(one, wrong);
      await page.press('reset-prove', wrong);
    }
    waits(asksToWait(await prove(await person(resident()), wrong), 'limit.wait', /请 \d+ 分钟后再试/));
  });

  it('proofs in the user centre: the password waits minutes, name and ID number till tomorrow', async () => {
    const who = resident();
    const citizen = await person(who);
    waits(5 * MINUTE);
    let page = await citizen.browser.open(account('/phone'));
    for (let wrong = 0; wrong < 3; wrong += 1) page = await page.press('proof-submit', { password: WRONG });
    waits(asksToWait(await page.press('proof-submit', { password: PASSWORD }), 'login.wait', /请 1 分钟后再试/));
    const identity = await page.follow('proof-other');
    await identity.press('proof-submit', { ...who, name: '李四' });
    const closed = await identity.press('proof-submit', { ...who, name: '李四' });
    asksToWait(closed, 'proof.identity-closed');
    expect((await page.press('proof-submit', { password: PASSWORD })).path).toBe('/account/phone');
  });

  it('user names: of an account, and of an address', async () => {
    const asks = async (citizen: Citizen) =>
      (await citizen.browser.open(account('/user-name'))).press('user-name-submit', { userName: 'takenalready' });
    expect((await asks(await person())).path).toBe('/account/user-name/set');
    const citizen = await person();
    for (let asked = 0; asked < 2; asked += 1) expect((await asks(citizen)).codes).toEqual(['user-name.taken']);
    asksToWait(await asks(citizen), 'limit.wait', /请 \d+ 分钟后再试/);
    waits(asksToWait(await asks(await person()), 'limit.wait', /请 \d+ 分钟后再试/));
    expect((await asks(await person())).codes).toEqual(['user-name.taken']);
  });

  it('numbers freed by new owners of an address', async () => {
    const owners = [await person(resident()), await person(resident())];
    waits(366 * DAY);
    const told: Page[] = [];
    for (const { phone } of owners) {
      const holder = Object.assign(new Citizen(service), { phone });
      const sms = await holder.browser.open(`${(await loginPage(holder)).url.href}?method=sms`);
      const sent = await sms.press('sms-send', { phone });
      const asked = await sent.press('login-submit', { smsCode: await holder.codeFor() });
      told.push(await asked.follow('new-holder'));
    }
    expect((await (told[0] as Page).press('new-holder-confirm')).path).toMatch(/\/register\/person$/);
    asksToWait(await (told[1] as Page).press('new-holder-confirm'), 'limit.wait', /请 \d+ 分钟后再试/);
  });
});
