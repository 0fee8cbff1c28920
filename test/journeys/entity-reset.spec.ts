import type { StubEnterprise } from '../../src/gateways/enterprise-register/enterprise-register.stub.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { EntityStanding } from '../../src/identity/entity-standing/entity-standing.service.js';
import { Jobs } from '../../src/storage/jobs.service.js';
import { Database } from '../../src/storage/transactions.js';
import type { Page } from '../support/browser.js';
import { Citizen, PASSWORD } from '../support/citizen.js';
import { Company, MANAGER, inRegister } from '../support/company.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const LI_SI = { name: '李四', idNumber: '420106198506121028' };
const ZHANG_SAN = { name: '张三', idNumber: '420106199003071019' };
const NEW = 'Hanjiang-2027';
/** In the register but without an account; in none; the same. */
const IN_REGISTER = '92420106MA4L00X2XF';
const NOBODYS = '31420000MD0003C45K';
const OTHERS = '52420000MJH0001A9G';
const DAY = 24 * 3600;

describe.each(PROVINCES)('a legal entity’s forgotten password (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let representative: Citizen;
  let company: Company;
  let account: string;
  let entry: StubEnterprise;
  const first = province === 'hubei';
  /** Whose message the code is in. */
  const number = () => (first ? representative.phone : company.contact);

  const loginPage = async (who: Citizen, kind = 'entity'): Promise<Page> =>
    who.browser.open(await site.loginUrl(service.origin, { kind }));
  /** Somebody at a fresh browser who deals for the company. */
  const clerk = (): Company => new Company(service, province, company.name);
  /** From the site to the page for name and ID number. */
  const provesNumber = async (who = clerk()): Promise<Page> => who.forgets(await loginPage(who), number());
  const asks = async (creditCode: string): Promise<{ who: Company; page: Page }> => {
    const who = clerk();
    const form = await (await loginPage(who)).follow('reset');
    const page = await form.press('reset-next', { creditCode, ...(await who.captcha(form)) });
    await service.app.get(Jobs).runDue();
    return { who, page };
  };
  const logsIn = async (password: string): Promise<Page> =>
    (await loginPage(new Citizen(service))).press('login-submit', { ...company.login, password });

  beforeAll(async () => {
    site = await TestSite.start('site');
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]) });
    representative = new Citizen(service);
    await representative.hasAccount(await site.loginUrl(service.origin), LI_SI);
    await representative.waits(61);
    company = new Company(service, province, '武汉示例科技有限公司');
    const second = await company.isChecked(await company.browser.open(await site.loginUrl(service.origin)));
    await company.registers(second, representative.phone);
    account = site.lastLogin.claims.sub;
    entry = inRegister(service, company.entry.creditCode);
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });
  beforeEach(async () => {
    // A message of the test before, still on its way, would count for the day that begins here.
    await service.app.get(Jobs).runDue();
    Object.assign(entry, company.entry, { answer: undefined });
    await service.app.get(EntityStanding).renew(account);
    await representative.waits(DAY);
  });

  it('R-5, R-7.1 code, person, new password: everything else ends, the entity is told, and is at the site', async () => {
    const open = await company.browser.open(`${service.origin}/account/start?kind=entity`);
    expect((await open.press('login-submit', company.login)).path).toBe('/account');
    const person = await provesNumber();
    expect(person.path).toMatch(/\/reset\/entity\/person$/);
    const last = await person.press('reset-prove', LI_SI);
    expect(last.has('#user-name')).toBe(!first);
    if (!first) expect(last.text).toContain(company.userName);
    const done = await last.press('reset-submit', { password: NEW });
    expect(done.title).toBe('logged in');
    expect(site.lastLogin.claims).toMatchObject({
      sub: account,
      account_kind: 'entity',
      amr: ['pwd', 'sms'],
      acr: 'urn:tongxing:level:1',
    });
    expect((await company.browser.open(`${service.origin}/account`)).path).toMatch(/\/login/);
    expect(await representative.notice(number())).toContain('设置了新的登录密码');
    expect((await logsIn(PASSWORD)).codes).toEqual(['login.failed']);
    const back = await logsIn(NEW);
    expect(back.title).toBe('logged in');
  });

  it('the number is shown nowhere before and after the proof, and the message names the entity', async () => {
    const { who, page } = await asks(company.entry.creditCode);
    const [message] = await representative.messages(number());
    expect(message?.text).toContain(`用于重新设置${company.name}法人帐号的登录密码`);
    const person = await page.press('reset-verify', { smsCode: await who.codeFor(number()) });
    for (const shown of [page, person]) {
      expect(shown.html).not.toContain(number().slice(-4));
      expect(shown.html).not.toContain(`${number().slice(0, 3)}****`);
      expect(shown.html).not.toContain(LI_SI.idNumber.slice(-4));
    }
  });

  it('DESIGN 6 a code without an account, and one that is nobody’s, look the same, and no message goes out', async () => {
    const known = await asks(company.entry.creditCode);
    for (const other of [IN_REGISTER, NOBODYS]) {
      const unknown = await asks(other);
      expect(unknown.page.path.split('/').slice(3)).toEqual(known.page.path.split('/').slice(3));
      expect(unknown.page.text).toBe(known.page.text);
    }
    const unknown = await asks(OTHERS);
    const wrong = await unknown.page.press('reset-verify', { smsCode: '123456' });
    const missed = await known.page.press('reset-verify', { smsCode: '12345x' });
    expect([wrong.codes, missed.codes]).toEqual([['sms-code.wrong'], ['sms-code.wrong']]);
    const again = await unknown.page.press('sms-send');
    expect([again.status, again.codes]).toEqual([429, ['sms.too-soon']]);
  });

  it('what is no credit code is told at its field', async () => {
    for (const [typed, code] of [
      ['', 'credit-code.missing'],
      ['91420100MA4KABC11I', 'credit-code.malformed'],
      ['91420100MA4KABC111', 'credit-code.checksum'],
      ['420100000000001', 'credit-code.fifteen-digits'],
    ])
      expect((await asks(typed as string)).page.codes).toEqual([code]);
  });

  it('R-2.2 the picture stands before the message, where the province asks for one', async () => {
    const form = await (await loginPage(clerk())).follow('reset');
    const page = await form.press('reset-next', { creditCode: company.entry.creditCode });
    expect(page.codes).toEqual(first ? ['captcha.missing'] : []);
  });

  it('R-7.1 the demonstration’s own entity logs in by what /sandbox shows, and resets its password', async () => {
    const sandbox = await new Citizen(service).browser.open(`${service.origin}/sandbox`);
    const [who = '', password = '', name = ''] = sandbox
      .all('#entity-accounts tbody td')
      .map(({ text }) => text.trim());
    const identifiers = who.split(' / ');
    expect(identifiers).toHaveLength(first ? 1 : 2);
    const printed = await (await fetch(`${service.origin}/sandbox/overview`)).text();
    expect(printed).toContain(`${who}  ${password}  ${name}`);
    for (const identifier of identifiers) {
      const page = await loginPage(new Citizen(service));
      const answer = await page.press('login-submit', { identifier, password });
      expect([identifier, answer.title, ...answer.codes]).toEqual([identifier, 'logged in']);
    }
    const demo = new Company(service, province, name);
    const person = await demo.forgets(await loginPage(demo), '13900000002');
    const last = await person.press('reset-prove', { name: '黄河', idNumber: '429004199303030104' });
    expect((await last.press('reset-submit', { password: NEW })).title).toBe('logged in');
  });

  it('pages that are not due lead to the one that is', async () => {
    const who = clerk();
    const page = await loginPage(who);
    const base = page.url.href.split('?')[0]?.replace('/login', '') as string;
    for (const step of ['/code', '/person', '/password'])
      expect((await who.browser.open(`${base}/reset/entity${step}`)).path).toMatch(/\/reset\/entity$/);
    const person = await provesNumber(who);
    expect(person.path).toMatch(/\/person$/);
    const own = person.url.href.replace('/person', '');
    expect((await who.browser.open(`${own}/password`)).path).toMatch(/\/person$/);
    expect((await who.browser.open(`${own}/code`)).path).toMatch(/\/person$/);
  });

  it('another person’s name or number is refused, five times a day, and counts for the entity', async () => {
    let page = await provesNumber();
    const missing = await page.press('reset-prove', { name: '', idNumber: '1' });
    expect(missing.codes).toEqual(['name.missing', 'id-number.malformed']);
    for (const wrong of [
      ZHANG_SAN,
      { ...LI_SI, name: '李三' },
      { ...LI_SI, idNumber: ZHANG_SAN.idNumber },
      ZHANG_SAN,
    ]) {
      page = await page.press('reset-prove', wrong);
      expect([page.status, page.codes]).toEqual([422, ['proof.speaker-wrong']]);
    }
    const closed = await page.press('reset-prove', ZHANG_SAN);
    expect([closed.status, closed.codes]).toEqual([429, ['proof.identity-closed']]);
    expect((await closed.press('reset-prove', LI_SI)).codes).toEqual(['proof.identity-closed']);
  });

  it('R-5.4 the person in charge counts where the province has one', async () => {
    const person = await provesNumber();
    const { managerName: name, managerIdNumber: idNumber } = MANAGER;
    const answer = await person.press('reset-prove', { name, idNumber });
    expect([answer.path.split('/').at(-1), ...answer.codes]).toEqual(
      first ? ['person', 'proof.speaker-wrong'] : ['password'],
    );
  });

  it('a password that is too weak or posted twice sets nothing', async () => {
    const last = await (await provesNumber()).press('reset-prove', LI_SI);
    const weak = await last.press('reset-submit', { password: 'abc' });
    expect(weak.status).toBe(422);
    const [one, two] = await Promise.all([
      weak.press('reset-submit', { password: NEW }),
      weak.press('reset-submit', { password: NEW }),
    ]);
    const codes = [...one.codes, ...two.codes];
    expect(codes.length === 0 || codes.includes('entity-reset.over')).toBe(true);
    expect((await logsIn(NEW)).title).toBe('logged in');
  });

  it('R-5 a representative whom the register names no more gets no password', async () => {
    const person = await provesNumber();
    Object.assign(entry, { representative: ZHANG_SAN });
    const answer = await person.press('reset-prove', LI_SI);
    expect([answer.status, answer.codes]).toEqual([422, ['entity.representative-left']]);
    expect((await answer.press('reset-prove', LI_SI)).codes).toEqual(['entity.representative-left']);
    const { managerName: name, managerIdNumber: idNumber } = MANAGER;
    const inCharge = await answer.press('reset-prove', { name, idNumber });
    expect(inCharge.path.split('/').at(-1)).toBe(first ? 'person' : 'password');
    await representative.waits(61);
    const before = (await representative.messages(number())).length;
    await asks(company.entry.creditCode);
    const after = await representative.messages(number());
    expect(after.length - before).toBe(first ? 0 : 1);
  });

  it('R-5 an entity that the register does not find gets no password by SMS; a cancelled one does, to fetch its data and leave', async () => {
    Object.assign(entry, { creditCode: '31420000MD0003C45K' });
    const lost = await (await provesNumber()).press('reset-prove', LI_SI);
    expect(lost.codes).toEqual(['entity.not-found']);
    Object.assign(entry, company.entry, { state: 'cancelled' });
    await representative.waits(61);
    const last = await (await provesNumber()).press('reset-prove', LI_SI);
    expect(last.path).toMatch(/\/password$/);
  });

  it('while the register does not answer, what it said within a day counts; no longer', async () => {
    Object.assign(entry, { answer: 'down' });
    const person = await provesNumber();
    const refused = await person.press('reset-prove', LI_SI);
    expect([refused.status, refused.codes]).toEqual([503, ['register.unavailable']]);
    Object.assign(entry, { answer: undefined });
    await service.app.get(EntityStanding).renew(account);
    Object.assign(entry, { answer: 'down' });
    expect((await refused.press('reset-prove', LI_SI)).path).toMatch(/\/password$/);
  });

  it('a disabled account is told so, to who has proved its number', async () => {
    const person = await provesNumber();
    const set = async (state: string) =>
      service.app.get(Database).query('update accounts set state = $2 where id = $1', [account, state]);
    await set('disabled');
    const answer = await person.press('reset-prove', LI_SI);
    await set('active');
    expect([answer.status, answer.codes]).toEqual([403, ['login.disabled']]);
  });

  if (first)
    it('DESIGN 6 for a day after a change of number the representative speaks for nobody', async () => {
      const id = await service.app.get(Accounts).find('resident-id', { reveal: () => LI_SI.idNumber } as never);
      const db = service.app.get(Database);
      await db.transaction(async (tx) => service.app.get(Accounts).noteWayChanged(tx, id as string, 'phone'));
      const answer = await (await provesNumber()).press('reset-prove', LI_SI);
      expect(answer.codes).toEqual(['representative.closed']);
    });
});
