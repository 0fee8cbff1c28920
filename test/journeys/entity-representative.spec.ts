import type { StubEnterprise } from '../../src/gateways/enterprise-register/enterprise-register.stub.js';
import { EntityStanding } from '../../src/identity/entity-standing/entity-standing.service.js';
import { Database } from '../../src/storage/transactions.js';
import type { Page } from '../support/browser.js';
import { Citizen, PASSWORD, ZHANG_SAN } from '../support/citizen.js';
import { Company, inRegister } from '../support/company.js';
import { TestCa } from '../support/ca.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, challengeOn, presents, signed } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
const LI_SI = { name: '李四', idNumber: '420106198506121028' };
/** Known to the register of persons, without an account. */
const ZHOU_ZHOU = { name: '周舟', idNumber: '131002198707070117' };
const root = TestCa.root('p256', 'Representative root');
const WUHAN = '武汉示例科技有限公司';

describe.each(PROVINCES)('the legal representative of an entity (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let former: Citizen;
  let successor: Citizen;
  let company: Company;
  let account: string;
  let entry: StubEnterprise;
  const first = province === 'hubei';

  const path = (more = '') => `${service.origin}/account/representative${more}`;
  const loginUrl = async () => site.loginUrl(service.origin);
  const database = () => service.app.get(Database);
  /** The entity at a browser of its own: a fresh login is its proof for five minutes. */
  const entity = async (): Promise<Citizen> => {
    const one = new Citizen(service);
    const login = await one.browser.open(await site.loginUrl(service.origin, { kind: 'entity' }));
    await login.press('login-submit', company.login);
    return one;
  };
  const claims = ({ name, idNumber }: typeof LI_SI) => ({ representativeName: name, representativeIdNumber: idNumber });
  /** From the login to the page where the new one's word is due. */
  const names = async (one: Citizen, who = ZHANG_SAN): Promise<Page> => {
    const page = await one.browser.open(path());
    return (await page.follow('representative-change')).press('representative-check', claims(who));
  };
  const masked = async (): Promise<string> => (await (await entity()).browser.open(path())).text;
  const confirmsInCentre = async (who: Citizen, button = 'confirmation-approve-1'): Promise<Page> => {
    who.browser.closeAndReopen();
    await who.logsIn(await who.browser.open(await loginUrl()));
    return (await who.browser.open(`${service.origin}/account/confirmations`)).press(button);
  };

  beforeAll(async () => {
    site = await TestSite.start('site');
    const files = { SITES_FILE: sitesFile([site.metadata()]), AUTHORITIES_FILE: authoritiesFile([root]) };
    service = await startService(province, { ...files, LIMITS: 'off' });
    [former, successor] = [new Citizen(service), new Citizen(service)];
    await former.hasAccount(await loginUrl(), LI_SI);
    await successor.hasAccount(await loginUrl(), ZHANG_SAN);
    await former.waits(DAY);
    company = new Company(service, province, WUHAN);
    const second = await company.isChecked(await company.browser.open(await loginUrl()));
    await company.registers(second, former.phone);
    account = site.lastLogin.claims.sub;
    entry = inRegister(service, company.entry.creditCode);
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  /** Each begins two days later, with the former representative here and the new one in the register. */
  beforeEach(async () => {
    await database().query('delete from entity_requests');
    await database().query('update accounts set way_changed_at = null');
    entry.representative = LI_SI;
    await former.waits(2 * DAY);
    await service.app.get(EntityStanding).renew(account);
  });
  /** Back to the former one, as the register then says. */
  afterEach(async () => {
    if (!(await masked()).includes('张*')) return;
    entry.representative = LI_SI;
    await database().query('update accounts set way_changed_at = null');
    await former.waits(2 * DAY);
    const sent = await (await names(await entity(), LI_SI)).press('sms-send');
    await sent.press('representative-submit', { smsCode: await former.codeFor() });
  });
  const registerNames = async (who: typeof LI_SI): Promise<void> => {
    entry.representative = who;
  };

  it('R-5.1 is shown masked; a person has no such page', async () => {
    const page = await (await (await entity()).browser.open(`${service.origin}/account`)).follow('to-representative');
    expect(page.text).toContain('李*');
    for (const plain of [LI_SI.name, LI_SI.idNumber, former.phone]) expect(page.html).not.toContain(plain);
    const person = new Citizen(service);
    person.phone = former.phone;
    await person.logsIn(await person.browser.open(await loginUrl()));
    expect((await person.browser.open(path())).status).toBe(404);
    expect((await person.browser.open(path('/new'))).status).toBe(404);
  });

  it('R-5.1 the new one takes over by a code: sessions end, old and new number are told, the trail says so', async () => {
    const one = await entity();
    const elsewhere = await entity();
    await registerNames(ZHANG_SAN);
    const confirm = await names(one);
    expect(confirm.path).toBe('/account/representative/confirm');
    for (const plain of [ZHANG_SAN.name, ZHANG_SAN.idNumber, successor.phone])
      expect(confirm.html).not.toContain(plain);
    const sent = await confirm.press('sms-send');
    expect([sent.path, sent.html.includes(successor.phone)]).toEqual(['/account/representative/confirm', false]);
    const [message] = (await successor.messages()).filter(({ code }) => code);
    expect(message?.text).toContain(`变更${WUHAN}法人帐号的法定代表人`);
    expect((await sent.press('representative-submit', { smsCode: '000000' })).codeAt('smsCode')).toBe('sms-code.wrong');
    const done = await sent.press('representative-submit', { smsCode: await successor.codeFor() });
    expect(done.path).toBe('/account/representative?news=changed');
    expect(done.text).toContain('张*');
    expect((await one.browser.open(done.url.href)).path).toBe('/account/representative?news=changed');
    expect((await elsewhere.browser.open(path())).path).toContain('/interaction/');
    for (const who of [former, successor])
      expect(await who.notice()).toContain(`${WUHAN}的法人帐号刚刚变更了法定代表人`);
    if (!first) expect(await company.notice(company.contact)).toContain('变更了法定代表人');
    expect((await one.browser.open(`${service.origin}/account/activity`)).text).toContain('变更法定代表人');
    const again = await sent.press('representative-submit', { smsCode: await successor.codeFor() });
    expect(again.path).toBe('/account/representative/new');
  });

  it('R-5.1 or in their own user centre, within 72 hours; the entity finishes it', async () => {
    const one = await entity();
    await registerNames(ZHANG_SAN);
    const asked = await (await names(one)).press('confirmation-ask');
    expect(asked.path).toBe('/account/representative');
    expect(await successor.notice()).toContain(`${WUHAN}申请把法人帐号的法定代表人变更为您`);
    expect((await one.browser.open(path('/new'))).path).toBe('/account/representative');
    const early = await one.browser.post(path('/finish'), asked.form('entity-request-withdraw').fields);
    expect([early.status, early.codes]).toEqual([422, ['entity-request.waiting']]);
    expect((await confirmsInCentre(successor)).path).toBe('/account/confirmations?news=approved');
    await one.waits(6 * MINUTE);
    const ready = await one.browser.open(path());
    const proof = await ready.press('representative-finish');
    expect(proof.path).toBe('/account/proof?act=representative');
    const back = await proof.press('proof-submit', { password: PASSWORD });
    expect(back.path).toBe('/account/representative');
    const done = await back.press('representative-finish');
    expect([done.path, done.text.includes('张*')]).toEqual(['/account/representative?news=changed', true]);
    expect((await successor.browser.open(`${service.origin}/account/activity`)).text).toContain('确认法人帐号的变更');
  });

  it('DESIGN 6 needs a proof of the entity first, and is closed for a day after a reset', async () => {
    const one = await entity();
    await one.waits(6 * MINUTE);
    const proof = await (await one.browser.open(path())).follow('representative-change');
    expect(proof.path).toBe('/account/proof?act=representative');
    const wrong = await proof.press('proof-submit', { password: 'not-mine-1' });
    expect(wrong.codeAt('password')).toBe('proof.password-wrong');
    expect((await wrong.press('proof-submit', { password: PASSWORD })).path).toBe('/account/representative/new');
    const reset = `update accounts set way_changed_at = $1, way_changed_by = 'password' where id = $2`;
    await database().query(reset, [service.clock.now(), account]);
    const closed = await one.browser.open(path('/new'));
    expect([closed.status, closed.codes]).toEqual([403, ['proof.closed']]);
  });

  it('says what is refused, at its field, with what was typed', async () => {
    const one = await entity();
    const same = await names(one, LI_SI);
    expect([same.status, same.codeAt('representativeIdNumber')]).toEqual([422, 'representative.same']);
    expect(same.value('representativeName')).toBe(LI_SI.name);
    const differs = await names(one);
    expect(differs.codeAt('representativeIdNumber')).toBe('register.representative-differs');
    const empty = await same.press('representative-check', { representativeName: '', representativeIdNumber: '1' });
    expect([empty.codeAt('representativeName'), empty.codeAt('representativeIdNumber')]).toEqual([
      'name.missing',
      'id-number.malformed',
    ]);
    await registerNames(ZHOU_ZHOU);
    const stranger = await names(one, ZHOU_ZHOU);
    if (first) expect(stranger.codeAt('representativeIdNumber')).toBe('representative.unregistered');
    if (!first) {
      const mistaken = { ...ZHOU_ZHOU, name: ZHANG_SAN.name };
      await registerNames(mistaken);
      expect((await names(one, mistaken)).codeAt('representativeIdNumber')).toBe('verification.mismatch');
    }
    await registerNames(ZHANG_SAN);
    const persons = `update accounts set way_changed_at = $1, way_changed_by = 'phone' where kind = 'person'`;
    await database().query(persons, [service.clock.now()]);
    expect((await names(one)).codeAt('representativeIdNumber')).toBe('representative.closed');
    entry.answer = 'down';
    const down = await names(one);
    expect([down.status, down.codes]).toEqual([503, ['register.unavailable']]);
    delete entry.answer;
    expect((await one.browser.open(path('/confirm'))).path).toBe('/account/representative/new');
  });

  it('the register names another one already: the page says so, and this is the way out', async () => {
    await registerNames(ZHANG_SAN);
    await service.app.get(EntityStanding).renew(account);
    const one = await entity();
    const page = await one.browser.open(path());
    expect(page.has('#representative-left')).toBe(true);
    const sent = await (await names(one)).press('sms-send');
    await sent.press('representative-submit', { smsCode: await successor.codeFor() });
    const now = await one.browser.open(path());
    expect([now.has('#representative-left'), now.text.includes('张*')]).toEqual([false, true]);
  });

  it('denied, withdrawn, lapsed or no longer in the register: nothing changes', async () => {
    const one = await entity();
    await registerNames(ZHANG_SAN);
    await (await names(one)).press('confirmation-ask');
    await confirmsInCentre(successor, 'confirmation-deny-1');
    const denied = await one.browser.open(path());
    expect([denied.codes, denied.has('#representative-change')]).toEqual([['entity-request.denied'], true]);
    const asked = await (await names(one)).press('confirmation-ask');
    const withdrawn = await asked.press('entity-request-withdraw');
    expect(withdrawn.has('#representative-change')).toBe(true);
    await (await names(one)).press('confirmation-ask');
    await confirmsInCentre(successor);
    entry.representative = LI_SI;
    const gone = await (await one.browser.open(path())).press('representative-finish');
    expect(gone.codes).toEqual(['register.representative-differs']);
    await one.waits(73 * HOUR);
    const later = await entity();
    expect((await later.browser.open(path())).codes).toEqual(['entity-request.expired']);
  });

  it('R-6.1 the entity’s bound certificate signs it instead: nobody else is asked, and nothing is closed afterwards', async () => {
    const own = certifies(root, company.entry);
    await binds(service, company.entry.creditCode, own);
    const one = await entity();
    await registerNames(ZHANG_SAN);
    expect((await one.browser.open(path('/certificate'))).path).toBe('/account/representative/new');
    const form = await (await names(one)).follow('by-certificate');
    expect(challengeOn(form)).toContain(`purpose: 变更法定代表人 representative\nentity: ${WUHAN}\n`);
    const foreign = await presents(form, certifies(root, company.entry));
    expect([foreign.status, foreign.codeAt('certificate')]).toEqual([422, 'representative.not-bound']);
    const fields = signed(foreign, own);
    const done = await foreign.press('certificate-submit', fields);
    expect([done.path, done.text.includes('张*')]).toEqual(['/account/representative?news=changed', true]);
    expect((await foreign.press('certificate-submit', fields)).path).toBe('/account/representative/new');
    for (const who of [former, successor]) expect(await who.notice()).toContain('刚刚变更了法定代表人');
    expect((await one.browser.open(`${service.origin}/account/password`)).status).toBe(200);
  });

  it('R-6.5 a challenge of the contact page, or of another session, changes no representative', async () => {
    const own = certifies(root, company.entry);
    await binds(service, company.entry.creditCode, own);
    const [one, other] = [await entity(), await entity()];
    await registerNames(ZHANG_SAN);
    const [mine, theirs] = [
      await (await names(one)).follow('by-certificate'),
      await (await names(other)).follow('by-certificate'),
    ];
    const strange = await mine.press('certificate-submit', signed(theirs, own));
    expect([strange.status, strange.codes]).toEqual([422, ['challenge.not-yours']]);
    expect((await presents(theirs, own)).path).toBe('/account/representative?news=changed');
  });

  it('R-6.3 a session that the certificate has just opened needs nobody’s word', async () => {
    const own = certifies(root, company.entry);
    await binds(service, company.entry.creditCode, own);
    const one = new Citizen(service);
    const url = (await one.browser.open(await site.loginUrl(service.origin, { kind: 'entity' }))).url.href;
    await presents(await one.browser.open(`${url.split('?')[0]}?kind=entity&method=certificate`), own);
    await registerNames(ZHANG_SAN);
    const confirm = await names(one);
    expect([confirm.path, confirm.has('#smsCode')]).toEqual(['/account/representative/confirm', false]);
    expect((await confirm.press('representative-submit')).path).toBe('/account/representative?news=changed');
  });

  it('DESIGN 6 a proof by certificate on the proof page is the entity’s word as well', async () => {
    const own = certifies(root, company.entry);
    await binds(service, company.entry.creditCode, own);
    const one = await entity();
    await one.waits(6 * MINUTE);
    const proof = await (await one.browser.open(path('/new'))).follow('proof-certificate');
    expect((await presents(proof, own)).path).toBe('/account/representative/new');
    await registerNames(ZHANG_SAN);
    const confirm = await names(one);
    expect(confirm.has('#smsCode')).toBe(false);
    expect((await confirm.press('representative-submit')).path).toBe('/account/representative?news=changed');
    expect((await one.browser.open(path('/new'))).path).toBe('/account/proof?act=representative');
  });

  it('R-5.4 without an account of the new one the contact number’s code counts', async () => {
    if (first) return;
    const one = await entity();
    await registerNames(ZHOU_ZHOU);
    const confirm = await names(one, ZHOU_ZHOU);
    expect(confirm.has('#confirmation-ask')).toBe(false);
    const forced = await one.browser.post(path('/confirm'), {
      ...confirm.form('representative-submit').fields,
      deed: 'confirmation-ask',
    });
    expect(forced.codes).toEqual(['representative.unregistered']);
    const sent = await confirm.press('sms-send');
    const done = await sent.press('representative-submit', { smsCode: await company.codeFor(company.contact) });
    expect([done.path, done.text.includes('周*')]).toEqual(['/account/representative?news=changed', true]);
    await registerNames(LI_SI);
    await database().query('update accounts set way_changed_at = null');
    await one.waits(2 * DAY);
    const back = await (await names(await entity(), LI_SI)).press('sms-send');
    await back.press('representative-submit', { smsCode: await former.codeFor() });
  });

  it('what waits goes with the entity when it deregisters; the representative is left with nothing to answer', async () => {
    const one = await entity();
    const leaving = await (await one.browser.open(`${service.origin}/account/data`)).press('deregister-submit');
    await leaving.press('deregister-confirm');
    await one.waits(7 * DAY - 10 * MINUTE);
    await registerNames(ZHANG_SAN);
    await (await names(await entity())).press('confirmation-ask');
    expect(await database().query('select 1 from entity_requests where entity_id = $1', [account])).toHaveLength(1);
    await one.waits(20 * MINUTE);
    expect(await database().query('select 1 from entity_requests')).toEqual([]);
  });
});
