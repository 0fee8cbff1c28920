import { ALGORITHMS, TestCa, keyOf } from '../support/ca.js';
import { Citizen } from '../support/citizen.js';
import { Company } from '../support/company.js';
import { faultsOf } from '../support/page-rules.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, challengeOn, presents, signed } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import type { KeyAlgorithm } from '../../src/sandbox/authorities/soft-keys.js';
import { CreditCode } from '../../src/shared/credit-code.js';

const roots = new Map(ALGORITHMS.map((algorithm) => [algorithm, TestCa.root(algorithm, 'Registration root')]));
const root = (algorithm: KeyAlgorithm = 'p256') => roots.get(algorithm) as TestCa;
const LEVEL = 'urn:tongxing:level:';
/** A company for each algorithm, and two more. */
const NAMES: Partial<Record<KeyAlgorithm, string>> = {
  rsa: '武汉示例科技有限公司',
  p256: '武昌示例水果店',
  sm2: '宜昌示例柑橘农民专业合作社',
};

describe.each(PROVINCES)('the third step of a legal entity’s registration (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let strict: TestSite;

  const accountOf = async (one: Company) =>
    (await service.app.get(Accounts).find('credit-code', CreditCode.fromCanonical(one.entry.creditCode))) as string;
  const boundTo = async (one: Company) => service.app.get(CertificateBindings).list(await accountOf(one));
  /** A company that has just registered, and its third step; where the province wants it, its representative has an account. */
  const thirdStep = async (name: string, more: Record<string, string> = {}, at = site) => {
    const company = new Company(service, province, name);
    const representative = new Citizen(service);
    await representative.hasAccount(await site.loginUrl(service.origin), company.entry.representative);
    await representative.waits(61);
    const second = await company.isChecked(await company.browser.open(await at.loginUrl(service.origin, more)));
    const page = await company.hasRegistered(second, representative.phone);
    await representative.waits(61);
    return { company, page, representative };
  };

  beforeAll(async () => {
    [site, strict] = await Promise.all([TestSite.start('site', '武汉站'), TestSite.start('strict', '严格站')]);
    const sites = [site.metadata(), strict.metadata({ required_acr: `${LEVEL}3` })];
    const files = { SITES_FILE: sitesFile(sites), AUTHORITIES_FILE: authoritiesFile([...roots.values()]) };
    service = await startService(province, files);
  });
  afterAll(async () => {
    await service.close();
    await Promise.all([site.close(), strict.close()]);
  });

  it.each(Object.entries(NAMES) as [KeyAlgorithm, string][])(
    'R-5.5, R-6.1 binds a certificate (%s) by its signature, and the session is at level 3',
    async (algorithm, name) => {
      const { company, page, representative } = await thirdStep(name);
      expect(page.path).toMatch(/^\/interaction\/[^/]+\/certificate$/);
      expect(faultsOf(page.html, 'zh-CN')).toEqual([]);
      expect(page.text).toContain('第 3 步，共 3 步：绑定证书');
      expect(challengeOn(page)).toContain(`purpose: 绑定证书 bind\nentity: ${company.name}\n`);
      const own = certifies(root(algorithm), company.entry);
      expect((await presents(page, own)).title).toBe('logged in');
      expect(site.lastLogin.claims).toMatchObject({ acr: `${LEVEL}3`, amr: ['pwd', 'sms', 'swk'] });
      expect((await boundTo(company)).map(({ thumbprint }) => thumbprint)).toEqual([own.certificate.thumbprint]);
      await representative.waits(1);
      const told = province === 'hubei' ? representative.phone : company.contact;
      expect((await representative.messages(told)).map(({ text }) => text).join()).toContain('绑定了一张数字证书');

      const browser = new Citizen(service).browser;
      const login = await browser.open(await site.loginUrl(service.origin, { kind: 'entity' }));
      expect((await presents(await login.follow('method-certificate'), own)).title).toBe('logged in');
      expect(site.lastLogin.claims.sub).toBe(await accountOf(company));
    },
  );

  it('R-5.5 may be skipped: registered at level 1, nothing bound, and not asked again', async () => {
    const { company, page } = await thirdStep('示例民办养老院');
    expect((await page.press('certificate-skip')).title).toBe('logged in');
    expect(site.lastLogin.claims).toMatchObject({ acr: `${LEVEL}1`, amr: ['pwd', 'sms'] });
    expect(await boundTo(company)).toEqual([]);
    expect((await company.browser.open(await site.loginUrl(service.origin))).title).toBe('logged in');
  });

  it('R-6.2, R-6.5 another company’s certificate, one bound elsewhere, a wrong signature: refused at this very page, nothing lost', async () => {
    const holder = await accountOf(new Company(service, province, NAMES.rsa as string));
    const { company, page } = await thirdStep('示例教育基金会');
    const others = certifies(root(), new Company(service, province, NAMES.rsa as string).entry, {
      key: keyOf('p256', 'o'),
    });
    let refused = await presents(page, others);
    expect([refused.status, refused.codes]).toEqual([422, ['certificate.code-differs']]);
    const own = certifies(root(), company.entry);
    refused = await refused.press('certificate-submit', signed(refused, own, { key: keyOf('p256', 'stranger') }));
    expect([refused.codes, refused.text.includes('第 3 步')]).toEqual([['signature.invalid'], true]);
    expect((await presents(refused, own)).title).toBe('logged in');
    expect((await boundTo(company)).map(({ accountId }) => accountId)).not.toContain(holder);
  });

  it('reload, Back and a second tab are harmless; the page is over once its journey went on', async () => {
    const { company, page } = await thirdStep('湖北示例图书馆');
    const second = await company.browser.open(page.url.href);
    expect(second.value('challenge')).not.toBe(page.value('challenge'));
    const own = certifies(root(), company.entry);
    expect((await presents(second, own)).title).toBe('logged in');
    const late = await page.press('certificate-submit', signed(page, own));
    expect(late.has('#certificate-submit')).toBe(false);
    expect(await boundTo(company)).toHaveLength(1);
  });

  it('twice at once is bound once', async () => {
    const { company, page } = await thirdStep('示例市数据局');
    const other = await company.browser.open(page.url.href);
    const own = certifies(root(), company.entry);
    await Promise.all([presents(page, own), presents(other, own)]);
    expect(await boundTo(company)).toHaveLength(1);
  });

  it('a site that needs level 3 has it from this step; without a certificate the site is told', async () => {
    const { company, page } = await thirdStep('廊坊示例行业协会', {}, strict);
    expect(page.text).toContain('要求用本单位的数字证书');
    await page.press('certificate-skip');
    expect(strict.errors.at(-1)).toBe('access_denied');
    expect(await boundTo(company)).toEqual([]);
  });

  it('is for the account of this very journey: whoever logs in there later binds nothing without a proof', async () => {
    const { company, page } = await thirdStep('示例(武汉)贸易有限公司', {}, strict);
    const holder = new Company(service, province, NAMES.rsa as string);
    const browser = company.browser;
    await browser.open(`${service.origin}/oidc/logout`).then(async (logout) => logout.press('logout-confirm'));
    const gone = await browser.open(page.url.href);
    expect(gone.has('#certificate-submit')).toBe(false);
    const login = await browser.open(await strict.loginUrl(service.origin, { kind: 'entity' }));
    const step = await login.press('login-submit', holder.login);
    expect(step.text).not.toContain('第 3 步');
    expect(challengeOn(step)).toContain('purpose: 证书登录 login');
    const own = certifies(root('sm2'), holder.entry, { key: keyOf('sm2', 'late') });
    expect((await presents(step, own)).codes).toEqual(['certificate.not-own']);
    await binds(service, holder.entry.creditCode, own);
    expect((await presents(await browser.open(step.url.href), own)).title).toBe('logged in');
  });
});
