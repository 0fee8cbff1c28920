import type { StubEnterprise } from '../../src/gateways/enterprise-register/enterprise-register.stub.js';
import { Database } from '../../src/storage/transactions.js';
import type { Page } from '../support/browser.js';
import { Citizen, PASSWORD, ZHANG_SAN, freshPhone } from '../support/citizen.js';
import { Company, inRegister } from '../support/company.js';
import { TestCa } from '../support/ca.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, challengeOn, presents } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
const root = TestCa.root('p256', 'Contact root');
const LI_SI = { name: '李四', idNumber: '420106198506121028' };

describe('the contact number of an entity (hebei)', () => {
  let service: RunningService;
  let site: TestSite;
  let representative: Citizen;
  /** Whose representative has an account, and whose has none. */
  let known: Company;
  let alone: Company;

  const path = (more = '') => `${service.origin}/account/contact${more}`;
  const database = () => service.app.get(Database);
  const entity = async (company: Company): Promise<Citizen> => {
    const one = new Citizen(service);
    const login = await one.browser.open(await site.loginUrl(service.origin, { kind: 'entity' }));
    await login.press('login-submit', company.login);
    return one;
  };
  /** From the user centre to the page where the word for a new number is due. */
  const proves = async (one: Citizen, phone: string): Promise<Page> => {
    const page = await (await one.browser.open(path())).follow('contact-change');
    const sent = await page.press('sms-send', { phone });
    return sent.press('contact-next', { smsCode: await one.codeFor(phone) });
  };
  const confirmsInCentre = async (button = 'confirmation-approve-1'): Promise<Page> => {
    representative.browser.closeAndReopen();
    await representative.logsIn(await representative.browser.open(await site.loginUrl(service.origin)));
    const list = await representative.browser.open(`${service.origin}/account/confirmations`);
    return list.press(button);
  };

  beforeAll(async () => {
    site = await TestSite.start('site');
    const files = { SITES_FILE: sitesFile([site.metadata()]), AUTHORITIES_FILE: authoritiesFile([root]) };
    service = await startService('hebei', { ...files, LIMITS: 'off' });
    representative = new Citizen(service);
    await representative.hasAccount(await site.loginUrl(service.origin), LI_SI);
    await representative.waits(DAY);
    known = new Company(service, 'hebei', '武汉示例科技有限公司');
    alone = new Company(service, 'hebei', '石家庄示例医药有限公司');
    for (const [company, phone] of [[known, representative.phone] as const, [alone, undefined] as const]) {
      const page = await company.browser.open(await site.loginUrl(service.origin));
      await company.registers(await company.isChecked(page), phone);
    }
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  beforeEach(async () => {
    await database().query('delete from entity_requests');
    await representative.waits(2 * DAY);
  });

  it('R-5.4 a code to the new number, and one to the representative: sessions end, both numbers are told', async () => {
    const one = await entity(known);
    const elsewhere = await entity(known);
    const phone = freshPhone();
    const centre = await one.browser.open(`${service.origin}/account`);
    expect((await centre.follow('to-contact')).path).toBe('/account/contact');
    const confirm = await proves(one, phone);
    expect(confirm.path).toBe('/account/contact/confirm');
    expect(confirm.has('#representativeName')).toBe(false);
    for (const plain of [phone, representative.phone]) expect(confirm.html).not.toContain(plain);
    const sent = await confirm.press('sms-send');
    expect([sent.path, sent.html.includes(representative.phone)]).toEqual(['/account/contact/confirm', false]);
    const [message] = (await representative.messages()).filter(({ code }) => code);
    expect(message?.text).toContain(`更换${known.name}法人帐号的联系手机号`);
    const wrong = await sent.press('contact-submit', { smsCode: await one.codeFor(phone) });
    expect(wrong.codeAt('smsCode')).toBe('sms-code.wrong');
    const done = await sent.press('contact-submit', { smsCode: await representative.codeFor() });
    expect([done.path, done.text.includes(phone.slice(-4))]).toEqual(['/account/contact?news=changed', true]);
    expect((await elsewhere.browser.open(path())).path).toContain('/interaction/');
    for (const number of [known.contact, phone])
      expect(await one.notice(number)).toContain(`${known.name}的法人帐号刚刚更换了联系手机号`);
    expect((await one.browser.open(`${service.origin}/account/activity`)).text).toContain('更换联系手机号');
    known.contact = phone;
    const closed = await one.browser.open(`${service.origin}/account/representative/new`);
    expect([closed.status, closed.codes]).toEqual([403, ['proof.closed']]);
  });

  it('R-5.4 or the representative’s confirmation, who sees the new number masked', async () => {
    const one = await entity(known);
    const phone = freshPhone();
    const asked = await (await proves(one, phone)).press('confirmation-ask');
    expect(asked.path).toBe('/account/contact');
    expect(await representative.notice()).toContain(`${known.name}申请更换法人帐号的联系手机号`);
    const early = await one.browser.post(path('/finish'), asked.form('entity-request-withdraw').fields);
    expect(early.codes).toEqual(['entity-request.waiting']);
    const approved = await confirmsInCentre();
    expect(approved.html).not.toContain(phone);
    expect(approved.text).toContain(phone.slice(-4));
    const done = await (await one.browser.open(path())).press('contact-finish');
    expect([done.path, done.text.includes(phone.slice(-4))]).toEqual(['/account/contact?news=changed', true]);
    known.contact = phone;
  });

  it('DESIGN 6 without an account of the representative: who they are, in full, and a code to the number from before', async () => {
    const one = await entity(alone);
    const phone = freshPhone();
    const confirm = await proves(one, phone);
    expect(confirm.has('#confirmation-ask')).toBe(false);
    const { name, idNumber } = alone.entry.representative;
    const empty = await confirm.press('sms-send');
    expect([empty.codeAt('representativeName'), empty.codeAt('representativeIdNumber')]).toEqual([
      'name.missing',
      'id-number.missing',
    ]);
    const before = (await one.messages(alone.contact)).length;
    const strange = { representativeName: name, representativeIdNumber: ZHANG_SAN.idNumber };
    const wrong = await confirm.press('sms-send', strange);
    expect([wrong.status, wrong.codeAt('representativeIdNumber')]).toEqual([422, 'proof.speaker-wrong']);
    expect((await one.messages(alone.contact)).length).toBe(before);
    const sent = await wrong.press('sms-send', { representativeName: name, representativeIdNumber: idNumber });
    expect(sent.has('#representativeName')).toBe(false);
    const forced = await one.browser.post(path('/confirm'), {
      ...sent.form('contact-submit').fields,
      deed: 'confirmation-ask',
    });
    expect(forced.codes).toEqual(['representative.unregistered']);
    const done = await sent.press('contact-submit', { smsCode: await one.codeFor(alone.contact) });
    expect(done.path).toBe('/account/contact?news=changed');
    expect(await one.notice(alone.contact)).toContain('刚刚更换了联系手机号');
    alone.contact = phone;
  });

  it('R-6.1 the entity’s bound certificate signs it instead, also once the register names another representative', async () => {
    const own = certifies(root, known.entry);
    await binds(service, known.entry.creditCode, own);
    const one = await entity(known);
    const phone = freshPhone();
    expect((await one.browser.open(path('/certificate'))).path).toBe('/account/contact/new');
    const entry: StubEnterprise = inRegister(service, known.entry.creditCode);
    entry.representative = ZHANG_SAN;
    const form = await (await proves(one, phone)).follow('by-certificate');
    expect(challengeOn(form)).toContain('purpose: 更换联系手机号 contact\n');
    const foreign = await presents(form, certifies(root, known.entry));
    expect([foreign.status, foreign.codeAt('certificate')]).toEqual([422, 'representative.not-bound']);
    const done = await presents(foreign, own);
    expect([done.path, done.text.includes(phone.slice(-4))]).toEqual(['/account/contact?news=changed', true]);
    expect(await one.notice(known.contact)).toContain('刚刚更换了联系手机号');
    known.contact = phone;
    entry.representative = LI_SI;
  });

  it('refuses the present number, a wrong code and a step left out; needs a proof first', async () => {
    const one = await entity(known);
    const page = await (await one.browser.open(path())).follow('contact-change');
    const same = await page.press('sms-send', { phone: known.contact });
    expect([same.status, same.codeAt('phone')]).toEqual([422, 'phone.same']);
    expect((await page.press('sms-send', { phone: '1' })).codeAt('phone')).toBe('phone.malformed');
    const sent = await page.press('sms-send', { phone: freshPhone() });
    expect((await sent.press('contact-next', { smsCode: '' })).codeAt('smsCode')).toBe('sms-code.missing');
    expect((await one.browser.open(path('/confirm'))).path).toBe('/account/contact/new');
    await one.waits(6 * MINUTE);
    const proof = await one.browser.open(path('/new'));
    expect(proof.path).toBe('/account/proof?act=contact');
    expect((await proof.press('proof-submit', { password: PASSWORD })).path).toBe('/account/contact/new');
  });

  it('a word for one number counts for no other', async () => {
    const one = await entity(known);
    const confirm = await proves(one, freshPhone());
    await confirm.press('sms-send');
    const smsCode = await representative.codeFor();
    await one.waits(MINUTE + 1);
    const other = await proves(one, freshPhone());
    expect((await other.press('contact-submit', { smsCode })).codes).toEqual(['sms-code.none']);
  });

  it('a representative whom the register names no more confirms nothing', async () => {
    const entry: StubEnterprise = inRegister(service, known.entry.creditCode);
    const one = await entity(known);
    const asked = await (await proves(one, freshPhone())).press('confirmation-ask');
    await confirmsInCentre();
    entry.representative = ZHANG_SAN;
    const late = await (await one.browser.open(asked.url.href)).press('contact-finish');
    expect([late.status, late.codes]).toEqual([422, ['entity.representative-left']]);
    await late.press('entity-request-withdraw');
    const confirm = await proves(one, freshPhone());
    expect((await confirm.press('sms-send')).codes).toEqual(['entity.representative-left']);
    entry.representative = LI_SI;
  });

  it('denied or withdrawn, nothing changes', async () => {
    const one = await entity(known);
    await (await proves(one, freshPhone())).press('confirmation-ask');
    await confirmsInCentre('confirmation-deny-1');
    const denied = await one.browser.open(path());
    expect([denied.codes, denied.has('#contact-change')]).toEqual([['entity-request.denied'], true]);
    const asked = await (await one.browser.open(path('/confirm'))).press('confirmation-ask');
    expect((await asked.press('entity-request-withdraw')).has('#contact-change')).toBe(true);
    const stale = await one.browser.post(path('/finish'), asked.form('entity-request-withdraw').fields);
    expect(stale.codes).toEqual(['entity-request.withdrawn']);
  });
});

describe('the contact number of an entity (hubei)', () => {
  it('is its representative’s: there is no page for one', async () => {
    const site = await TestSite.start('site');
    const service = await startService('hubei', { SITES_FILE: sitesFile([site.metadata()]), LIMITS: 'off' });
    const representative = new Citizen(service);
    await representative.hasAccount(await site.loginUrl(service.origin), LI_SI);
    await representative.waits(DAY);
    const company = new Company(service, 'hubei', '武汉示例科技有限公司');
    const page = await company.browser.open(await site.loginUrl(service.origin));
    await company.registers(await company.isChecked(page), representative.phone);
    const centre = await company.browser.open(`${service.origin}/account`);
    expect([centre.has('#to-representative'), centre.has('#to-contact')]).toEqual([true, false]);
    for (const gone of ['', '/new', '/confirm'])
      expect((await company.browser.open(`${service.origin}/account/contact${gone}`)).status).toBe(404);
    await service.close();
    await site.close();
  });
});
