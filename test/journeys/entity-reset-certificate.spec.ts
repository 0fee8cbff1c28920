import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import { EntityStanding } from '../../src/identity/entity-standing/entity-standing.service.js';
import type { StubEnterprise } from '../../src/gateways/enterprise-register/enterprise-register.stub.js';
import { Database } from '../../src/storage/transactions.js';
import type { Page } from '../support/browser.js';
import { ALGORITHMS, TestCa } from '../support/ca.js';
import { Citizen, PASSWORD } from '../support/citizen.js';
import { Company, inRegister } from '../support/company.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, challengeOn, presents, signed } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';

const LI_SI = { name: '李四', idNumber: '420106198506121028' };
const ZHANG_SAN = { name: '张三', idNumber: '420106199003071019' };
const NEW = 'Hanjiang-2027';
const roots = ALGORITHMS.map((algorithm) => TestCa.root(algorithm, 'Reset root'));
const root = (algorithm = 'p256') => roots.find((one) => one.algorithm === algorithm) as TestCa;

describe.each(PROVINCES)('a legal entity’s forgotten password, by certificate (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let representative: Citizen;
  let company: Company;
  let account: string;
  let entry: StubEnterprise;

  const loginPage = async (): Promise<Page> =>
    new Citizen(service).browser.open(await site.loginUrl(service.origin, { kind: 'entity' }));
  /** From the site to the page that takes the certificate. */
  const open = async (): Promise<Page> => (await (await loginPage()).follow('reset')).follow('reset-certificate');
  const issue = (algorithm = 'p256') => certifies(root(algorithm), company.entry);

  beforeAll(async () => {
    site = await TestSite.start('site');
    const files = { SITES_FILE: sitesFile([site.metadata()]), AUTHORITIES_FILE: authoritiesFile(roots) };
    service = await startService(province, files);
    representative = new Citizen(service);
    await representative.hasAccount(await site.loginUrl(service.origin), LI_SI);
    await representative.waits(61);
    company = new Company(service, province, '武汉示例科技有限公司');
    const second = await company.isChecked(await company.browser.open(await site.loginUrl(service.origin)));
    await company.registers(second, representative.phone);
    entry = inRegister(service, company.entry.creditCode);
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });
  beforeEach(async () => {
    Object.assign(entry, company.entry, { answer: undefined });
    await representative.waits(24 * 3600);
  });

  it.each(ALGORITHMS)(
    'R-6.3, R-7.1 a bound certificate (%s) sets the password, and is in at level 3',
    async (algorithm) => {
      const own = issue(algorithm);
      account = await binds(service, company.entry.creditCode, own);
      const page = await open();
      expect(challengeOn(page)).toContain('purpose: 重设密码 reset\nentity: -\n');
      const last = await presents(page, own);
      expect(last.path).toMatch(/\/reset\/entity\/password$/);
      expect(last.has('#user-name')).toBe(province === 'hebei');
      expect((await last.press('reset-submit', { password: NEW })).title).toBe('logged in');
      expect(site.lastLogin.claims).toMatchObject({ sub: account, amr: ['pwd', 'swk'], acr: 'urn:tongxing:level:3' });
      expect((await (await loginPage()).press('login-submit', company.login)).codes).toEqual(['login.failed']);
      const back = await (await loginPage()).press('login-submit', { ...company.login, password: NEW });
      expect(back.title).toBe('logged in');
    },
  );

  it('one that is bound to no account sets nothing, and each answer is taken once', async () => {
    const page = await open();
    const refused = await presents(page, issue());
    expect([refused.status, refused.codes]).toEqual([422, ['entity-reset.not-bound']]);
    const own = issue();
    await binds(service, company.entry.creditCode, own);
    const again = await open();
    const fields = signed(again, own);
    expect((await again.press('certificate-submit', fields)).path).toMatch(/\/password$/);
    expect((await again.press('certificate-submit', fields)).codes).toEqual(['challenge.used']);
  });

  it('R-6.5 a challenge of the login page is none of this one’s', async () => {
    const own = issue();
    await binds(service, company.entry.creditCode, own);
    const page = await open();
    const { browser } = new Citizen(service);
    const login = await browser.open(await site.loginUrl(service.origin, { kind: 'entity' }));
    const other = await browser.open(`${login.url.href.split('?')[0]}?kind=entity&method=certificate`);
    expect((await page.press('certificate-submit', signed(other, own))).codes).toEqual(['challenge.not-yours']);
  });

  it('unbound meanwhile, it sets nothing', async () => {
    const own = issue();
    await binds(service, company.entry.creditCode, own);
    const last = await presents(await open(), own);
    const bindings = service.app.get(CertificateBindings);
    const db = service.app.get(Database);
    for (const { id } of await bindings.list(account))
      await db.transaction(async (tx) => bindings.unbind(tx, account, id));
    const refused = await last.press('reset-submit', { password: PASSWORD });
    expect([refused.status, refused.codes]).toEqual([422, ['entity-reset.over']]);
  });

  it('R-5 it speaks for the entity when the representative has changed, and not when the register knows no such entity', async () => {
    const own = issue();
    await binds(service, company.entry.creditCode, own);
    Object.assign(entry, { representative: ZHANG_SAN });
    expect((await presents(await open(), own)).path).toMatch(/\/password$/);
    Object.assign(entry, company.entry, { creditCode: '31420000MD0003C45K' });
    expect((await presents(await open(), own)).codes).toEqual(['entity.not-found']);
    Object.assign(entry, company.entry);
    await service.app.get(EntityStanding).renew(account);
  });
});
