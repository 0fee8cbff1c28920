import { readFileSync } from 'node:fs';
import { ALGORITHMS, OTHER_CODE, TestCa, keyOf } from '../support/ca.js';
import type { Issued } from '../support/ca.js';
import type { Page } from '../support/browser.js';
import { Citizen, PASSWORD } from '../support/citizen.js';
import { Company } from '../support/company.js';
import { faultsOf } from '../support/page-rules.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, challengeOn, presents, signed } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';
import type { KeyAlgorithm } from '../../src/sandbox/authorities/soft-keys.js';
import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import { TrustedAuthorities } from '../../src/identity/certificates/trusted-authorities.service.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Database } from '../../src/storage/transactions.js';

const LI_SI = { name: '李四', idNumber: '420106198506121028' };
const roots = new Map(ALGORITHMS.map((algorithm) => [algorithm, TestCa.root(algorithm, 'Login root')]));
const root = (algorithm: KeyAlgorithm = 'p256') => roots.get(algorithm) as TestCa;

describe.each(PROVINCES)('a legal entity logs in by certificate (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let representative: Citizen;
  let company: Company;
  let account: string;
  let first: Issued;
  let file: string;

  const loginUrl = async (more: Record<string, string> = {}) =>
    site.loginUrl(service.origin, { kind: 'entity', ...more });
  /** The certificate page, at a browser of its own. */
  const open = async (more: Record<string, string> = {}): Promise<Page> => {
    const { browser } = new Citizen(service);
    const page = await browser.open(await loginUrl(more));
    return browser.open(`${page.url.origin}${page.url.pathname}?kind=entity&method=certificate`);
  };
  const issue = (algorithm: KeyAlgorithm = 'p256', key = keyOf(algorithm)) =>
    certifies(root(algorithm), company.entry, { key });

  const bound = async () => service.app.get(CertificateBindings).list(account);

  beforeAll(async () => {
    site = await TestSite.start('site', '武汉站');
    file = authoritiesFile([...roots.values()]);
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]), AUTHORITIES_FILE: file });
    representative = new Citizen(service);
    await representative.hasAccount(await site.loginUrl(service.origin), LI_SI);
    await representative.waits(61);
    company = new Company(service, province, '武汉示例科技有限公司');
    const second = await company.isChecked(await company.browser.open(await site.loginUrl(service.origin)));
    await company.registers(second, representative.phone);
    first = issue();
    account = await binds(service, company.entry.creditCode, first);
  });
  afterAll(async () => {
    await service.close();
    await site.close();
  });
  beforeEach(async () => representative.waits(24 * 3600));

  it.each(ALGORITHMS)(
    'R-6.3, R-7.2 signs the challenge (%s), is in at level 3, and the challenge says whose and what for',
    async (algorithm) => {
      const own = issue(algorithm);
      await binds(service, company.entry.creditCode, own);
      const page = await open();
      expect(challengeOn(page)).toContain(`issuer: ${service.origin}\npurpose: 证书登录 login\nentity: -\n`);
      expect((await presents(page, own)).title).toBe('logged in');
      expect(site.lastLogin.claims).toMatchObject({
        acr: 'urn:tongxing:level:3',
        amr: ['swk'],
        account_kind: 'entity',
        sub: account,
      });
    },
  );

  it('R-7.1 by password it stays at level 1, though a certificate is bound', async () => {
    const { browser } = new Citizen(service);
    const page = await browser.open(await loginUrl());
    expect(page.has('a[href$="method=certificate"]')).toBe(true);
    await page.press('login-submit', company.login);
    expect(site.lastLogin.claims).toMatchObject({ acr: 'urn:tongxing:level:1', amr: ['pwd'] });
  });

  it('is no way in for persons', async () => {
    const { browser } = new Citizen(service);
    const page = await browser.open(await site.loginUrl(service.origin));
    expect(page.html).not.toContain('method=certificate');
    expect((await browser.open(`${page.url.href}?kind=person&method=certificate`)).has('#identifier')).toBe(true);
  });

  it('R-6.5 a refusal keeps the certificate, gives a fresh challenge and says why; the old one is spent', async () => {
    const page = await open();
    const other = keyOf('p256', 'somebody else');
    const refused = await page.press('certificate-submit', signed(page, first, { key: other }));
    expect([refused.status, refused.codes]).toEqual([422, ['signature.invalid']]);
    expect(refused.value('challenge')).not.toBe(page.value('challenge'));
    expect(refused.all('#certificate')[0]?.text).toContain('BEGIN CERTIFICATE');
    const again = await page.press('certificate-submit', signed(page, first));
    expect([again.status, again.codes]).toEqual([422, ['challenge.used']]);
    expect((await presents(again, first)).title).toBe('logged in');
  });

  it('R-6.5 a challenge of another browser, of three minutes ago, a certificate that has ended or is a stranger’s: each its own reason', async () => {
    const [page, elsewhere] = [await open(), await open()];
    expect((await page.press('certificate-submit', signed(elsewhere, first))).codes).toEqual(['challenge.not-yours']);
    const named = company.entry;
    const expired = certifies(root(), named, { expired: true });
    const refused = await presents(await open(), expired);
    expect(refused.codes).toEqual(['certificate.expired']);
    expect(refused.text).toContain('p256证书（示例）');
    expect((await presents(await open(), certifies(TestCa.root('p256', 'Stranger'), named))).codes).toEqual([
      'certificate.untrusted',
    ]);
    const late = await open();
    const answer = signed(late, first);
    service.clock.advance(180);
    expect((await late.press('certificate-submit', answer)).codes).toEqual(['challenge.expired']);
  });

  it('R-6.5 one of a company without an account leads to its registration', async () => {
    const stranger = certifies(root(), { name: '别的单位', creditCode: OTHER_CODE });
    const page = await presents(await open(), stranger);
    expect([page.status, page.codes]).toEqual([422, ['certificate.no-account']]);
    expect((await page.follow('certificate-register')).path).toMatch(/\/register\/entity$/);
  });

  it('a disabled account is told so to who holds its certificate', async () => {
    const { app } = service;
    const page = await open();
    await app.get(Database).query("update accounts set state = 'disabled' where id = $1", [account]);
    expect((await presents(page, first)).codes).toEqual(['login.disabled']);
    expect((await presents(await open(), issue('rsa', keyOf('rsa', 'unbound')))).codes).toEqual(['login.disabled']);
    await app.get(Database).query("update accounts set state = 'active' where id = $1", [account]);
    expect((await app.get(Accounts).standing(account))?.state).toBe('active');
  });

  it('R-6.3 an unbound one is offered as a replacement, bound after the password, and logs in at level 3; the company is told', async () => {
    const renewed = issue('sm2', keyOf('sm2', `renewed ${province}`));
    const refused = await presents(await open(), renewed);
    expect([refused.status, refused.codes]).toEqual([422, ['certificate.not-bound']]);
    expect(refused.has('.notice.info #certificate-replace')).toBe(true);
    const page = await refused.press('certificate-replace');
    for (const one of [refused, page]) expect(faultsOf(one.html, 'zh-CN')).toEqual([]);
    for (const shown of [company.name, 'sm2证书（示例）', renewed.certificate.serial.slice(-4).toUpperCase()])
      expect(page.text).toContain(shown);
    const wrong = await page.press('replacement-submit', { password: 'Wrong-password-1' });
    expect([wrong.status, wrong.codeAt('password')]).toEqual([422, 'login.failed']);
    expect((await presents(await open(), renewed)).codes).toEqual(['certificate.not-bound']);
    const done = await wrong.press('replacement-submit', { password: PASSWORD });
    expect(done.title).toBe('logged in');
    expect(site.lastLogin.claims).toMatchObject({ acr: 'urn:tongxing:level:3', amr: ['pwd', 'swk'], sub: account });
    const told = province === 'hubei' ? representative.phone : company.contact;
    await representative.waits(1);
    const messages = (await representative.messages(told)).map(({ text }) => text).join();
    expect(messages).toContain('法人帐号刚刚绑定了一张数字证书');
    expect((await presents(await open(), renewed)).title).toBe('logged in');
  });

  it('R-6.3 another bound certificate is as good a proof; one that is not bound is none', async () => {
    const renewed = issue('rsa', keyOf('rsa', `renewed ${province}`));
    const begun = await (await presents(await open(), renewed)).press('certificate-replace');
    const page = await begun.follow('by-certificate');
    expect(challengeOn(page)).toContain(`purpose: 更换证书 replace\nentity: ${company.name}\n`);
    expect(faultsOf(page.html, 'zh-CN')).toEqual([]);
    const itself = await presents(page, renewed);
    expect([itself.status, itself.codes]).toEqual([422, ['certificate.not-own']]);
    expect((await presents(itself, first)).title).toBe('logged in');
    expect(site.lastLogin.claims).toMatchObject({ acr: 'urn:tongxing:level:3', amr: ['swk'] });
    expect((await presents(await open(), renewed)).title).toBe('logged in');
  });

  it('a replacement has the door’s limits, waits ten minutes, and is this journey’s alone', async () => {
    const renewed = issue('p256', keyOf('p256', `unbound ${province}`));
    let page = await (await presents(await open(), renewed)).press('certificate-replace');
    const address = page.url.href;
    for (let wrong = 0; wrong < 5; wrong += 1)
      page = await page.press('replacement-submit', { password: 'Wrong-password-1' });
    expect(page.has('#captcha')).toBe(true);
    const solved = await company.captcha(page);
    page = await page.press('replacement-submit', { password: 'Wrong-password-1', ...solved });
    const waiting = await page.press('replacement-submit', { password: PASSWORD, ...(await company.captcha(page)) });
    expect([waiting.status, waiting.codes]).toEqual([429, ['login.wait']]);
    expect((await new Citizen(service).browser.open(address)).has('#replacement-submit')).toBe(false);
    service.clock.advance(601);
    expect((await page.press('replacement-submit', { password: PASSWORD })).path).toMatch(/method=certificate$/);
  });

  it('binds what its page has shown, not what another tab brought meanwhile; twice at once is bound once', async () => {
    const [shown, other] = ['shown', 'other'].map((name) => issue('p256', keyOf('p256', `${name} ${province}`)));
    const login = await open();
    const page = await (await presents(login, shown as Issued)).press('certificate-replace');
    const tab = await presents(await login.again(), other as Issued);
    expect(tab.codes).toEqual(['certificate.not-bound']);
    const refused = await page.press('replacement-submit', { password: PASSWORD });
    expect([refused.status, refused.codeAt('password')]).toEqual([422, 'certificate.not-waiting']);
    expect(refused.text).toContain((other as Issued).certificate.serial.slice(-4).toUpperCase());
    const before = (await bound()).length;
    await Promise.all([1, 2].map(async () => refused.press('replacement-submit', { password: PASSWORD })));
    expect((await bound()).map(({ thumbprint }) => thumbprint)).toContain((other as Issued).certificate.thumbprint);
    expect(await bound()).toHaveLength(before + 1);
  });

  it('R-6.5 one signature sent several times at once is one login', async () => {
    const page = await open();
    const answer = signed(page, first);
    const before = site.logins.length;
    await Promise.all([1, 2, 3, 4].map(async () => page.press('certificate-submit', answer)));
    expect(site.logins.length).toBe(before + 1);
  });

  it('R-6.2 a bound one whose credit code is another’s by now, as its authority is read, opens nothing', async () => {
    const twofold = certifies(root('rsa'), company.entry, {
      subject: [
        ['O', company.name],
        ['OU', company.entry.creditCode],
        ['serialNumber', OTHER_CODE],
      ],
    });
    await binds(service, company.entry.creditCode, twofold);
    const authorities = service.app.get(TrustedAuthorities);
    const entries = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[];
    const reads = async (attribute: string) => {
      await authorities.apply(entries.map((entry) => ({ ...entry, creditCode: [{ attribute }] })));
      await authorities.refresh();
    };
    await reads('serialNumber');
    expect((await presents(await open(), twofold)).codes).toEqual(['certificate.code-differs']);
    await reads('OU');
    expect((await presents(await open(), twofold)).title).toBe('logged in');
  });

  it('closed for a day after a reset by SMS: a certificate is a way in more', async () => {
    await service.app
      .get(Database)
      .query("update accounts set way_changed_at = $2, way_changed_by = 'password' where id = $1", [
        account,
        service.clock.now(),
      ]);
    const renewed = issue('p256', keyOf('p256', `closed ${province}`));
    const page = await (await presents(await open(), renewed)).press('certificate-replace');
    const refused = await page.press('replacement-submit', { password: PASSWORD });
    expect([refused.status, refused.codes]).toEqual([403, ['proof.closed']]);
    await service.app
      .get(Database)
      .query('update accounts set way_changed_at = null, way_changed_by = null where id = $1', [account]);
  });

  it('what is refused counts against the address; what is right does not', async () => {
    const limited = await open();
    let page = limited;
    const answer = { ...signed(page, first), signature: 'AAAA' };
    for (let tries = 0; tries < 100; tries += 1)
      page = await page.press('certificate-submit', { ...answer, challenge: page.value('challenge') ?? '' });
    expect(page.status).toBe(422);
    const refused = await presents(page, first);
    expect([refused.status, refused.codes]).toEqual([429, ['limit.wait']]);
    await representative.waits(3600);
    expect((await presents(await open(), first)).title).toBe('logged in');
  });
});
