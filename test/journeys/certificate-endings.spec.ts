import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { AUTHORITY_COMMANDS } from '../../src/cli/authority-commands.js';
import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import { CertificateRechecks } from '../../src/identity/certificates/certificate-rechecks.service.js';
import { TrustedAuthorities } from '../../src/identity/certificates/trusted-authorities.service.js';
import { CertificateChanges } from '../../src/oidc/certificate-changes.service.js';
import { Sessions } from '../../src/oidc/sessions.service.js';
import type { KeyAlgorithm } from '../../src/sandbox/authorities/soft-keys.js';
import { RegisteredCompany } from '../support/account-certificates.js';
import type { Browser, Page } from '../support/browser.js';
import { ALGORITHMS, TestCa, pem } from '../support/ca.js';
import type { Issued } from '../support/ca.js';
import { Citizen } from '../support/citizen.js';
import { nonceOf, ocspResponse, serialOf } from '../support/ocsp.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, presents } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const DAY = 24 * 3600;
const LIST = '/account/certificates';
const LEVEL_3 = 'urn:tongxing:level:3';
const roots = new Map(ALGORITHMS.map((algorithm) => [algorithm, TestCa.root(algorithm, 'Operator root')]));
const root = (algorithm: KeyAlgorithm) => roots.get(algorithm) as TestCa;

