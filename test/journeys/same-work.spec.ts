import { jest } from '@jest/globals';
import { Client } from 'pg';
import { MoveRequests } from '../../src/flows/lost-number/move-requests.service.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { Jobs } from '../../src/storage/jobs.service.js';
import { ShortLived } from '../../src/storage/short-lived.js';
import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { Passwords } from '../../src/identity/credentials/passwords.service.js';
import { Citizen, freshPhone } from '../support/citizen.js';
import { Company } from '../support/company.js';
import type { Page } from '../support/browser.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const LI_SI = { name: '李四', idNumber: '420106198506121028' };
const WRONG = 'Wrong-password-1';

/** Time leaks what the answer hides, and time is work: statements, operations of the store, hashes (DESIGN 6). */
describe.each(PROVINCES)('the same work for who has an account and who has none (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let work: string[] = [];

  beforeAll(async () => {
    site = await TestSite.start('site');
    const limits = { sms: { captchaAfter: 99 } };
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]) }, limits);
    jest.spyOn(service.app.get(Engine) as unknown as { poll: () => Promise<void> }, 'poll').mockResolvedValue();
    const { query } = Client.prototype;
    jest.spyOn(Client.prototype, 'query').mockImplementation(function (this: Client, ...args: unknown[]) {
      const [statement] = args as [string | { text: string }];
      const text = typeof statement === 'string' ? statement : statement.text;
      if (!/\bjobs\b/.test(text)) work.push(`sql ${text}`);
      return Reflect.apply(query, this, args) as never;
    } as never);
    const store = service.app.get(ShortLived) as unknown as Record<string, (...args: never[]) => unknown>;
    for (const name of ['get', 'set', 'take', 'once', 'increment', 'delete', 'getFields', 'setFields', 'replaceIf']) {
      const works = (store[name] as (...args: never[]) => unknown).bind(store);
      store[name] = (...args: never[]) => {
        work.push(`store ${name} ${String(args[0]).split(':').slice(0, 2).join(':')}`);
        return works(...args);
      };
    }
    const passwords = service.app.get(Passwords) as unknown as { queue: { run: (turn: never) => unknown } };
    const run = passwords.queue.run.bind(passwords.queue);
    passwords.queue.run = (turn: never) => {
      work.push('hash');
      return run(turn);
    };
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await service.close();
    await site.close();
  });

  const loginPage = async (citizen = new Citizen(service)): Promise<Page> =>
    citizen.browser.open(await site.loginUrl(service.origin));
  const known = async (who?: { name: string; idNumber: string }): Promise<Citizen> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin), who);
    return citizen;
  };
  /** What the service did for this. What was kept in memory of the account is older than it is kept. */
  const workOf = async (deed: () => Promise<Page>): Promise<{ page: Page; work: string[] }> => {
    service.clock.advance(2 * MINUTE);
    // What has fallen due would otherwise run beside the deed.
    await service.app.get(Jobs).runDue();
    work = [];
    const page = await deed();
    return { page, work: work.toSorted() };
  };
  const alike = (first: { page: Page; work: string[] }, second: { page: Page; work: string[] }) => {
    const plain = ({ page }: { page: Page }) => page.text.replace(/1\d{2}\*{4}\d{4}/g, 'N').replace(/\d+ 秒/g, 'S');
    expect(plain(first)).toBe(plain(second));
    expect(first.page.status).toBe(second.page.status);
    expect(first.work).toEqual(second.work);
  };

  it('R-4.1, R-4.2 a wrong password for a number, an ID number, a user name: one look-up, one hash', async () => {
    const who = stubResidents()[4] as { name: string; idNumber: string };
    const citizen = await known(who);
    const pairs: [string, string][] = [[citizen.phone, freshPhone()]];
    if (province === 'hubei') pairs.push([who.idNumber, '420106199003071019']);
    if (province === 'hebei') {
      const names = await citizen.browser.open(`${service.origin}/account/user-name`);
      await names.press('user-name-submit', { userName: 'samework88' });
      pairs.push(['samework88', 'nobodyhas88'], [who.idNumber, '420106199003071019']);
    }
    for (const [mine, nobodys] of pairs) {
      const [here, there] = [await loginPage(), await loginPage()];
      const tried = await workOf(async () => here.press('login-submit', { identifier: mine, password: WRONG }));
      const nobody = await workOf(async () => there.press('login-submit', { identifier: nobodys, password: WRONG }));
      expect(tried.page.codes).toEqual(['login.failed']);
      expect(tried.work.filter((one) => one === 'hash')).toHaveLength(1);
      alike(tried, nobody);
    }
  });

  it('R-2.1, R-2.7 asking for a code at registration, SMS login and reset: the account is not even looked for', async () => {
    const citizen = await known();
    // Has had a message before, as the other one has: that makes a difference for a minute.
    const stranger = new Citizen(service);
    await stranger.asksForCode(await loginPage(stranger));
    const ways = {
      registration: async (one: Citizen) => {
        const page = await (await loginPage(one)).follow('register');
        const form = { phone: one.phone, password: one.password, ...(await one.captcha(page)) };
        return workOf(async () => page.press('sms-send', form));
      },
      login: async (one: Citizen) => {
        const page = await one.browser.open(`${(await loginPage(one)).url.href}?method=sms`);
        const form = { phone: one.phone, ...(await one.captcha(page)) };
        return workOf(async () => page.press('sms-send', form));
      },
      reset: async (one: Citizen) => {
        const page = await (await loginPage(one)).follow('reset');
        const form = { phone: one.phone, ...(await one.captcha(page)) };
        return workOf(async () => page.press('reset-next', form));
      },
    };
    for (const ask of Object.values(ways)) {
      const mine = await ask(Object.assign(new Citizen(service), { phone: citizen.phone }));
      const nobodys = await ask(Object.assign(new Citizen(service), { phone: stranger.phone }));
      expect(mine.page.text).toContain('已发送');
      expect(mine.work.filter((one) => one.includes('from identifiers'))).toEqual([]);
      alike(mine, nobodys);
    }
  });

  it('R-2.7 a wrong code: told as wrong, and nothing else is looked at', async () => {
    const citizen = await known();
    const wrong = async (one: Citizen) => {
      const number = await (await loginPage(one)).follow('reset');
      service.clock.advance(2 * MINUTE);
      const page = await number.press('reset-next', { phone: one.phone, ...(await one.captcha(number)) });
      const smsCode = (await one.codeFor()) === '000000' ? '111111' : '000000';
      return workOf(async () => page.press('reset-verify', { smsCode }));
    };
    const mine = await wrong(Object.assign(new Citizen(service), { phone: citizen.phone }));
    const nobodys = await wrong(new Citizen(service));
    expect(mine.page.codes).toEqual(['sms-code.wrong']);
    expect(mine.work.filter((one) => one.includes('from identifiers'))).toEqual([]);
    alike(mine, nobodys);
  });

  it('R-5 an entity’s reset: asking for a code and a wrong code, of one with an account and of one without', async () => {
    const company = new Company(service, province, '武汉示例科技有限公司');
    const representative = await known(LI_SI);
    service.clock.advance(2 * MINUTE);
    await company.registers(await company.isChecked(await loginPage(company)), representative.phone);
    // What goes out in the background goes out with nobody waiting.
    const wake = jest.spyOn(service.app.get(Jobs) as unknown as { wake: () => void }, 'wake').mockReturnValue();
    const asked = async (creditCode: string) => {
      const one = new Citizen(service);
      const form = await one.browser.open(`${(await loginPage(one)).url.href}?kind=entity`);
      const page = await form.follow('reset');
      const values = { creditCode, ...(await one.captcha(page)) };
      return workOf(async () => page.press('reset-next', values));
    };
    const wrong = async (page: Page) => workOf(async () => page.press('reset-verify', { smsCode: '12345x' }));
    // Each has been asked about once before: that makes a difference for a minute.
    const codes = [company.entry.creditCode, '31420000MD0003C45K'] as const;
    for (const code of codes) await asked(code);
    const [theirs, nobodys] = [await asked(codes[0]), await asked(codes[1])];
    expect(theirs.page.path).toMatch(/\/code$/);
    expect(theirs.work.filter((one) => /identifiers|legal_entities/.test(one))).toEqual([]);
    alike(theirs, nobodys);
    const [here, there] = [await wrong(theirs.page), await wrong(nobodys.page)];
    expect(here.page.codes).toEqual(['sms-code.wrong']);
    alike(here, there);
    wake.mockRestore();
  });

  it('DESIGN 6 a lost number: wrong password, wrong code of a hall, nothing to show: the person is not even looked at', async () => {
    const who = stubResidents()[5] as { name: string; idNumber: string };
    await known(who);
    const nobody = stubResidents()[6] as { name: string; idNumber: string };
    const judge = jest.spyOn(service.app.get(MoveRequests) as unknown as { judge: () => Promise<void> }, 'judge');
    judge.mockResolvedValue();
    const proofOf = async (person: { name: string; idNumber: string }): Promise<Page> => {
      const citizen = new Citizen(service);
      return citizen.losesNumber(await loginPage(citizen), person, citizen.phone);
    };
    const deeds: [way: string, value: Record<string, string>, hashes: number][] = [
      ['by-password', { password: WRONG }, 1],
      ['by-recovery-code', { recoveryCode: 'ACDEFACDEF' }, 0],
      ['by-none', {}, 0],
    ];
    for (const [way, value, hashes] of deeds) {
      const [here, there] = [await (await proofOf(who)).follow(way), await (await proofOf(nobody)).follow(way)];
      const theirs = await workOf(async () => here.press('lost-number-submit', value));
      const nobodys = await workOf(async () => there.press('lost-number-submit', value));
      expect(theirs.work.filter((one) => one === 'hash')).toHaveLength(hashes);
      expect(theirs.work.filter((one) => one.includes('natural_persons'))).toEqual([]);
      alike(theirs, nobodys);
    }
  });
});
