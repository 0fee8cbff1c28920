import { jest } from '@jest/globals';
import { EnterpriseRegister } from '../../src/gateways/enterprise-register/enterprise-register.gateway.js';
import type { StubEnterprise } from '../../src/gateways/enterprise-register/enterprise-register.stub.js';
import { EntityStanding } from '../../src/identity/entity-standing/entity-standing.service.js';
import { Jobs } from '../../src/storage/jobs.service.js';
import type { Browser, Page } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { Company, inRegister } from '../support/company.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const LI_SI = { name: '李四', idNumber: '420106198506121028' };
const ZHANG_SAN = { name: '张三', idNumber: '420106199003071019' };
const DAY = 24 * 3600;

describe.each(PROVINCES)('the register is asked again (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let representative: Citizen;
  let company: Company;
  let account: string;
  let entry: StubEnterprise;
  let asked: jest.SpiedFunction<EnterpriseRegister['compare']>;

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
    asked = jest.spyOn(service.app.get(EnterpriseRegister), 'compare');
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await service.close();
    await site.close();
  });
  beforeEach(async () => {
    // What is under way belongs to the day before.
    await service.app.get(Jobs).runDue();
    Object.assign(entry, company.entry, { answer: undefined });
    await representative.waits(DAY);
    await service.app.get(EntityStanding).renew(account);
    await representative.waits(DAY);
    asked.mockClear();
  });

  /** Somebody logs in for it at a browser; what follows in the background is done. */
  const logsIn = async (more: Record<string, string> = {}): Promise<{ browser: Browser; answer: Page }> => {
    const { browser } = new Citizen(service);
    const page = await browser.open(await site.loginUrl(service.origin, { kind: 'entity', ...more }));
    const answer = await page.press('login-submit', company.login);
    await service.app.get(Jobs).runDue();
    return { browser, answer };
  };
  const acr = async (): Promise<unknown> => {
    await logsIn();
    return site.lastLogin.claims['acr'];
  };
  const texts = async (phone: string) => (await representative.messages(phone)).map(({ text }) => text);

  it('R-5 at the first login of a day, with nobody waiting, and at no other', async () => {
    await logsIn();
    expect(asked).toHaveBeenCalledTimes(1);
    await logsIn();
    expect(asked).toHaveBeenCalledTimes(1);
    await representative.waits(DAY);
    await logsIn();
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('a person’s login asks nothing', async () => {
    const page = await new Citizen(service).browser.open(await site.loginUrl(service.origin));
    await representative.logsIn(page);
    await service.app.get(Jobs).runDue();
    expect(asked).not.toHaveBeenCalled();
  });

  it.each([
    ['cancelled', { state: 'cancelled' }],
    ['revoked', { state: 'revoked' }],
    ['by another name', { name: '武汉示例新名科技有限公司' }],
    ['not found', { creditCode: '31420000MD0003C45K' }],
  ] as const)(
    'R-5 what is %s there has no level at sites any more, until the register confirms it again',
    async (_how, change) => {
      Object.assign(entry, change);
      await logsIn();
      expect(await acr()).toBe('urn:tongxing:level:0');
      const { answer } = await logsIn({ scope: 'openid legal_entity' });
      expect(answer.title).toBe('logged in');
      expect(await site.userinfo(site.lastLogin)).not.toHaveProperty('entity_name');
      Object.assign(entry, company.entry);
      await representative.waits(DAY);
      await logsIn();
      expect(await acr()).toBe('urn:tongxing:level:1');
    },
  );

  it('R-5 another representative: the former one and the entity are told, and no site hears the former name', async () => {
    const { answer } = await logsIn({ scope: 'openid legal_entity' });
    await answer.press('permission-submit');
    expect(await site.userinfo(site.lastLogin)).toHaveProperty('representative_name', LI_SI.name);
    await representative.waits(DAY);
    Object.assign(entry, { representative: ZHANG_SAN });
    const { browser } = await logsIn();
    const told = (await texts(representative.phone)).filter((text) => text.includes('您已不是'));
    expect(told).toEqual([expect.stringContaining(`您已不是${company.name}的法定代表人`)]);
    const contact = (await texts(company.contact)).slice(0, 3).filter((text) => text.includes('登记系统里'));
    expect(contact).toHaveLength(province === 'hebei' ? 1 : 0);
    expect((await browser.open(`${service.origin}/account/activity`)).text).toContain('登记系统与帐号信息不一致');
    await logsIn({ scope: 'openid legal_entity' });
    expect(await site.userinfo(site.lastLogin)).toMatchObject({ entity_name: company.name });
    expect(await site.userinfo(site.lastLogin)).not.toHaveProperty('representative_name');
  });

  it.each([
    ['name-differs', { name: '武汉示例新名科技有限公司' }],
    ['cancelled', { state: 'cancelled' }],
    ['revoked', { state: 'revoked' }],
    ['not-found', { creditCode: '31420000MD0003C45K' }],
    ['representative-left', { representative: ZHANG_SAN }],
  ] as const)('R-8.1 the user centre says what needs attention: %s', async (note, change) => {
    Object.assign(entry, change);
    const { browser } = await logsIn();
    const centre = await browser.open(`${service.origin}/account`);
    expect(centre.text.includes('登记系统没有确认')).toBe(note !== 'representative-left');
    const page = await centre.follow(`note-${note}`);
    expect(page.text).toContain('不一致，请看下面的说明');
    expect(page.has('#register-name-submit')).toBe(note === 'name-differs');
    expect(page.has('#to-representative')).toBe(note === 'representative-left');
    Object.assign(entry, company.entry);
    const again = await page.press('register-ask');
    expect([again.path, again.text.includes('不一致')]).toEqual(['/account/register', false]);
    expect((await browser.open(`${service.origin}/account`)).has(`#note-${note}`)).toBe(false);
  });

  it('R-5 a new name is taken over once the register confirms it, and not a guess', async () => {
    Object.assign(entry, { name: '武汉示例新名科技有限公司' });
    const { browser } = await logsIn();
    const page = await browser.open(`${service.origin}/account/register`);
    expect((await page.press('register-name-submit', { entityName: '' })).codes).toEqual(['entity-name.missing']);
    const guess = await page.press('register-name-submit', { entityName: '武汉示例旧名科技有限公司' });
    expect([guess.status, guess.codes]).toEqual([422, ['register.name-differs']]);
    const done = await guess.press('register-name-submit', { entityName: '武汉示例新名科技有限公司' });
    expect([done.path, done.text.includes('不一致')]).toEqual(['/account/register', false]);
    expect(done.text).toContain('武汉示例新名科技有限公司');
    expect(await acr()).toBe('urn:tongxing:level:1');
    Object.assign(entry, { creditCode: '31420000MD0003C45K' });
    await done.press('register-ask');
    const lost = await guess.press('register-name-submit', { entityName: company.name });
    expect(lost.codes).toEqual(['register.not-found']);
    Object.assign(entry, company.entry);
    const back = await guess.press('register-name-submit', { entityName: company.name });
    expect(back.text).toContain(company.name);
  });

  it('R-1.5 a site that insists on a level sends an unconfirmed entity to why, and on once the register confirms it', async () => {
    const must = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:tongxing:level:1' } } }) };
    Object.assign(entry, { state: 'revoked' });
    await logsIn();
    const { answer } = await logsIn(must);
    expect([answer.path.split('/').at(-1), answer.text.includes('执照已被吊销')]).toEqual(['register-standing', true]);
    const still = await answer.press('register-ask');
    expect(still.path).toMatch(/\/register-standing$/);
    Object.assign(entry, { answer: 'down' });
    expect((await still.press('register-ask')).path).toMatch(/\/register-standing$/);
    await representative.waits(DAY);
    Object.assign(entry, company.entry, { answer: undefined });
    const { answer: again } = await logsIn();
    expect(again.title).toBe('logged in');
    expect((await logsIn(must)).answer.title).toBe('logged in');
    expect(site.lastLogin.claims['acr']).toBe('urn:tongxing:level:1');
  });

  it('R-1.5 declined, the site is told; confirmed meanwhile, it goes on', async () => {
    const must = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:tongxing:level:1' } } }) };
    Object.assign(entry, { state: 'cancelled' });
    await logsIn();
    const declined = await (await logsIn(must)).answer.press('register-decline');
    expect(declined.text).toContain('access_denied');
    const { answer } = await logsIn(must);
    Object.assign(entry, company.entry);
    expect((await answer.press('register-ask')).title).toBe('logged in');
  });

  it('a wish for a certificate is not offered to whom it would give nothing', async () => {
    Object.assign(entry, { state: 'cancelled' });
    await logsIn();
    expect((await logsIn({ acr_values: 'urn:tongxing:level:3' })).answer.title).toBe('logged in');
  });

  it('a person has no such page', async () => {
    const start = await representative.browser.open(`${service.origin}/account/start`);
    await representative.logsIn(start);
    const page = await representative.browser.open(`${service.origin}/account/register`);
    expect([page.status, page.codes]).toEqual([404, ['page.not-found']]);
  });

  it('R-5 while another representative stands there, the account cannot be closed', async () => {
    const { browser } = await logsIn();
    const page = await browser.open(`${service.origin}/account/data/deregister`);
    Object.assign(entry, { representative: ZHANG_SAN });
    const refused = await page.press('deregister-confirm');
    expect([refused.status, refused.codes]).toEqual([422, ['entity.representative-left']]);
    Object.assign(entry, company.entry, { state: 'cancelled' });
    const data = await refused.press('deregister-confirm');
    expect(data.path).toBe('/account/data');
    await data.press('deregister-cancel');
  });

  it('asks thirty times a day about one entity, and then no more', async () => {
    const { browser } = await logsIn();
    let page = await browser.open(`${service.origin}/account/register`);
    for (let times = 1; times < 30; times += 1) page = await page.press('register-ask');
    expect(page.codes).toEqual([]);
    const closed = await page.press('register-ask');
    expect([closed.status, closed.codes]).toEqual([429, ['register.closed-till-tomorrow']]);
    expect(asked).toHaveBeenCalledTimes(30);
  });

  it('a register that is down changes nothing, and is asked again later', async () => {
    Object.assign(entry, { state: 'cancelled', answer: 'down' });
    await logsIn();
    expect(await acr()).toBe('urn:tongxing:level:1');
    Object.assign(entry, { answer: undefined });
    await representative.waits(60);
    expect(await acr()).toBe('urn:tongxing:level:0');
  });
});
