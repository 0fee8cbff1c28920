import { AUTHORITY_COMMANDS } from '../../src/cli/authority-commands.js';
import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import { CertificateChanges } from '../../src/oidc/certificate-changes.service.js';
import { EntityStanding } from '../../src/identity/entity-standing/entity-standing.service.js';
import { RegisteredCompany } from '../support/account-certificates.js';
import type { Browser } from '../support/browser.js';
import { TestCa } from '../support/ca.js';
import type { Issued } from '../support/ca.js';
import { Citizen, ZHANG_SAN } from '../support/citizen.js';
import { Company, inRegister } from '../support/company.js';
import { LogoutTokens } from '../support/logout-tokens.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, presents } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';

const DAY = 24 * 3600;
/** Known to the register of persons; the company's representative is somebody else. */
const SUCCESSOR = ZHANG_SAN;
const root = TestCa.root('p256', 'Operator root');

describe.each(PROVINCES)('how an entity’s logins end (%s)', (province) => {
  let service: RunningService;
  let sites: [TestSite, TestSite];
  let tokens: LogoutTokens;
  let registered: RegisteredCompany;
  /** Where the entity's codes go once it has another representative. */
  let number = '';

  beforeAll(async () => {
    sites = [await TestSite.start('city'), await TestSite.start('county')];
    service = await startService(province, {
      SITES_FILE: sitesFile(sites.map((site) => site.metadata())),
      AUTHORITIES_FILE: authoritiesFile([root]),
      LIMITS: 'off',
    });
    tokens = new LogoutTokens(service, sites);
    registered = await RegisteredCompany.at(service, sites[0], province);
  });
  afterAll(async () => {
    await service.close();
    await Promise.all(sites.map(async (site) => site.close()));
  });

  const byPassword = async () => {
    const { browser } = await registered.signsIn('/account');
    return { browser, logins: await tokens.visits(browser, { kind: 'entity' }) };
  };
  const byCertificate = async (issued: Issued): Promise<{ browser: Browser; logins: string[] }> => {
    const { browser } = new Citizen(service);
    const page = await browser.open(await sites[0].loginUrl(service.origin, { kind: 'entity' }));
    const form = await browser.open(`${page.url.origin}${page.url.pathname}?kind=entity&method=certificate`);
    await presents(form, issued);
    return { browser, logins: await tokens.visits(browser, { kind: 'entity' }) };
  };
  /** A certificate that is bound, a login by it, and one by password, which goes on whatever becomes of that. */
  const certified = async () => {
    const issued = certifies(root, registered.named);
    const account = await binds(service, registered.named.creditCode, issued);
    await byPassword();
    return { issued, account, ...(await byCertificate(issued)) };
  };

  it('the certificate is unbound', async () => {
    const { logins, browser } = await certified();
    const list = await browser.open(`${service.origin}/account/certificates`);
    expect(await tokens.of(async () => registered.unbinds(list, 1))).toEqual(logins.toSorted());
  });

  it('its authority revokes the certificate', async () => {
    const { logins, account } = await certified();
    const [bound] = await service.app.get(CertificateBindings).list(account);
    // As the job does that asks the authority again; what it is told, certificate-endings.spec tries.
    const revoked = async () =>
      service.app.get(CertificateChanges).unbind(account, bound?.id ?? '', 'certificate-revoked');
    expect(await tokens.of(revoked)).toEqual(logins.toSorted());
  });

  it('its authority is trusted no more', async () => {
    const { logins } = await certified();
    const disable = AUTHORITY_COMMANDS.find(({ name }) => name === 'ca disable');
    const done = async () =>
      disable?.run(
        service.app,
        ['p256'],
        () => undefined,
        async () => '',
      );
    expect(await tokens.of(done)).toEqual(logins.toSorted());
  });

  it('another representative takes over', async () => {
    const successor = new Citizen(service);
    await successor.hasAccount(await sites[0].loginUrl(service.origin), SUCCESSOR);
    await successor.waits(2 * DAY);
    inRegister(service, registered.named.creditCode).representative = SUCCESSOR;
    const { logins } = await byPassword();
    await service.app.get(EntityStanding).renew(sites[0].lastLogin.claims.sub);
    const { page } = await registered.signsIn('/account/representative');
    const form = await page.follow('representative-change');
    const { name, idNumber } = SUCCESSOR;
    const named = await form.press('representative-check', {
      representativeName: name,
      representativeIdNumber: idNumber,
    });
    const sent = await named.press('sms-send');
    const smsCode = await successor.codeFor();
    const done = async () => sent.press('representative-submit', { smsCode });
    expect(await tokens.of(done)).toEqual(logins.toSorted());
    number = registered.codeFirst ? successor.phone : registered.phone;
  });

  it('an entity sets a new password by a code', async () => {
    await new Citizen(service).waits(DAY);
    const { logins } = await byPassword();
    const clerk = new Company(service, province, registered.company.name);
    const page = await clerk.browser.open(await sites[0].loginUrl(service.origin, { kind: 'entity' }));
    const proof = await clerk.forgets(page, number);
    const form = await proof.press('reset-prove', SUCCESSOR);
    const done = async () => form.press('reset-submit', { password: 'Hanjiang-2027' });
    expect(await tokens.of(done)).toEqual(logins.toSorted());
  });
});
