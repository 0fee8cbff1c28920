import { EnterpriseRegister } from '../../src/gateways/enterprise-register/enterprise-register.gateway.js';
import type { EntityState } from '../../src/gateways/enterprise-register/enterprise-register.gateway.js';
import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import { EntityStanding } from '../../src/identity/entity-standing/entity-standing.service.js';
import { CertificateChanges } from '../../src/oidc/certificate-changes.service.js';
import { Database } from '../../src/storage/transactions.js';
import { RegisteredCompany } from '../support/account-certificates.js';
import type { Page } from '../support/browser.js';
import { TestCa } from '../support/ca.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, presents, signed } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const LIST = '/account/certificates';
const ca = TestCa.root('sm2', 'Operator root');

describe('the code before a certificate comes or goes (hubei, R-6.1)', () => {
  let service: RunningService;
  let site: TestSite;
  let company: RegisteredCompany;
  let account: string;

  beforeAll(async () => {
    site = await TestSite.start('site');
    const env = { SITES_FILE: sitesFile([site.metadata()]), AUTHORITIES_FILE: authoritiesFile([ca]) };
    service = await startService('hubei', env);
    company = await RegisteredCompany.at(service, site, 'hubei');
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const own = () => certifies(ca, company.named);
  const mine = async () => service.app.get(CertificateBindings).list(account);
  const refusal = ({ status, path, codes }: Page) => [status, path, ...codes];

  beforeEach(async () => {
    await company.waits(24 * 3600);
    account = await binds(service, company.named.creditCode, own());
    const [, ...others] = await mine();
    for (const { id } of others) await service.app.get(CertificateChanges).unbind(account, id, 'certificate-unbound');
    await company.waits(MINUTE);
  });

  it('goes to the representative, names the company and the deed, and says whom it may be told', async () => {
    const page = await (await company.signsIn()).page.press('certificates-add');
    expect([page.path, page.has('#certificate-form')]).toEqual([`${LIST}/add`, false]);
    const sent = await page.press('sms-send');
    expect([sent.path, sent.has('.notice.success')]).toEqual([`${LIST}/add`, true]);
    const message = (await company.messages()).find(({ code }) => code);
    expect(message?.text).toContain('用于为武汉示例科技有限公司的法人帐号绑定数字证书');
    expect(message?.text).toContain('只可告知您委托的经办人');
    expect(sent.html).not.toContain(company.phone);
    const next = await sent.press('certificates-next', { smsCode: await company.code() });
    expect([next.path, next.has('#certificate-form')]).toEqual([`${LIST}/add`, true]);
  });

  it('none, a wrong one, one too soon, one of the other deed: refused, and the form is not reached', async () => {
    const { browser, page } = await company.signsIn();
    const asked = await page.press('certificates-add');
    const none = await asked.press('certificates-next');
    expect(refusal(none)).toEqual([422, `${LIST}/add/code`, 'sms-code.missing']);
    const sent = await none.press('sms-send');
    const wrong = await sent.press('certificates-next', { smsCode: '000000' });
    expect(refusal(wrong)).toEqual([422, `${LIST}/add/code`, 'sms-code.wrong']);
    const soon = await wrong.press('sms-send');
    expect([soon.status, soon.codes]).toEqual([429, ['sms.too-soon']]);
    const code = await company.code();
    const unbinding = await page.press('certificate-unbind-1');
    expect([unbinding.path, unbinding.text.includes('解除后')]).toEqual([`${LIST}/unbind`, true]);
    const other = await unbinding.press('certificates-next', { smsCode: code });
    expect(refusal(other)).toEqual([422, `${LIST}/unbind/code`, 'sms-code.none']);
    const skipped = await browser.open(`${service.origin}${LIST}/add`);
    expect(skipped.has('#certificate-form')).toBe(false);
    const { fields } = skipped.form('certificates-next');
    const forced = { _csrf: fields['_csrf'] as string, challenge: '', certificate: '', signature: '' };
    const posted = await browser.post(`${service.origin}${LIST}/add`, forced);
    expect([posted.path, posted.has('#certificate-form')]).toEqual([`${LIST}/add`, false]);
    expect(await mine()).toHaveLength(1);
  });

  it('counts for one certificate; unbinding asks for one of its own, and is then done', async () => {
    const { browser, page } = await company.signsIn();
    const done = await company.binds(page, own());
    expect(done.path).toBe(`${LIST}?news=bound`);
    const again = await browser.open(`${service.origin}${LIST}/add`);
    expect(again.has('#certificate-form')).toBe(false);
    const [first] = await mine();
    await company.waits(MINUTE);
    const gone = await company.unbinds(done, 1);
    expect(gone.path).toBe(`${LIST}?news=unbound`);
    expect((await mine()).map(({ id }) => id)).not.toContain(first?.id);
    const next = await gone.press('certificate-unbind-1');
    expect([next.path, next.has('#certificates-next')]).toEqual([`${LIST}/unbind`, true]);
    expect(await mine()).toHaveLength(1);
  });

  it('of two certificates that are sent at once with one code, one is bound', async () => {
    const { browser, page } = await company.signsIn();
    const first = await company.toForm(page);
    const second = await browser.open(`${service.origin}${LIST}/add`);
    const answers = await Promise.all([presents(first, own()), presents(second, own())]);
    expect(answers.filter(({ path }) => path === `${LIST}?news=bound`)).toHaveLength(1);
    expect(await mine()).toHaveLength(2);
  });

  it('what is refused counts against the address, as at the login; what is right goes on an hour later', async () => {
    const issued = own();
    let page = await company.toForm((await company.signsIn()).page);
    const answer = { ...signed(page, issued), signature: 'AAAA' };
    for (let tries = 0; tries < 100; tries += 1)
      page = await page.press('certificate-submit', { ...answer, challenge: page.value('challenge') ?? '' });
    expect(page.status).toBe(422);
    const refused = await presents(page, issued);
    expect([refused.status, refused.path, ...refused.codes]).toEqual([429, `${LIST}/add`, 'limit.wait']);
    expect(await mine()).toHaveLength(1);
    await company.waits(3600);
    const { page: later } = await company.signsIn();
    expect((await company.binds(later, issued)).path).toBe(`${LIST}?news=bound`);
  });

  it('without a number that counts there is no way, and no code', async () => {
    const { page } = await company.signsIn();
    const asked = await page.press('certificates-add');
    const db = service.app.get(Database);
    const [kept] = await db.query<{ id: string }>(
      'select representative_account_id as id from legal_entities where account_id = $1',
      [account],
    );
    await db.query('update legal_entities set representative_account_id = null where account_id = $1', [account]);
    const refused = await asked.press('sms-send');
    await db.query('update legal_entities set representative_account_id = $2 where account_id = $1', [
      account,
      kept?.id,
    ]);
    expect([refused.status, refused.codes]).toEqual([422, ['certificate.no-number']]);
  });

  it.each<[code: string, says: { state: EntityState; representativeAgrees: boolean }]>([
    ['entity.representative-left', { state: 'active', representativeAgrees: false }],
    ['entity.cancelled', { state: 'cancelled', representativeAgrees: true }],
    ['entity.revoked', { state: 'revoked', representativeAgrees: true }],
  ])('R-5 an entity of which the register says so changes no certificate: %s', async (code, says) => {
    const { page } = await company.signsIn();
    const asked = await company.toForm(page);
    const register = service.app.get(EnterpriseRegister);
    const compare = register.compare.bind(register);
    register.compare = async () => ({ found: true, nameAgrees: true, reference: 'R-9', ...says }) as const;
    try {
      const late = await presents(asked, own());
      expect([late.status, late.codes]).toEqual([422, [code]]);
      for (const button of ['certificates-add', 'certificate-unbind-1']) {
        const refused = await page.press(button);
        expect([refused.status, refused.codes, refused.has('#certificates')]).toEqual([422, [code], true]);
      }
      expect(await mine()).toHaveLength(1);
    } finally {
      register.compare = compare;
      await service.app.get(EntityStanding).renew(account);
    }
  });
});