describe.each(PROVINCES)('what ends with a certificate (%s)', (province) => {
  let service: RunningService;
  let responder: Server;
  let site: TestSite;
  let company: RegisteredCompany;
  let account: string;
  let entries: { id: string; certificates: string[] }[];
  const revoked = new Set<string>();
  const asked: string[] = [];
  let responds = true;

  beforeAll(async () => {
    responder = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        const ca = root((request.url ?? '').slice(1) as KeyAlgorithm);
        const serial = serialOf(body);
        asked.push(serial);
        if (!responds) return response.writeHead(500).end();
        const [state, now] = [revoked.has(serial) ? 'revoked' : 'good', service.clock.ms()] as const;
        const times = { thisUpdate: new Date(now - MINUTE * 1000), nextUpdate: new Date(now + MINUTE * 1000) };
        const answer = { key: ca.key, issuer: ca.certificate, serial, state, nonce: nonceOf(body), ...times };
        response.writeHead(200).end(ocspResponse(answer));
      });
    });
    await new Promise<void>((done) => {
      responder.listen(0, '127.0.0.1', done);
    });
    const origin = `http://127.0.0.1:${(responder.address() as AddressInfo).port}`;
    const file = authoritiesFile([...roots.values()]);
    entries = JSON.parse(readFileSync(file, 'utf8')) as typeof entries;
    entries = entries.map((entry) => ({
      ...entry,
      revocation: { crl: [], ocsp: [`${origin}/${entry.id}`], whenUnknown: 'refuse' },
    }));
    writeFileSync(file, JSON.stringify(entries));
    site = await TestSite.start('site');
    const metadata = site.metadata({ permission_required: false });
    const env = { SITES_FILE: sitesFile([metadata]), AUTHORITIES_FILE: file, LIMITS: 'off' };
    service = await startService(province, env);
    company = await RegisteredCompany.at(service, site, province);
  });

  afterAll(async () => {
    await service.close();
    responder.closeAllConnections();
    responder.close();
    await site.close();
  });

  const mine = async () => service.app.get(CertificateBindings).list(account);
  const own = async (algorithm: KeyAlgorithm): Promise<Issued> => {
    const issued = certifies(root(algorithm), company.named);
    account = await binds(service, company.named.creditCode, issued);
    return issued;
  };
  const certificatePage = async (browser: Browser, more: Record<string, string> = {}): Promise<Page> => {
    const page = await browser.open(await site.loginUrl(service.origin, { kind: 'entity', ...more }));
    return browser.open(`${page.url.origin}${page.url.pathname}?kind=entity&method=certificate`);
  };
  /** A browser that is in by its certificate, at the site too. */
  const inBy = async (issued: Issued, more: Record<string, string> = {}): Promise<Browser> => {
    const { browser } = new Citizen(service);
    expect((await presents(await certificatePage(browser, more), issued)).title).toBe('logged in');
    return browser;
  };
  const isIn = async (browser: Browser) => (await browser.open(`${service.origin}/account`)).path === '/account';
  const cli = async (name: string, ...words: string[]): Promise<string[]> => {
    const said: string[] = [];
    const command = AUTHORITY_COMMANDS.find((one) => one.name === name);
    await command?.run(
      service.app,
      words,
      (line) => void said.push(line),
      async () => '',
    );
    return said;
  };
  const trusts = async (records: readonly object[]) => {
    const authorities = service.app.get(TrustedAuthorities);
    await authorities.apply(authorities.check(records));
    await authorities.refresh();
    await company.waits(1);
  };
  const entry = (algorithm: KeyAlgorithm) => entries.find(({ id }) => id === algorithm) as (typeof entries)[0];

  beforeEach(async () => {
    account = await binds(service, company.named.creditCode, certifies(root('rsa'), company.named));
    for (const { id } of await mine())
      await service.app.get(CertificateChanges).unbind(account, id, 'certificate-unbound');
    await service.app.get(Sessions).endAll(account);
    responds = true;
    await company.waits(MINUTE + 1);
    site.logoutTokens.length = 0;
  });

  it.each(ALGORITHMS)(
    'R-6.4 an authority that is disabled takes the sessions made with its certificates along, not those by password (%s)',
    async (algorithm) => {
      const issued = await own(algorithm);
      const browser = await inBy(issued);
      const login = site.lastLogin;
      const { browser: byPassword } = await company.signsIn('/account');
      const said = await cli('ca disable', algorithm);
      expect(said.join()).toContain('sessions made with its certificates have ended');
      expect([await isIn(browser), await isIn(byPassword)]).toEqual([false, true]);
      expect(site.logoutTokens).toHaveLength(1);
      await expect(site.refresh(login)).rejects.toMatchObject({ error: 'invalid_grant' });
      await expect(site.userinfo(login)).rejects.toMatchObject({ status: 401 });
      await service.app.get(TrustedAuthorities).refresh();
      const list = await byPassword.open(service.origin + LIST);
      expect([list.all('[data-state=untrusted]').length, list.text.includes('不再受本省信任')]).toEqual([1, true]);
      const refused = await presents(await certificatePage(new Citizen(service).browser), issued);
      expect(refused.codes).toEqual(['certificate.untrusted']);
      await trusts([entry(algorithm)]);
      expect(await isIn(await inBy(issued))).toBe(true);
    },
  );

  it('R-6.4 who logged in at a process that had not heard of it yet is out fifteen seconds later', async () => {
    const issued = await own('p256');
    const authorities = service.app.get(TrustedAuthorities);
    const refresh = authorities.refresh.bind(authorities);
    authorities.refresh = async () => false;
    await cli('ca disable', 'p256');
    const browser = await inBy(issued);
    expect(await isIn(browser)).toBe(true);
    await company.waits(20);
    expect(await isIn(browser)).toBe(false);
    authorities.refresh = refresh;
    await trusts([entry('p256')]);
  });

  it('R-6.4 an anchor that is taken out of the record does the same, another name for it does not', async () => {
    const issued = await own('sm2');
    const browser = await inBy(issued);
    await trusts([{ ...entry('sm2'), name: '改名证书（示例）' }]);
    expect(await isIn(browser)).toBe(true);
    const other = TestCa.root('sm2', 'Successor');
    await trusts([{ ...entry('sm2'), certificates: [pem(other.der)] }]);
    expect(await isIn(browser)).toBe(false);
    expect(await mine()).toHaveLength(1);
    await trusts([entry('sm2')]);
  });

  it.each(ALGORITHMS)(
    'R-6.5 every night: one that its authority has revoked is unbound, its owner is told (%s)',
    async (algorithm) => {
      const [gone, stays] = [await own(algorithm), await own(algorithm)];
      await inBy(gone, { scope: 'openid offline_access', prompt: 'consent' });
      const offline = site.lastLogin;
      revoked.add(gone.certificate.serial);
      await company.waits(DAY / 2);
      expect(await mine()).toHaveLength(2);
      await site.refresh(offline).then((next) => Object.assign(offline, { tokens: next }));
      asked.length = 0;
      const since = service.clock.now();
      await company.waits(DAY / 2 + 15 * MINUTE);
      expect(asked).toEqual(expect.arrayContaining([gone.certificate.serial, stays.certificate.serial]));
      expect((await mine()).map(({ thumbprint }) => thumbprint)).toEqual([stays.certificate.thumbprint]);
      expect(await company.toldSince(since)).toContain('已被发证机构吊销，绑定已解除');
      await expect(site.refresh(offline)).rejects.toMatchObject({ error: 'invalid_grant' });
      const { page } = await company.signsIn('/account/activity');
      expect(page.text).toContain('数字证书已被发证机构吊销，绑定已解除');
      const refused = await presents(await certificatePage(new Citizen(service).browser), gone);
      expect(refused.codes).toEqual(['certificate.revoked']);
    },
  );

  it('R-6.5 seen to be revoked at a login, it is unbound within ten minutes, and the sessions it made end', async () => {
    const issued = await own('rsa');
    const browser = await inBy(issued);
    const { browser: byPassword } = await company.signsIn('/account');
    revoked.add(issued.certificate.serial);
    await company.waits(2 * MINUTE);
    expect((await presents(await certificatePage(new Citizen(service).browser), issued)).codes).toEqual([
      'certificate.revoked',
    ]);
    await company.waits(10 * MINUTE);
    expect(await mine()).toEqual([]);
    expect([await isIn(browser), await isIn(byPassword)]).toEqual([false, true]);
    expect(site.logoutTokens).toHaveLength(1);
  });

  it('R-6.5 while nobody can say whether it is revoked it stays, and is asked after again an hour later', async () => {
    const issued = await own('p256');
    const [before] = await mine();
    responds = false;
    await company.waits(DAY + 15 * MINUTE);
    expect(await mine()).toEqual([before]);
    revoked.add(issued.certificate.serial);
    responds = true;
    await company.waits(30 * MINUTE);
    expect(await mine()).toHaveLength(1);
    await company.waits(45 * MINUTE);
    expect(await mine()).toEqual([]);
  });

  it('R-6.5 one that has expired stays bound, is asked after no more that month, and logs in nobody', async () => {
    const issued = certifies(root('sm2'), company.named, { notAfter: new Date(service.clock.ms() + DAY * 1000) });
    await binds(service, company.named.creditCode, issued);
    await company.waits(2 * DAY);
    asked.length = 0;
    await company.waits(3 * DAY);
    expect([await mine(), asked]).toMatchObject([[{ thumbprint: issued.certificate.thumbprint }], []]);
    const refused = await presents(await certificatePage(new Citizen(service).browser), issued);
    expect(refused.codes).toEqual(['certificate.expired']);
  });

  it('of processes that ask at once each asks after others, a few at a time', async () => {
    for (let held = 0; held < 8; held += 1) await own('p256');
    service.clock.advance(DAY + MINUTE);
    asked.length = 0;
    const rechecks = service.app.get(CertificateRechecks);
    const unbind = async () => undefined;
    const numbers = await Promise.all([rechecks.some(3, unbind), rechecks.some(3, unbind), rechecks.some(3, unbind)]);
    expect(numbers.toSorted()).toEqual([2, 3, 3]);
    expect([asked.length, new Set(asked).size]).toEqual([8, 8]);
    expect(await rechecks.some(3, unbind)).toBe(0);
  });

  it('R-8.1 unbinding ends what certificates made: elsewhere, and here below level 3, since a password opened this one', async () => {
    const issued = await own('rsa');
    const elsewhere = await inBy(issued);
    const { browser, page } = await company.signsIn();
    const other = certifies(root('sm2'), company.named);
    const bound = await company.binds(page, other);
    await browser.open(await site.loginUrl(service.origin, { kind: 'entity' }));
    expect(site.lastLogin.claims).toMatchObject({ acr: LEVEL_3, amr: ['pwd', 'swk'] });
    const login = site.lastLogin;
    await company.waits(MINUTE + 1);
    const since = service.clock.now();
    const done = await company.unbinds(bound, 1);
    expect([done.path, done.has('.notice.success')]).toEqual([`${LIST}?news=unbound`, true]);
    expect(await company.toldSince(since)).toContain('刚刚解除绑定了一张数字证书');
    expect((await mine()).map(({ thumbprint }) => thumbprint)).toEqual([other.certificate.thumbprint]);
    expect(await isIn(elsewhere)).toBe(false);
    expect(site.logoutTokens).toHaveLength(2);
    await expect(site.refresh(login)).rejects.toMatchObject({ error: 'invalid_grant' });
    await browser.open(await site.loginUrl(service.origin, { kind: 'entity' }));
    expect(site.lastLogin.claims).toMatchObject({ acr: 'urn:tongxing:level:1', amr: ['pwd'] });
    const refused = await presents(await certificatePage(new Citizen(service).browser), issued);
    expect(refused.codes).toEqual(['certificate.not-bound']);
  });

  it('R-8.1 a session that a certificate opened is over when one is unbound in it, and says so', async () => {
    const browser = await inBy(await own('p256'));
    const list = await browser.open(service.origin + LIST);
    const done = await company.unbinds(list, 1);
    expect(done.path).toMatch(/^\/oidc\/logout/);
    expect(await isIn(browser)).toBe(false);
    expect(await mine()).toEqual([]);
  });

  it('DESIGN 4 a login held back on its way while its certificate is unbound opens nothing', async () => {
    const issued = await own('p256');
    const { browser } = new Citizen(service);
    const page = await certificatePage(browser);
    const { action, fields } = page.form('certificate-submit');
    const signature = issued.key.sign(Buffer.from(fields['challenge'] as string, 'base64')).toString('base64');
    const body = new URLSearchParams({ ...fields, certificate: pem(issued.der), signature }).toString();
    const held = await browser.request('POST', action, body, { origin: service.origin });
    expect(held.status).toBe(303);
    service.clock.advance(1);
    const [{ id } = { id: '' }] = await mine();
    await service.app.get(CertificateChanges).unbind(account, id, 'certificate-unbound');
    const resumed = await browser.open(new URL(held.headers.get('location') as string, service.origin).href);
    expect(resumed.path).toMatch(/\/login/);
    expect(await isIn(browser)).toBe(false);
  });

  it('of many that unbind one at once one does, and the account is told once; what is not on the list is refused', async () => {
    await own('rsa');
    const { page } = await company.signsIn();
    await company.waits(1);
    const [{ id } = { id: '' }] = await mine();
    const since = service.clock.now();
    const changes = service.app.get(CertificateChanges);
    const done = await Promise.all(
      Array.from({ length: 10 }, async () => changes.unbind(account, id, 'certificate-unbound')),
    );
    expect(done.filter(Boolean)).toHaveLength(1);
    expect((await company.toldSince(since)).match(/解除绑定/g)).toHaveLength(1);
    const gone = await page.press('certificate-unbind-1');
    expect([gone.status, gone.codes, gone.has('#no-certificates')]).toEqual([404, ['certificate.unknown'], true]);
    expect(await (await company.signsIn(`${LIST}/unbind`)).page.path).toBe(LIST);
  });
});
