import { readFileSync } from 'node:fs';
import { CertificateBindings, MOST_BOUND } from '../../src/identity/certificates/bindings.service.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Identifiers } from '../../src/identity/accounts/identifiers.service.js';
import { CertificateChallenges } from '../../src/identity/certificates/certificate-challenges.service.js';
import { Sessions } from '../../src/oidc/sessions.service.js';
import { CreditCode } from '../../src/shared/credit-code.js';
import { Thumbprint } from '../../src/shared/pki/thumbprint.js';
import { Database } from '../../src/storage/transactions.js';
import { RegisteredCompany } from '../support/account-certificates.js';
import type { Page } from '../support/browser.js';
import { ALGORITHMS, OTHER_CODE, TestCa } from '../support/ca.js';
import type { Issued, Wanted } from '../support/ca.js';
import { Citizen, PASSWORD } from '../support/citizen.js';
import { breaches } from '../support/json-schema.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, challengeOn, presents, signed } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';

const SCHEMA = JSON.parse(readFileSync('docs/data-file.schema.json', 'utf8')) as object;
const MINUTE = 60;
const DAY_MS = 24 * 3_600_000;
const LIST = '/account/certificates';
const roots = ALGORITHMS.map((algorithm) => TestCa.root(algorithm, 'Operator root'));
const [rsa, p256, sm2] = roots as [TestCa, TestCa, TestCa];

