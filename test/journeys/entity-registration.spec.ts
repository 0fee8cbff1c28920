import type { Jurisdiction } from '../../src/config/jurisdiction.js';
import { EntityAccountJudge } from '../../src/flows/entity-registration/entity-account-judge.service.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Database } from '../../src/storage/transactions.js';
import type { Page } from '../support/browser.js';
import { Citizen, PASSWORD, freshPhone } from '../support/citizen.js';
import { Company } from '../support/company.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const DAY = 24 * 3600;
const LI_SI = { name: '李四', idNumber: '420106198506121028' };
const WUHAN = '武汉示例科技有限公司';

describe.each(PROVINCES)('registering a legal entity (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let representative: Citizen;
  const first = province === 'hubei';

  const company = (name: string) => new Company(service, province, name);
  const loginPage = async (who: Citizen): Promise<Page> => who.browser.open(await site.loginUrl(service.origin));
  /** From the site to the answer to the first step. */
  const checks = async (one: Company, more: Record<string, string> = {}): Promise<Page> =>
    one.isChecked(await loginPage(one), more);

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
  beforeEach(async () => representative.waits(DAY));

  it('R-5.1, R-5.3 ends at the site, signed in as the entity, level 1', async () => {
    const one = company(WUHAN);
    const second = await checks(one);
    expect(second.path).toMatch(/\/register\/entity\/account$/);
    expect(second.text).toContain('9142************1X');
    for (const plain of [representative.phone, LI_SI.name, one.entry.creditCode])
      expect(second.html).not.toContain(plain);
    const back = await one.registers(second, representative.phone);
    expect(back.title).toBe('logged in');
    expect(site.lastLogin.claims).toMatchObject({ acr: 'urn:tongxing:level:1', account_kind: 'entity' });
    const [told] = (await one.messages(representative.phone)).filter(({ text }) =>
      text.includes('只可告知您委托的经办人'),
    );
    expect(told?.text).toContain(WUHAN);
    const centre = await one.browser.open(`${service.origin}/account`);
    expect(centre.text).toContain(WUHAN);
    for (const gone of ['/account/phone', '/account/level', '/account/lost-number', '/account/phone/restore'])
      expect((await one.browser.open(service.origin + gone)).status).toBe(404);
    expect(centre.has('#to-phone')).toBe(false);
    const again = await checks(company(WUHAN));
    expect([again.status, again.codeAt('creditCode')]).toEqual([422, 'entity.taken']);
  });

  it('R-5.3 says what the register refuses, at its field, with everything kept', async () => {
    const one = company('武昌示例水果店');
    const wrong: [Record<string, string>, string, string][] = [
      [{ entityType: '' }, 'entityType', 'entity-type.missing'],
      [{ entityType: 'foundation' }, 'entityType', 'entity-type.unsuited'],
      [{ entityName: '' }, 'entityName', 'entity-name.missing'],
      [{ creditCode: '92420106MA4L00X2XG' }, 'creditCode', 'credit-code.checksum'],
      [{ creditCode: '420106000012345' }, 'creditCode', 'credit-code.fifteen-digits'],
      [{ representativeIdNumber: '1' }, 'representativeIdNumber', 'id-number.malformed'],
      [{ representativeName: '' }, 'representativeName', 'representative-name.missing'],
      [{ representativeIdNumber: '' }, 'representativeIdNumber', 'representative-id-number.missing'],
      [{ entityName: '武昌示范水果店' }, 'entityName', 'register.name-differs'],
      [
        { representativeName: '张三', representativeIdNumber: '420106199003071019' },
        'representativeIdNumber',
        'register.representative-differs',
      ],
      [{ representativeName: '李四' }, 'representativeIdNumber', 'register.representative-differs'],
      [{ representativeIdNumber: LI_SI.idNumber }, 'representativeIdNumber', 'register.representative-differs'],
      [{ creditCode: '91420100MA4KABC11X', entityType: 'foundation' }, 'entityType', 'entity-type.unsuited'],
      ...(first
        ? []
        : ([
            [{ agreement: '' }, 'agreement', 'agreement.not-accepted'],
            [{ agreementVersion: '2000-01' }, 'agreement', 'agreement.outdated'],
            [{ managerName: '' }, 'managerName', 'manager-name.missing'],
            [{ managerIdNumber: '' }, 'managerIdNumber', 'manager-id-number.missing'],
            [{ managerName: '张三' }, 'managerIdNumber', 'verification.mismatch'],
          ] as [Record<string, string>, string, string][])),
    ];
    for (const [more, field, code] of wrong) {
      const page = await checks(one, more);
      expect([page.status, page.codeAt(field)]).toEqual([422, code]);
      expect(page.value('entityName')).toBe(more['entityName'] ?? one.name);
    }
    const states = { 已注销示例有限公司: 'register.cancelled', 已吊销示例有限公司: 'register.revoked' };
    for (const [name, code] of Object.entries(states)) expect((await checks(company(name))).codes).toEqual([code]);
    const down = await checks(company('无应答示例有限公司'));
    expect([down.status, down.codes]).toEqual([503, ['register.unavailable']]);
    const unknown = await checks(one, { creditCode: '91420100MA4KABC22H' });
    expect(unknown.codeAt(unknown.codes.includes('entity-type.unsuited') ? 'entityType' : 'creditCode')).toBeDefined();
  });

  it('a name in full-width brackets is the registered one; a reload of either step loses nothing', async () => {
    const zhang = new Citizen(service);
    await zhang.hasAccount(await site.loginUrl(service.origin), { name: '张三', idNumber: '420106199003071019' });
    const one = company('示例(武汉)贸易有限公司');
    const second = await checks(one, { entityName: '示例（武汉）贸易 有限公司' });
    expect((await one.browser.open(second.url.href)).text).toBe(second.text);
    const details = await second.follow('entity-details');
    expect([details.value('entityName'), details.value('creditCode')]).toEqual([
      '示例（武汉）贸易 有限公司',
      one.entry.creditCode,
    ]);
    expect((await one.registers(await one.browser.open(second.url.href), zhang.phone)).title).toBe('logged in');
  });

  if (!first)
    it('R-2.4, R-5.4 an agreement that has changed since the first step is read again before there is an account', async () => {
      const one = company('廊坊示例行业协会');
      const second = await checks(one);
      const judge = service.app.get(EntityAccountJudge) as unknown as { jurisdiction: Jurisdiction };
      const { jurisdiction } = judge;
      judge.jurisdiction = { ...jurisdiction, agreement: { ...jurisdiction.agreement, version: '2099-01' } };
      const refused = await one.registers(second);
      judge.jurisdiction = jurisdiction;
      expect([refused.status, refused.codes]).toEqual([422, ['entity.agreement-outdated']]);
      expect((await refused.follow('entity-details')).has('#agreement')).toBe(true);
    });

  it('R-5.1 the second step refuses in words, spends no try of the code for other faults, and takes nobody else’s code', async () => {
    const one = company('湖北示例图书馆');
    const aygul = new Citizen(service);
    await aygul.hasAccount(await site.loginUrl(service.origin), one.entry.representative);
    const second = await checks(one);
    const empty = await second.press('entity-register-submit');
    expect(empty.codes).toEqual(
      expect.arrayContaining(
        first ? ['password.missing', 'agreement.not-accepted'] : ['user-name.missing', 'phone.missing'],
      ),
    );
    const own: Record<string, string> = first ? { agreement: 'yes' } : { userName: one.userName, phone: one.contact };
    const none = await second.press('entity-register-submit', { ...own, password: PASSWORD });
    expect(none.codes).toEqual(['sms-code.missing']);
    const sent = await second.press('sms-send', own);
    const other = freshPhone();
    const stranger = new Citizen(service);
    stranger.phone = other;
    await stranger.asksForCode(await loginPage(stranger));
    const strange = await sent.press('entity-register-submit', { ...own, smsCode: await stranger.codeFor() });
    expect(strange.codes[0]).toMatch(/^sms-code\.(wrong|missing)$/);
    const code = await one.codeFor(first ? aygul.phone : one.contact);
    const faulty = await sent.press('entity-register-submit', { ...own, password: '1', smsCode: code });
    expect(faulty.codes).toEqual(['password.short']);
    if (!first) {
      const half = await faulty.press('entity-register-submit', { ...own, password: PASSWORD, smsCode: code });
      expect([half.codes, half.codeAt('representativeCode')]).toEqual([['sms-code.missing'], 'sms-code.missing']);
      const both = await half.press('representative-send', own);
      const representativeCode = await one.codeFor(aygul.phone);
      expect(
        (await both.press('entity-register-submit', { ...own, representativeCode })).has('#certificate-skip'),
      ).toBe(true);
      return;
    }
    expect((await faulty.press('entity-register-submit', { ...own, smsCode: code })).has('#certificate-skip')).toBe(
      true,
    );
  });

  it('a code that confirms one entity counts for no other of the same representative', async () => {
    const one = company(WUHAN);
    await service.app.get(Database).query(`delete from identifiers where kind = 'credit-code'`);
    const second = await checks(one);
    const button = first ? 'sms-send' : 'representative-send';
    await second.press(button);
    const code = await one.codeFor(representative.phone);
    const elsewhere = await one.browser.open(second.url.href);
    const other = { ...one.details, creditCode: '91420100MA4KDWN10M', entityName: '无应答示例有限公司' };
    const details = await elsewhere.follow('entity-details');
    expect((await details.press('entity-check', other)).codes).toEqual(['register.unavailable']);
    const gone = await elsewhere.press('entity-register-submit', { smsCode: code });
    expect(gone.path).toMatch(/\/register\/entity$/);
  });

  it('of two that register one code at once, one wins; the other is told', async () => {
    const own = company('宜昌示例柑橘农民专业合作社');
    const nana = new Citizen(service);
    await nana.hasAccount(await site.loginUrl(service.origin), own.entry.representative);
    const ready = async (one: Company): Promise<Page> => {
      const second = await checks(one);
      const { userName, contact: phone, password } = one;
      if (first) return second.press('sms-send', { password });
      const sent = await second.press('sms-send', { userName, phone, password });
      return sent.press('representative-send');
    };
    const both = [own, company(own.name)];
    const pages: [Page, Record<string, string>][] = [];
    for (const one of both) {
      const page = await ready(one);
      const theirs = await one.codeFor(nana.phone);
      const codes: Record<string, string> = first
        ? { smsCode: theirs, agreement: 'yes' }
        : { smsCode: await one.codeFor(one.contact), representativeCode: theirs };
      pages.push([page, codes]);
    }
    const answers = await Promise.all(pages.map(async ([page, codes]) => page.press('entity-register-submit', codes)));
    expect(answers.map((page) => page.has('#certificate-skip')).toSorted()).toEqual([false, true]);
    expect(answers.flatMap(({ codes }) => codes)).toEqual(['entity.taken']);
  });

  it('DESIGN 6 for a day after a change of number or a reset the representative’s account confirms nothing', async () => {
    const one = company('示例教育基金会');
    const liu = new Citizen(service);
    await liu.hasAccount(await site.loginUrl(service.origin), one.entry.representative);
    const second = await checks(one);
    const id = site.lastLogin.claims.sub;
    const accounts = service.app.get(Accounts);
    await service.app.get(Database).transaction(async (tx) => accounts.noteWayChanged(tx, id, 'phone'));
    expect((await checks(company(one.name))).codeAt('representativeIdNumber')).toBe('representative.closed');
    const button = first ? 'sms-send' : 'representative-send';
    expect((await second.press(button)).codes).toEqual(['representative.closed']);
    await liu.waits(DAY);
    expect((await checks(company(one.name))).path).toMatch(/\/account$/);
  });

  it('whoever is signed in is told that the session ends, and it does', async () => {
    const one = company('示例市数据局');
    const huang = new Citizen(service);
    await huang.hasAccount(await site.loginUrl(service.origin), one.entry.representative);
    Object.assign(one, { browser: huang.browser });
    const page = await huang.browser.open(await site.loginUrl(service.origin, { prompt: 'create', kind: 'entity' }));
    expect(page.text).toContain('现在登录的是 黄*');
    const second = await page.press('entity-check', one.details);
    expect(second.has('#session-ends')).toBe(true);
    expect((await one.registers(second, huang.phone)).title).toBe('logged in');
    expect(site.lastLogin.claims['account_kind']).toBe('entity');
    expect((await huang.browser.open(`${service.origin}/account`)).text).toContain(one.name);
  });

  if (first) {
    it('R-5.1 a representative without an account is led to registering one, and back to everything that was typed', async () => {
      const one = company('示例民办养老院');
      const refused = await checks(one);
      expect([refused.status, refused.codeAt('representativeIdNumber')]).toEqual([422, 'representative.unregistered']);
      const person = await refused.follow('representative-register');
      const chen = Object.assign(new Citizen(service), { browser: one.browser });
      const back = await chen.verifies(await chen.registers(person), one.entry.representative);
      expect([back.path, back.value('creditCode')]).toEqual([refused.path, one.entry.creditCode]);
      expect(back.text).toContain('陈*');
      const second = await back.press('entity-check');
      expect((await one.registers(second, chen.phone)).title).toBe('logged in');
    });

    it('a representative whose number may be another’s by now confirms nothing', async () => {
      const one = company('示例教育基金会');
      await representative.waits(400 * DAY);
      expect((await checks(one)).codeAt('representativeIdNumber')).toBe('representative.away');
      const liuId = (await service.app
        .get(Accounts)
        .find('resident-id', { reveal: () => one.entry.representative.idNumber } as never)) as string;
      await service.app.get(Database).transaction(async (tx) => service.app.get(Accounts).disable(tx, liuId));
      expect((await checks(one)).codeAt('representativeIdNumber')).toBe('representative.unregistered');
    });
    return;
  }

  it('R-5.1 without an account of the representative the contact number’s code is enough; a taken user name is refused', async () => {
    const one = company('石家庄示例医药有限公司');
    const second = await checks(one);
    expect(second.has('#representative-send')).toBe(false);
    const name = `taken${freshPhone().slice(-6)}`;
    one.userName = name;
    expect((await one.registers(second)).title).toBe('logged in');
    const other = company('唐山示例钢铁有限公司');
    other.userName = name.toUpperCase();
    const refused = await other.registers(await checks(other));
    expect(refused.codeAt('userName')).toBe('user-name.taken');
  });
});
