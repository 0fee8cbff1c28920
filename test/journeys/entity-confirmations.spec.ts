import type { Jurisdiction } from '../../src/config/jurisdiction.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Agreements } from '../../src/identity/accounts/agreements.service.js';
import { Database } from '../../src/storage/transactions.js';
import type { Page } from '../support/browser.js';
import { Citizen, PASSWORD, freshPhone } from '../support/citizen.js';
import { Company } from '../support/company.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
const LI_SI = { name: '李四', idNumber: '420106198506121028' };
/** Two of one representative. */
const BUREAU = '示例市数据局';
const OTHER = '演示示例(河北)有限公司';
const WUHAN = '武汉示例科技有限公司';

describe.each(PROVINCES)('a registration that waits for the representative (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let representative: Citizen;
  const first = province === 'hubei';

  const company = (name = WUHAN) => new Company(service, province, name);
  const account = (path = '') => `${service.origin}/account${path}`;
  const loginPage = async (who: Citizen): Promise<Page> => who.browser.open(await site.loginUrl(service.origin));
  const checks = async (one: Company): Promise<Page> => one.isChecked(await loginPage(one));
  /** From the second step to the page that waits. */
  const asks = async (one: Company, second?: Page): Promise<Page> => {
    const page = second ?? (await checks(one));
    const { userName, contact: phone, password } = one;
    if (first) return page.press('confirmation-ask', { password, agreement: 'yes' });
    const sent = await page.press('sms-send', { userName, phone, password, ...(await one.captcha(page)) });
    return sent.press('confirmation-ask', { smsCode: await one.codeFor(phone) });
  };
  /** A fresh login, which is proof enough for five minutes. */
  const logsIn = async (who: Citizen): Promise<Page> => {
    who.browser.closeAndReopen();
    await who.logsIn(await loginPage(who));
    return who.browser.open(account('/confirmations'));
  };
  const bySms = async (who: Citizen): Promise<Citizen> => {
    const other = Object.assign(new Citizen(service), { phone: who.phone });
    const page = await other.browser.open(`${(await loginPage(other)).url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone: other.phone, ...(await other.captcha(page)) });
    await sent.press('login-submit', { smsCode: await other.codeFor() });
    return other;
  };
  const finds = async (one: Company, password = one.password): Promise<Page> => {
    const form = await (await one.browser.open(`${(await loginPage(one)).url.href}?kind=entity`)).follow('register');
    const find = await form.follow('entity-waiting');
    return find.press('waiting-find', { creditCode: one.entry.creditCode, password });
  };
  /** The representative's list, freshly logged in, once something waits. */
  const answering = async (_waiting: Page): Promise<Page> => logsIn(representative);
  /** A form of the user centre, for its token alone. */
  const tokenOf = async (who: Citizen): Promise<string> =>
    (await who.browser.open(account('/data'))).value('_csrf') as string;
  const database = () => service.app.get(Database);

  beforeAll(async () => {
    site = await TestSite.start('site');
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]), LIMITS: 'off' });
    representative = new Citizen(service);
    await representative.hasAccount(await site.loginUrl(service.origin), LI_SI);
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  /** Each begins a day later, with no request and no entity. */
  beforeEach(async () => {
    await representative.waits(DAY);
    await database().query('delete from entity_requests');
    await database().query(`delete from identifiers where kind in ('credit-code', 'user-name')`);
  });

  it('R-5.1 the representative sees who asks for what, confirms after a proof, and the applicant finishes in another journey', async () => {
    const one = company();
    Object.assign(one.browser, { sends: { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/120.0' } });
    const waiting = await asks(one);
    expect([waiting.status, waiting.path]).toEqual([200, expect.stringMatching(/\/register\/entity\/waiting$/)]);
    expect(waiting.text).toContain('9142************1X');
    expect((await one.browser.open(waiting.url.href)).text).toBe(waiting.text);
    const notice = await representative.notice();
    expect(notice).toContain(WUHAN);
    expect(notice).not.toMatch(/https?:|\d{6}，/);

    const signedIn = await bySms(representative);
    const centre = await signedIn.browser.open(account());
    const list = await centre.follow('note-confirmations');
    expect(list.text).toContain(`${WUHAN}`);
    for (const shown of ['9142************1X', '企业', 'Chrome · Windows', '127.0.0.*'])
      expect(list.text).toContain(shown);
    for (const plain of [one.entry.creditCode, LI_SI.idNumber, LI_SI.name]) expect(list.html).not.toContain(plain);
    expect((await waiting.press('entity-request-withdraw')).codes).toEqual(['entity-request.withdrawn']);
    expect((await list.press('confirmation-deny-1')).codes).toEqual(['entity-request.withdrawn']);

    const again = await asks(company());
    const fresh = await signedIn.browser.open(account('/confirmations'));
    const proof = await fresh.press('confirmation-approve-1');
    expect(proof.path).toBe('/account/proof?act=confirmation');
    const back = await proof.press('proof-submit', { password: PASSWORD });
    expect(back.path).toBe('/account/confirmations?news=proved');
    const done = await back.press('confirmation-approve-1');
    expect([done.path, done.has('#confirmation-approve-1')]).toEqual(['/account/confirmations?news=approved', false]);
    expect((await signedIn.browser.open(account('/activity'))).text).toContain('确认法人帐号注册');
    expect((await signedIn.browser.open(account())).has('#note-confirmations')).toBe(false);

    expect((await again.follow('waiting-refresh')).has('#entity-register-finish')).toBe(true);
    const other = company();
    const found = await finds(other);
    expect(found.path).toMatch(/\/register\/entity\/waiting$/);
    const end = await (await found.press('entity-register-finish')).press('certificate-skip');
    expect(end.title).toBe('logged in');
    expect(site.lastLogin.claims).toMatchObject({ acr: 'urn:tongxing:level:1', account_kind: 'entity', amr: ['pwd'] });
    expect((await other.browser.open(account())).text).toContain(WUHAN);
    const stale = back.form('confirmation-deny-1');
    const late = await signedIn.browser.post(stale.action, stale.fields);
    expect([late.status, late.codes]).toEqual([422, ['entity-request.finished']]);
  });

  it('a fresh login by password is proof enough; confirmed twice is said so', async () => {
    await asks(company());
    const list = await logsIn(representative);
    const { action, fields } = list.form('confirmation-approve-1');
    expect((await list.press('confirmation-approve-1')).path).toBe('/account/confirmations?news=approved');
    const twice = await representative.browser.post(action, fields);
    expect([twice.status, twice.codes]).toEqual([422, ['entity-request.confirmed']]);
  });

  it('a wrong password on the proof page confirms nothing, and a proof counts once', async () => {
    await asks(company());
    const who = await bySms(representative);
    const list = await who.browser.open(account('/confirmations'));
    const wrong = await (await list.press('confirmation-approve-1')).press('proof-submit', { password: 'not-mine-1' });
    expect(wrong.codeAt('password')).toBe('proof.password-wrong');
    const back = await wrong.press('proof-submit', { password: PASSWORD });
    const { action, fields } = back.form('confirmation-approve-1');
    const foreign = await who.browser.post(action, { ...fields, request: '00000000-0000-7000-8000-000000000000' });
    expect(foreign.codes).toEqual(['entity-request.gone']);
    expect((await who.browser.post(action, fields)).path).toBe('/account/confirmations?news=approved');
    expect((await who.browser.post(action, fields)).path).toBe('/account/proof?act=confirmation');
  });

  it('denied: the applicant is told, the code is not blocked, and the SMS way is still open', async () => {
    const one = company();
    const waiting = await asks(one);
    const who = await bySms(representative);
    const denied = await (await who.browser.open(account('/confirmations'))).press('confirmation-deny-1');
    expect(denied.path).toBe('/account/confirmations?news=denied');
    expect((await who.browser.open(account('/activity'))).text).toContain('不同意法人帐号的申请');
    const told = await waiting.follow('waiting-refresh');
    expect([told.codes, told.has('#entity-register-finish')]).toEqual([['entity-request.denied'], false]);
    expect((await finds(company())).codes).toEqual(['entity-request.denied']);
    await representative.waits(MINUTE + 1);
    const second = await (await told.follow('entity-again')).press('entity-check', one.details);
    expect((await one.registers(second, representative.phone)).title).toBe('logged in');
  });

  it('denied after it was confirmed and before it was finished: it is not finished', async () => {
    const waiting = await asks(company());
    const approved = await (await logsIn(representative)).press('confirmation-approve-1');
    const ready = await waiting.follow('waiting-refresh');
    await approved.press('confirmation-deny-1');
    const late = await ready.press('entity-register-finish');
    expect([late.status, late.codes]).toEqual([422, ['entity-request.denied']]);
  });

  it('after 72 hours it has lapsed for both; another one may be asked for', async () => {
    const stale = (await answering(await asks(company()))).form('confirmation-approve-1');
    await representative.waits(72 * HOUR + 1);
    const list = await logsIn(representative);
    expect(list.has('#confirmation-approve-1')).toBe(false);
    expect((await finds(company())).codes).toEqual(['entity-request.expired']);
    await asks(company());
    const _csrf = (await representative.browser.open(account('/confirmations'))).value('_csrf') as string;
    const late = await representative.browser.post(stale.action, { ...stale.fields, _csrf });
    expect([late.status, late.codes]).toEqual([422, ['entity-request.expired']]);
  });

  it('what was confirmed lapses too; a week after it was asked nothing of it is kept', async () => {
    await asks(company());
    await (await logsIn(representative)).press('confirmation-approve-1');
    await representative.waits(71 * HOUR);
    const found = await finds(company());
    await representative.waits(2 * HOUR);
    expect((await finds(company())).codes).toEqual(['entity-request.expired']);
    expect(found.has('#entity-register-finish')).toBe(true);
    await representative.waits(4 * DAY);
    expect(await database().query('select 1 from entity_requests')).toEqual([]);
    expect((await finds(company())).codes).toEqual(['entity-request.not-found']);
  });

  it('what is not confirmed yet is not finished, nor by a journey that has not found it; of two at once one finishes it', async () => {
    const one = company();
    const waiting = await asks(one);
    const { action, fields } = waiting.form('entity-request-withdraw');
    const finish = action.replace('withdraw', 'finish');
    const early = await one.browser.post(finish, fields);
    expect([early.status, early.codes]).toEqual([422, ['entity-request.waiting']]);
    const stranger = company();
    const start = await (await loginPage(stranger)).follow('register');
    const theirs = `${service.origin}/interaction/${start.url.pathname.split('/')[2]}/register/entity/waiting/finish`;
    const foreign = await stranger.browser.post(theirs, { _csrf: start.value('_csrf') as string });
    expect([foreign.status, foreign.codes]).toEqual([422, ['entity-request.gone']]);
    await (await logsIn(representative)).press('confirmation-approve-1');
    const ready = await waiting.follow('waiting-refresh');
    const again = await finds(company());
    const both = await Promise.all([ready, again].map(async (page) => page.press('entity-register-finish')));
    expect(both.map((page) => page.has('#certificate-skip')).toSorted()).toEqual([false, true]);
    expect(both.flatMap(({ codes }) => codes)).toEqual(['entity-request.finished']);
  });

  it('yes and no at once: one counts', async () => {
    await asks(company());
    const list = await logsIn(representative);
    const answers = await Promise.all(
      ['confirmation-approve-1', 'confirmation-approve-1'].map(async (button) => list.press(button)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    expect(answers.flatMap(({ codes }) => codes)).toEqual(['entity-request.confirmed']);
  });

  it('nobody else’s request is seen or answered', async () => {
    const stale = (await answering(await asks(company()))).form('confirmation-approve-1');
    const other = new Citizen(service);
    await other.hasAccount(await site.loginUrl(service.origin), { name: '张三', idNumber: '420106199003071019' });
    const list = await other.browser.open(account('/confirmations'));
    expect(list.has('#confirmation-approve-1')).toBe(false);
    const _csrf = (await other.browser.open(account('/sessions'))).value('_csrf');
    for (const answer of ['approve', 'deny']) {
      const fields = { ...stale.fields, answer, _csrf: _csrf ?? (await tokenOf(other)) };
      expect((await other.browser.post(stale.action, fields)).codes).toEqual(['entity-request.gone']);
    }
    const odd = await representative.browser.post(stale.action, { ...stale.fields, request: 'x', answer: 'x' });
    expect(odd.status).toBe(404);
  });

  it('one request of an entity at a time; another one is told, and may use the code instead', async () => {
    await asks(company());
    const other = company();
    const refused = await asks(other);
    expect([refused.status, refused.codes]).toEqual([422, ['entity-request.waits-already']]);
    await representative.waits(MINUTE + 1);
    const second = await other.browser.open(refused.url.href.split('?')[0] as string);
    expect((await other.registers(second, representative.phone)).title).toBe('logged in');
    expect((await logsIn(representative)).has('#confirmation-approve-1')).toBe(false);
    expect((await finds(company())).codes).toEqual(['entity-request.overtaken']);
  });

  it('is found again by its code and password alone, with waits after wrong ones', async () => {
    await asks(company());
    const wrong = await finds(company(), 'Another-password-1');
    expect([wrong.status, wrong.codes]).toEqual([422, ['entity-request.not-found']]);
    const unknown = company('湖北示例图书馆');
    expect((await finds(unknown)).codes).toEqual(['entity-request.not-found']);
    const empty = await wrong.press('waiting-find', { creditCode: '1', password: '' });
    expect([empty.codeAt('creditCode'), empty.codeAt('password')]).toEqual([
      'credit-code.malformed',
      'password.missing',
    ]);
  });

  it('DESIGN 6 for a day after a change of number or a reset nothing is confirmed, and nothing asked', async () => {
    const one = company();
    const second = await checks(one);
    await asks(company());
    const list = await logsIn(representative);
    const id = site.lastLogin.claims.sub;
    await database().transaction(async (tx) => service.app.get(Accounts).noteWayChanged(tx, id, 'phone'));
    const closed = await list.press('confirmation-approve-1');
    expect([closed.status, closed.codes]).toEqual([403, ['proof.closed']]);
    if (first) expect((await asks(one, second)).codes).toEqual(['representative.closed']);
  });

  it('a representative who deregisters takes along what waits; the applicant is told', async () => {
    const name = '湖北示例图书馆';
    const aygul = new Citizen(service);
    await aygul.hasAccount(await site.loginUrl(service.origin), company(name).entry.representative);
    await (await (await aygul.browser.open(account('/data'))).press('deregister-submit')).press('deregister-confirm');
    await aygul.waits(7 * DAY - MINUTE);
    const waiting = await asks(company(name));
    await aygul.waits(2 * MINUTE);
    expect(await database().query('select 1 from entity_requests')).toEqual([]);
    const gone = await waiting.follow('waiting-refresh');
    expect([gone.codes, gone.has('#entity-register-finish')]).toEqual([['entity-request.gone'], false]);
  });

  it('a representative whose account was disabled since has confirmed nothing', async () => {
    const waiting = await asks(company());
    await (await logsIn(representative)).press('confirmation-approve-1');
    const id = site.lastLogin.claims.sub;
    const ready = await waiting.follow('waiting-refresh');
    await database().query(`update accounts set state = 'disabled' where id = $1`, [id]);
    expect((await ready.press('entity-register-finish')).codes).toEqual(['entity-request.gone']);
    await database().query(`update accounts set state = 'active' where id = $1`, [id]);
  });

  it('the data file of the representative tells what was asked, without the entity’s particulars', async () => {
    const one = company();
    await asks(one);
    await logsIn(representative);
    const file = (await (await representative.browser.open(account('/data'))).press('export-submit')).json<{
      entityRequests: object[];
    }>();
    expect(file.entityRequests).toMatchObject([
      { role: 'representative', kind: 'registration', state: 'waiting', entityName: WUHAN },
    ]);
    expect(JSON.stringify(file.entityRequests)).not.toMatch(/argon2|131002/);
  });

  it('R-2.4 what was accepted when it was asked is kept; a newer agreement is asked for at the end', async () => {
    const agreements = service.app.get(Agreements) as unknown as { jurisdiction: Jurisdiction };
    const { jurisdiction } = agreements;
    agreements.jurisdiction = { ...jurisdiction, agreement: { ...jurisdiction.agreement, version: '2001-01' } };
    const waiting = await asks(company());
    agreements.jurisdiction = jurisdiction;
    await (await logsIn(representative)).press('confirmation-approve-1');
    const end = await (await waiting.follow('waiting-refresh')).press('entity-register-finish');
    expect(end.path).toMatch(/\/agreement$/);
    expect(await database().query(`select 1 from agreements_accepted where version = '2001-01'`)).toHaveLength(1);
  });

  it('what the registration needs is judged before anybody is asked', async () => {
    const one = company();
    const second = await checks(one);
    const empty = await second.press('confirmation-ask');
    expect(empty.codes).toContain('password.missing');
    expect(await database().query('select 1 from entity_requests')).toEqual([]);
    if (first) return;
    const own = { userName: one.userName, phone: one.contact, password: PASSWORD };
    expect((await second.press('confirmation-ask', own)).codes).toEqual(['sms-code.missing']);
  });

  if (first) return;

  it('a user name that was taken meanwhile is chosen anew at the end', async () => {
    const one = company();
    const waiting = await asks(one);
    const other = company('石家庄示例医药有限公司');
    other.userName = one.userName.toUpperCase();
    expect((await other.registers(await checks(other))).title).toBe('logged in');
    await (await logsIn(representative)).press('confirmation-approve-1');
    const taken = await (await waiting.follow('waiting-refresh')).press('entity-register-finish');
    expect([taken.status, taken.codeAt('userName')]).toEqual([422, 'user-name.taken']);
    const still = await taken.press('entity-register-finish', { userName: other.userName });
    expect(still.codeAt('userName')).toBe('user-name.taken');
    const own = `fresh${freshPhone().slice(-6)}`;
    expect((await still.press('entity-register-finish', { userName: own })).has('#certificate-skip')).toBe(true);
  });

  it('without an account of the representative there is nobody to ask', async () => {
    const one = company('唐山示例钢铁有限公司');
    const second = await checks(one);
    expect(second.has('#confirmation-ask')).toBe(false);
    const { action, fields } = second.form('entity-register-submit');
    const forced = await one.browser.post(action, { ...fields, deed: 'confirmation-ask' });
    expect(forced.codes).toEqual(['representative.unregistered']);
  });
});

describe('how often a representative is asked (DESIGN 6)', () => {
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site');
    const limits = {
      entityRequest: { perEntityDay: 2, perRepresentativeDay: 3, perAddressDay: 5 },
      login: { captchaAfter: 2, waitMinutes: [1, 3] },
    };
    service = await startService('hubei', { SITES_FILE: sitesFile([site.metadata()]) }, limits);
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const loginPage = async (who: Citizen): Promise<Page> => who.browser.open(await site.loginUrl(service.origin));
  const asks = async (name: string): Promise<Page> => {
    const one = new Company(service, 'hubei', name);
    const second = await one.isChecked(await loginPage(one));
    return second.press('confirmation-ask', { password: one.password, agreement: 'yes' });
  };
  const asksAndWithdraws = async (name: string): Promise<void> => {
    expect((await (await asks(name)).press('entity-request-withdraw')).codes).toEqual(['entity-request.withdrawn']);
  };
  const isRefused = (page: Page, code: string): void => {
    expect([page.status, page.codes]).toEqual([429, [code]]);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
  };

  it('about one entity, then one person, then from one address; each is over the next day', async () => {
    const representative = new Citizen(service);
    await representative.hasAccount(
      await site.loginUrl(service.origin),
      new Company(service, 'hubei', BUREAU).entry.representative,
    );
    await representative.waits(DAY);
    for (let asked = 0; asked < 2; asked += 1) await asksAndWithdraws(BUREAU);
    isRefused(await asks(BUREAU), 'entity-request.day-cap');
    const told = (await representative.messages()).filter(({ text }) => text.includes('等您作为法定代表人确认'));
    expect(told).toHaveLength(2);
    await asksAndWithdraws(OTHER);
    isRefused(await asks(OTHER), 'entity-request.day-cap');
    isRefused(await asks(OTHER), 'limit.wait');
    await representative.waits(DAY);
    await asksAndWithdraws(BUREAU);
  });

  it('tries of the password that finds a request: after some of them waits', async () => {
    const one = new Company(service, 'hubei', BUREAU);
    const find = await (
      await (await one.browser.open(`${(await loginPage(one)).url.href}?kind=entity`)).follow('register')
    ).follow('entity-waiting');
    const guess = async () =>
      find.press('waiting-find', { creditCode: one.entry.creditCode, password: 'Another-password-1' });
    for (let tries = 0; tries < 3; tries += 1) expect((await guess()).codes).toEqual(['entity-request.not-found']);
    isRefused(await guess(), 'login.wait');
  });
});