describe.each(PROVINCES)('an entity’s certificates in its user centre (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;
  let company: RegisteredCompany;
  let account: string;

  beforeAll(async () => {
    site = await TestSite.start('site');
    const env = { SITES_FILE: sitesFile([site.metadata()]), AUTHORITIES_FILE: authoritiesFile(roots), LIMITS: 'off' };
    service = await startService(province, env);
    company = await RegisteredCompany.at(service, site, province);
    account = (await service.app.get(Accounts).find('credit-code', code())) as string;
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  const db = () => service.app.get(Database);
  const bindings = () => service.app.get(CertificateBindings);
  const code = () => CreditCode.fromCanonical(company.named.creditCode);
  const mine = async () => bindings().list(account);
  const own = (ca = rsa, wanted: Wanted = {}): Issued => certifies(ca, company.named, wanted);
  const refusal = ({ status, path, codes }: Page) => [status, path, ...codes];
  const form = async (): Promise<Page> => company.toForm((await company.signsIn()).page);
  const bound = async (issued: Issued) => binds(service, company.named.creditCode, issued);

  beforeEach(async () => {
    for (const { id } of await mine()) await db().transaction(async (tx) => bindings().unbind(tx, account, id));
    await company.waits(MINUTE + 1);
  });

  it.each([
    ['RSA', rsa],
    ['ECDSA', p256],
    ['SM2', sm2],
  ])('R-6.1 R-6.2 binds one by a signature, lists it, tells the number and the trail: %s', async (_name, ca) => {
    const { browser, page } = await company.signsIn();
    expect([page.path, page.has('.notice.info #no-certificates')]).toEqual([LIST, true]);
    const asked = await company.toForm(page);
    expect(asked.path).toBe(`${LIST}/add`);
    expect(challengeOn(asked)).toMatch(/purpose: 绑定证书 bind\nentity: 武汉示例科技有限公司\n/);
    const issued = own(ca);
    const since = service.clock.now();
    const done = await presents(asked, issued);
    expect([done.path, done.has('.notice.success')]).toEqual([`${LIST}?news=bound`, true]);
    const end = issued.certificate.serial.slice(-4).toUpperCase();
    for (const shown of [company.named.name, `${ca.algorithm}证书（示例）`, end, '有效'])
      expect(done.text).toContain(shown);
    expect(done.html.toLowerCase()).not.toContain(issued.certificate.serial);
    expect(await company.toldSince(since)).toContain('武汉示例科技有限公司的法人帐号刚刚绑定了一张数字证书');
    expect((await browser.open(`${service.origin}/account/activity`)).text).toContain('绑定数字证书');
    expect(await mine()).toMatchObject([{ authorityId: ca.algorithm, amr: 'swk' }]);
    expect((await browser.open(`${service.origin}/account`)).has('#to-certificates')).toBe(true);
  });

  it('R-6.2 an account holds several; each refusal keeps what was typed, and a fresh challenge', async () => {
    const asked = await form();
    const first = own();
    const differs = await presents(
      asked,
      own(rsa, {
        subject: [
          ['OU', OTHER_CODE],
          ['CN', '别家'],
        ],
      }),
    );
    expect(refusal(differs)).toEqual([422, `${LIST}/add`, 'certificate.code-differs']);
    expect(differs.codeAt('certificate')).toBe('certificate.code-differs');
    expect([challengeOn(differs) === challengeOn(asked), differs.html.includes('BEGIN CERTIFICATE')]).toEqual([
      false,
      true,
    ]);
    const unsigned = await differs.press('certificate-submit', signed(differs, first, { text: Buffer.from('other') }));
    expect(refusal(unsigned)).toEqual([422, `${LIST}/add`, 'signature.invalid']);
    const expired = await presents(unsigned, own(rsa, { expired: true }));
    expect(refusal(expired)).toEqual([422, `${LIST}/add`, 'certificate.expired']);
    const unknown = await presents(expired, certifies(TestCa.root('rsa', 'Nobody'), company.named));
    expect(refusal(unknown)).toEqual([422, `${LIST}/add`, 'certificate.untrusted']);
    const done = await presents(unknown, first);
    expect(done.path).toBe(`${LIST}?news=bound`);
    const twice = await presents(await company.toForm(done), first);
    expect(refusal(twice)).toEqual([422, `${LIST}/add`, 'certificate.already-bound']);
    expect((await presents(twice, own(sm2))).path).toBe(`${LIST}?news=bound`);
    expect(await mine()).toHaveLength(2);
  });

  it('R-6.2 bound to another account, or one too many: refused; nothing has changed', async () => {
    const asked = await form();
    const taken = own();
    await db().transaction(async (tx) => {
      const [person] = (await tx.query(`select id from accounts where kind = 'person'`)) as [{ id: string }];
      await service.app.get(Identifiers).take(tx, person.id, 'certificate', Thumbprint.of(taken.certificate));
    });
    const elsewhere = await presents(asked, taken);
    expect(refusal(elsewhere)).toEqual([422, `${LIST}/add`, 'certificate.bound-elsewhere']);
    for (let held = 0; held < MOST_BOUND; held += 1) await bound(own());
    const many = await presents(elsewhere, own());
    expect(refusal(many)).toEqual([422, `${LIST}/add`, 'certificate.too-many']);
    expect(many.text).toContain(`最多绑定 ${MOST_BOUND} 张证书`);
    expect(await mine()).toHaveLength(MOST_BOUND);
  });

  it('R-6.5 a challenge of another session, of another purpose, or answered before: refused', async () => {
    const issued = own();
    const [first, other] = [await form(), await form()];
    const stolen = await other.press('certificate-submit', signed(first, issued));
    expect(refusal(stolen)).toEqual([422, `${LIST}/add`, 'challenge.not-yours']);
    const [{ uid } = { uid: '' }] = await service.app.get(Sessions).list(account);
    for (const purpose of ['login', 'unbind', 'replace', 'proof'] as const) {
      const challenge = await service.app.get(CertificateChallenges).issue({ purpose, binding: `${uid}|${account}` });
      const text = Buffer.from(challenge, 'base64');
      const misused = await other.press('certificate-submit', { ...signed(other, issued, { text }), challenge });
      expect(misused.codes).toEqual(['challenge.not-yours']);
    }
    const spent = signed(stolen, issued, { text: Buffer.from('something else') });
    expect((await stolen.press('certificate-submit', spent)).codes).toEqual(['signature.invalid']);
    const replayed = await stolen.press('certificate-submit', signed(stolen, issued));
    expect(replayed.codes).toEqual(['challenge.used']);
    await company.waits(3 * MINUTE);
    expect((await presents(replayed, issued)).codes).toEqual(['challenge.expired']);
    expect(await mine()).toEqual([]);
  });

  it('R-6.2 two of one certificate at once: one wins, and neither is an error', async () => {
    const issued = own();
    const pages = [await form(), await form(), await form()];
    const answers = await Promise.all(pages.map(async (page) => presents(page, issued)));
    const done = answers.filter(({ path }) => path === `${LIST}?news=bound`);
    const refused = answers.filter(({ codes }) => codes[0] === 'certificate.already-bound');
    expect([done.length, refused.length]).toEqual([1, 2]);
    expect(await mine()).toHaveLength(1);
  });

  it('DESIGN 6 a login older than five minutes gives its password again, for binding and for unbinding, each once', async () => {
    const { browser, page } = await company.signsIn();
    await company.waits(6 * MINUTE);
    const proof = await page.press('certificates-add');
    expect([proof.path, proof.text.includes(company.named.name)]).toEqual([
      '/account/proof?act=certificate-bind',
      true,
    ]);
    const wrong = await proof.press('proof-submit', { password: 'Not-mine-1' });
    expect(wrong.codes).toEqual(['proof.password-wrong']);
    const next = await wrong.press('proof-submit', { password: PASSWORD });
    expect(next.path).toBe(`${LIST}/add`);
    const asked = company.codeFirst ? await company.proves(next) : next;
    const done = await presents(asked, own());
    expect(done.path).toBe(`${LIST}?news=bound`);
    expect((await browser.open(`${service.origin}${LIST}/add`)).path).toBe('/account/proof?act=certificate-bind');
    const again = await done.press('certificate-unbind-1');
    expect(again.path).toBe('/account/proof?act=certificate-unbind');
    const proved = await again.press('proof-submit', { password: PASSWORD });
    if (company.codeFirst) await company.proves(proved);
    expect(await mine()).toEqual([]);
  });

  it('DESIGN 6 a bound certificate is a proof as well, for the act it was signed for, once', async () => {
    const [mineAlready, stranger] = [own(p256), own(sm2)];
    await bound(mineAlready);
    const { page, browser } = await company.signsIn();
    await company.waits(6 * MINUTE);
    const proof = await (await page.press('certificates-add')).follow('proof-certificate');
    expect(challengeOn(proof)).toMatch(/purpose: 确认身份 proof\nentity: 武汉示例科技有限公司\n/);
    const refused = await presents(proof, stranger);
    expect([refused.status, refused.codes]).toEqual([422, ['certificate.not-own']]);
    const other = await browser.open(`${service.origin}/account/proof/certificate?act=export`);
    const misused = await other.press('certificate-submit', signed(refused, mineAlready));
    expect(misused.codes).toEqual(['challenge.not-yours']);
    const next = await presents(refused, mineAlready);
    expect(next.path).toBe(`${LIST}/add`);
    const asked = company.codeFirst ? await company.proves(next) : next;
    expect((await presents(asked, stranger)).path).toBe(`${LIST}?news=bound`);
    expect((await browser.open(`${service.origin}${LIST}/add`)).path).toBe('/account/proof?act=certificate-bind');
  });

  it('R-8.1 is for entities: a person finds no such page, a form without a session says that it ended', async () => {
    const person = new Citizen(service);
    await person.hasAccount(await site.loginUrl(service.origin));
    for (const path of [LIST, `${LIST}/add`, `${LIST}/unbind`, '/account/proof/certificate?act=export'])
      expect((await person.browser.open(service.origin + path)).status).toBe(404);
    const { page } = await company.signsIn();
    await company.waits(31 * MINUTE);
    const ended = await page.press('certificates-add');
    expect([ended.status, ended.codes]).toEqual([403, ['session.ended']]);
  });

  it('PIPL 45 the data file names each, after its schema', async () => {
    const issued = own(sm2);
    await bound(issued);
    const { page } = await company.signsIn('/account/data');
    const file = (await page.press('export-submit')).json<{
      certificates: object[];
      identifiers: { kind: string }[];
    }>();
    expect(breaches(SCHEMA, file)).toEqual([]);
    const { serial, thumbprint: sha256 } = issued.certificate;
    expect(file.certificates).toMatchObject([{ holder: company.named.name, serial, sha256, means: 'swk' }]);
    expect(file.certificates[0]).toMatchObject({ authority: { id: 'sm2', name: 'sm2证书（示例）' } });
    expect(file.identifiers.map(({ kind }) => kind)).toContain('certificate');
  });

  it('R-8.1 warns from 30 days before a certificate’s end, and after it, on the list and on the front page', async () => {
    const until = (days: number): Wanted => ({ notAfter: new Date(service.clock.ms() + days * DAY_MS) });
    await bound(own(rsa, until(31)));
    const { browser, page } = await company.signsIn();
    expect([page.has('.notice.warning'), page.all('[data-state=valid]').length]).toEqual([false, 1]);
    await bound(own(rsa, until(29)));
    const soon = await browser.open(service.origin + LIST);
    expect([soon.all('[data-state=expiring]').length, soon.text.includes('还有 29 天到期')]).toEqual([1, true]);
    expect(soon.text).toContain('有证书快要到期');
    const front = await browser.open(`${service.origin}/account`);
    expect((await front.follow('note-certificate-expiring')).path).toBe(LIST);
    expect(front.has('#note-certificate-expired')).toBe(false);
    await company.waits(29.5 * 24 * 3600);
    const late = await company.signsIn('/account');
    expect(late.page.has('#note-certificate-expired')).toBe(true);
    const over = await late.page.follow('note-certificate-expired');
    expect(over.text).toContain('有证书已经到期');
    expect([over.all('[data-state=expired]').length, over.all('[data-state=expiring]').length]).toEqual([1, 1]);
    expect(await mine()).toHaveLength(2);
  });
});
