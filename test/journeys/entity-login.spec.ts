import { readFileSync } from 'node:fs';
import type { Page } from '../support/browser.js';
import { Citizen, PASSWORD } from '../support/citizen.js';
import { Company } from '../support/company.js';
import { breaches } from '../support/json-schema.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const SCHEMA = JSON.parse(readFileSync('docs/data-file.schema.json', 'utf8')) as object;
const LI_SI = { name: '李四', idNumber: '420106198506121028' };

describe.each(PROVINCES)('a legal entity logs in (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let persons: TestSite;
  let representative: Citizen;
  let company: Company;
  const named = province === 'hebei';

  const open = async (kind: string, at = site, more: Record<string, string> = {}) => {
    const citizen = new Citizen(service);
    return citizen.browser.open(await at.loginUrl(service.origin, { kind, ...more }));
  };
  const tries = async (kind: string, identifier: string, password = PASSWORD): Promise<Page> =>
    (await open(kind)).press('login-submit', { identifier, password });

  beforeAll(async () => {
    [site, persons] = await Promise.all([TestSite.start('site'), TestSite.start('persons')]);
    const sites = [site.metadata(), persons.metadata({ account_kinds: ['person'] })];
    service = await startService(province, { SITES_FILE: sitesFile(sites) });
    representative = new Citizen(service);
    await representative.hasAccount(await site.loginUrl(service.origin), LI_SI);
    await representative.waits(61);
    company = new Company(service, province, '武汉示例科技有限公司');
    const second = await company.isChecked(await company.browser.open(await site.loginUrl(service.origin)));
    await company.registers(second, representative.phone);
    await representative.waits(61);
  });

  afterAll(async () => {
    await service.close();
    await Promise.all([site.close(), persons.close()]);
  });
  beforeEach(async () => representative.waits(24 * 3600));

  it('R-5.4 by credit code and password, however it is typed; by user name where the province has them', async () => {
    const page = await open('entity');
    expect(page.text.includes('用户名')).toBe(named);
    const typed = ` ${company.entry.creditCode.toLowerCase()} `;
    expect((await page.press('login-submit', { identifier: typed, password: PASSWORD })).title).toBe('logged in');
    expect(site.lastLogin.claims).toMatchObject({
      acr: 'urn:tongxing:level:1',
      account_kind: 'entity',
      amr: ['pwd'],
    });
    const byName = await tries('entity', company.userName.toUpperCase());
    expect([byName.title, ...byName.codes]).toContain(named ? 'logged in' : 'login.failed');
  });

  it('R-4.2 has one answer for every cause, the other kind’s page included', async () => {
    const { creditCode } = company.entry;
    const failures = [
      await tries('entity', creditCode, 'Wrong-password-1'),
      await tries('entity', '91420100MA4KABC22H'),
      await tries('entity', company.userName, 'Wrong-password-1'),
      await tries('person', creditCode),
      await tries('person', company.userName),
      await tries('person', company.contact),
      await tries('entity', representative.phone),
      await tries('entity', LI_SI.idNumber),
    ];
    expect(failures.map(({ status, codes }) => [status, ...codes])).toEqual(failures.map(() => [422, 'login.failed']));
    expect(new Set(failures.map(({ text }) => text.match(/帐号或密码不对[^。]*。/)?.[0])).size).toBe(1);
  });

  it('R-4.2 wrong passwords bring a picture and then a wait, as on the other page', async () => {
    const identifier = company.entry.creditCode;
    let page = await open('entity');
    for (let wrong = 0; wrong < 5; wrong += 1)
      page = await page.press('login-submit', { identifier, password: 'Wrong-password-1' });
    expect(page.has('#captcha')).toBe(true);
    const solved = { ...(await company.captcha(page)), identifier };
    page = await page.press('login-submit', { ...solved, password: 'Wrong-password-1' });
    const waiting = await page.press('login-submit', { ...solved, password: PASSWORD });
    expect([waiting.status, waiting.codes]).toEqual([429, ['login.wait']]);
  });

  it('a site for persons sends it to the page that says so', async () => {
    const page = await open('entity', persons);
    const answer = await page.press('login-submit', { identifier: company.entry.creditCode, password: PASSWORD });
    expect(answer.path).toMatch(/\/account-kind$/);
    const person = await answer.follow('onward');
    expect(person.path).toMatch(/\/login\?kind=person$/);
  });

  it('R-8.2 legal_entity leaves with permission, which shows the very values; a person’s scopes are none of its', async () => {
    const scope = 'openid profile phone real_name legal_entity';
    const page = await open('entity', site, { scope });
    const ask = await page.press('login-submit', { identifier: company.entry.creditCode, password: PASSWORD });
    expect(ask.path).toMatch(/\/permission$/);
    for (const shown of [company.name, '9142************1X', '企业', '李*']) expect(ask.text).toContain(shown);
    expect(ask.text).not.toContain('手机号');
    await ask.press('permission-submit');
    const claims = await site.userinfo(site.lastLogin);
    expect(claims).toMatchObject({
      name: company.name,
      entity_name: company.name,
      credit_code: company.entry.creditCode,
      entity_type: 'enterprise',
      representative_name: '李四',
      entity_level: 'urn:tongxing:level:1',
    });
    for (const none of ['real_name', 'id_number', 'phone_number', 'level']) expect(claims).not.toHaveProperty(none);
    const person = await open('person', site, { scope: 'openid profile legal_entity' });
    const back = await representative.logsIn(person, representative.phone);
    expect(back.title).toBe('logged in');
    expect(await site.userinfo(site.lastLogin)).not.toHaveProperty('entity_name');
  });

  it('R-8.1 its user centre has what applies to it, and its data in a file', async () => {
    const start = await company.browser.open(`${service.origin}/account/start?kind=entity`);
    const again = await start.press('login-submit', company.login);
    for (const shown of [company.name, '9142************1X', '企业', '李*', '已与登记系统核对'])
      expect(again.text).toContain(shown);
    for (const plain of [company.entry.creditCode, LI_SI.name, LI_SI.idNumber, company.contact])
      expect(again.html).not.toContain(plain);
    for (const id of ['#to-phone', '#to-level']) expect(again.has(id)).toBe(false);
    expect(again.has('#to-user-name')).toBe(named);
    for (const row of ['password', 'sessions', 'activity', 'sites', 'data'])
      expect((await again.follow(`to-${row}`)).status).toBe(200);
    const file = (await (await again.follow('to-data')).press('export-submit')).json<{ legalEntity: object }>();
    expect(breaches(SCHEMA, file)).toEqual([]);
    expect(file.legalEntity).toMatchObject({
      name: company.name,
      creditCode: company.entry.creditCode,
      representative: LI_SI,
      representativeConfirmed: true,
    });
  });
});
