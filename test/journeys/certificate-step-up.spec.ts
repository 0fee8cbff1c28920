import { TestCa, keyOf } from '../support/ca.js';
import type { Issued } from '../support/ca.js';
import type { Page } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { Company } from '../support/company.js';
import { faultsOf } from '../support/page-rules.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, challengeOn, presents, signed } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';
import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import { CertificateChanges } from '../../src/oidc/certificate-changes.service.js';

const LI_SI = { name: '李四', idNumber: '420106198506121028' };
const LEVEL = 'urn:tongxing:level:';
const ca = TestCa.root('sm2', 'Step-up root');
const essential = (level: number) => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, values: [`${LEVEL}${level}`] } } }),
});

describe.each(PROVINCES)('a site asks a legal entity for its certificate (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let strict: TestSite;
  let representative: Citizen;
  let company: Company;
  let own: Issued;
  let account: string;

  const logsIn = async (
    at = site,
    more: Record<string, string> = {},
    { browser } = new Citizen(service),
  ): Promise<Page> => {
    const page = await browser.open(await at.loginUrl(service.origin, { kind: 'entity', ...more }));
    return page.press('login-submit', company.login);
  };

  const unbindsAll = async () => {
    for (const { id } of await service.app.get(CertificateBindings).list(account))
      await service.app.get(CertificateChanges).unbind(account, id, 'certificate-unbound');
  };

  beforeAll(async () => {
    [site, strict] = await Promise.all([TestSite.start('site', '武汉站'), TestSite.start('strict', '严格站')]);
    const sites = [site.metadata(), strict.metadata({ required_acr: `${LEVEL}3` })];
    service = await startService(province, { SITES_FILE: sitesFile(sites), AUTHORITIES_FILE: authoritiesFile([ca]) });
    representative = new Citizen(service);
    await representative.hasAccount(await site.loginUrl(service.origin), LI_SI);
    await representative.waits(61);
    company = new Company(service, province, '武汉示例科技有限公司');
    const second = await company.isChecked(await company.browser.open(await site.loginUrl(service.origin)));
    await company.registers(second, representative.phone);
    own = certifies(ca, company.entry);
  });
  afterAll(async () => {
    await service.close();
    await Promise.all([site.close(), strict.close()]);
  });
  beforeEach(async () => {
    await representative.waits(24 * 3600);
    account = await binds(service, company.entry.creditCode, own);
  });
  afterEach(async () => unbindsAll());

  it.each([
    ['its registration', () => strict, {}],
    ['an essential acr', () => site, essential(3)],
    ['an essential acr of level 2, which a legal entity reaches by its certificate', () => site, essential(2)],
  ])('R-1.5, R-6.3 by %s: the certificate page, then level 3 in the same session', async (_what, at, more) => {
    const page = await logsIn(at(), more);
    expect(page.path).toMatch(/^\/interaction\/[^/]+\/certificate$/);
    expect(page.text).toContain(at().name);
    expect(page.text).toContain(company.name);
    expect(challengeOn(page)).toContain(`purpose: 证书登录 login\nentity: ${company.name}\n`);
    expect(faultsOf(page.html, 'zh-CN')).toEqual([]);
    expect((await presents(page, own)).title).toBe('logged in');
    expect(at().lastLogin.claims).toMatchObject({ acr: `${LEVEL}3`, amr: ['pwd', 'swk'], sub: account });
  });

  it('R-1.2 a session that is there already is raised: the age of its login stays, and other sites need nothing more', async () => {
    const citizen = new Citizen(service);
    const { browser } = citizen;
    const page = await logsIn(site, {}, citizen);
    expect(page.title).toBe('logged in');
    const before = site.lastLogin.claims;
    await browser.open(await strict.loginUrl(service.origin, { prompt: 'none' }));
    expect(strict.errors.at(-1)).toBe('interaction_required');
    const step = await browser.open(await strict.loginUrl(service.origin));
    expect((await presents(step, own)).title).toBe('logged in');
    expect(strict.lastLogin.claims).toMatchObject({ acr: `${LEVEL}3`, auth_time: before.auth_time });
    await browser.open(await site.loginUrl(service.origin, essential(3)));
    expect(site.lastLogin.claims).toMatchObject({ acr: `${LEVEL}3`, sid: before['sid'] });
  });

  it('a must that is declined is access_denied, a wish goes on at level 1 and is offered once', async () => {
    const must = await logsIn(strict);
    await must.press('certificate-skip');
    expect(strict.errors.at(-1)).toBe('access_denied');
    const wish = await logsIn(site, { acr_values: `${LEVEL}3`, scope: 'openid legal_entity' });
    const permission = await wish.press('certificate-skip');
    expect(permission.path).toMatch(/permission$/);
    expect((await permission.press('permission-submit')).title).toBe('logged in');
    expect(site.lastLogin.claims.acr).toBe(`${LEVEL}1`);
  });

  it('R-6.2 only this account’s own certificate counts, and the refused page leads to where it is bound', async () => {
    const page = await logsIn(strict);
    const unbound = certifies(ca, company.entry, { key: keyOf('sm2', 'x') });
    const refused = await presents(page, unbound);
    expect([refused.status, refused.codes]).toEqual([422, ['certificate.not-own']]);
    expect(faultsOf(refused.html, 'zh-CN')).toEqual([]);
    expect(refused.has('a#certificate-bind-first')).toBe(true);
    const expired = certifies(ca, company.entry, { expired: true });
    expect((await presents(refused, expired)).codes).toEqual(['certificate.expired']);
    expect((await presents(await logsIn(strict), own)).title).toBe('logged in');
  });

  it('R-6.5 a challenge of the login page, or of another account’s journey, is none here', async () => {
    const page = await logsIn(strict);
    const login = await new Citizen(service).browser.open(await site.loginUrl(service.origin, { kind: 'entity' }));
    const certificate = await login.follow('method-certificate');
    expect((await page.press('certificate-submit', signed(certificate, own))).codes).toEqual(['challenge.not-yours']);
    expect((await certificate.press('certificate-submit', signed(page, own))).codes).toEqual(['challenge.not-yours']);
  });

  it('an account without a certificate is led to bind one; nothing is taken meanwhile', async () => {
    const page = await logsIn(strict);
    await unbindsAll();
    const posted = await presents(page, own);
    expect([posted.status, posted.has('#certificate-submit'), posted.has('#certificate-bind-first')]).toEqual([
      200,
      false,
      true,
    ]);
    expect(faultsOf(posted.html, 'zh-CN')).toEqual([]);
    await posted.press('certificate-skip');
    expect(strict.errors.at(-1)).toBe('access_denied');
  });

  it('R-6.1 binding one first leads back to the journey, where it signs; the way back is gone after that', async () => {
    const citizen = new Citizen(service);
    const { browser } = citizen;
    const page = await logsIn(strict, {}, citizen);
    await unbindsAll();
    await representative.waits(1);
    const list = await (await browser.open(page.url.href)).follow('certificate-bind-first');
    expect([list.path, list.all('#go-on')[0]?.text]).toEqual(['/account/certificates', '继续，去严格站']);
    const add = await list.press('certificates-add');
    const next = certifies(ca, company.entry, { key: keyOf('sm2', 'first') });
    const codeOf = async (sent: Page) =>
      sent.press('certificates-next', { smsCode: await company.codeFor(representative.phone) });
    const form = province === 'hubei' ? await codeOf(await add.press('sms-send')) : add;
    const step = await (await presents(form, next)).follow('go-on');
    expect(step.path).toBe(page.path);
    expect((await presents(step, next)).title).toBe('logged in');
    expect(strict.lastLogin.claims.acr).toBe(`${LEVEL}3`);
    expect((await browser.open(`${service.origin}/account/certificates`)).has('#go-on')).toBe(false);
  });

  it('R-6.5 what a certificate has raised ends when it is unbound; one that is bound later raises a new login', async () => {
    const citizen = new Citizen(service);
    const { browser } = citizen;
    const page = await presents(
      await logsIn(strict, { prompt: 'consent', scope: 'openid offline_access' }, citizen),
      own,
    );
    await page.press('permission-submit');
    const login = strict.lastLogin;
    const tokens = await strict.refresh(login);
    expect(tokens.claims()?.acr).toBe(`${LEVEL}3`);
    const renewed = { ...login, tokens: { ...tokens, refresh_token: tokens.refresh_token as string } };
    await unbindsAll();
    await expect(strict.refresh(renewed as typeof login)).rejects.toMatchObject({ error: 'invalid_grant' });
    expect((await browser.open(await site.loginUrl(service.origin))).has('#login-submit')).toBe(true);
  });

  it('a session by password that is older than an unbinding is raised by another certificate, and stays so', async () => {
    const citizen = new Citizen(service);
    const { browser } = citizen;
    await logsIn(site, {}, citizen);
    await unbindsAll();
    await representative.waits(1);
    const next = certifies(ca, company.entry, { key: keyOf('sm2', 'next') });
    await binds(service, company.entry.creditCode, next);
    const step = await browser.open(await strict.loginUrl(service.origin));
    expect((await presents(step, next)).title).toBe('logged in');
    expect((await browser.open(await site.loginUrl(service.origin, essential(3)))).title).toBe('logged in');
    expect(site.lastLogin.claims.acr).toBe(`${LEVEL}3`);
  });

  it('a person cannot reach level 3: the site is told so at once', async () => {
    const person = new Citizen(service);
    await person.logsIn(await person.browser.open(await strict.loginUrl(service.origin)), representative.phone);
    expect(strict.errors.at(-1)).toBe('unmet_authentication_requirements');
    const wishing = new Citizen(service);
    const page = await wishing.browser.open(await site.loginUrl(service.origin, { acr_values: `${LEVEL}3` }));
    expect((await wishing.logsIn(page, representative.phone)).title).toBe('logged in');
  });

  it('Back and reload are harmless, and so is a second tab that has finished', async () => {
    const citizen = new Citizen(service);
    const { browser } = citizen;
    const page = await logsIn(strict, {}, citizen);
    const reloaded = await browser.open(page.url.href);
    expect(reloaded.value('challenge')).not.toBe(page.value('challenge'));
    expect((await presents(reloaded, own)).title).toBe('logged in');
    const late = await page.press('certificate-submit', signed(page, own));
    expect(late.has('#certificate-submit')).toBe(false);
    expect(strict.lastLogin.claims.acr).toBe(`${LEVEL}3`);
  });
});
