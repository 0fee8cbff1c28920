import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import { CertificateRechecks } from '../../src/identity/certificates/certificate-rechecks.service.js';
import { CertificateChanges } from '../../src/oidc/certificate-changes.service.js';
import { CertificateEndings } from '../../src/oidc/certificate-endings.service.js';
import { DeliverySummaries } from '../../src/oidc/logout/delivery-summaries.service.js';
import { LogoutRecords } from '../../src/oidc/logout/logout-records.service.js';
import type { Site } from '../../src/oidc/sites/site.js';
import { Sites } from '../../src/oidc/sites/sites.service.js';
import { Jobs } from '../../src/storage/jobs.service.js';
import { RegisteredCompany } from '../support/account-certificates.js';
import { TestCa } from '../support/ca.js';
import { Citizen } from '../support/citizen.js';
import { freshDatabase } from '../support/database.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { authoritiesFile, binds, certifies, presents } from '../support/signing.js';
import { TestSite, sitesFile } from '../support/site.js';
import { staff } from '../support/staff.js';

const ACCOUNTS = 100_000;
const root = TestCa.root('p256', 'Operator root');
/** What a table of a province holds: one row or two for each account, made by the server itself and copied in. */
const ROWS: Record<string, string> = {
  'accounts (id, kind, state, level, valid_from, created_at)': `gen, 'person', 'active', 1, now(), now()`,
  'data_keys (account_id, wrapped)': `gen, sha256(n::text::bytea)`,
  'identifiers (kind, blind_index, account_id, created_at)': `'phone', sha256(n::text::bytea), gen, now()`,
  'identifiers (kind, blind_index, account_id, created_at) ': `'resident-id', sha256(('id' || n)::bytea), gen, now()`,
  'legal_entities (account_id, type, name, credit_code, representative_name, representative_id_number, checked_at, register_reference, updated_at)': `gen, 'enterprise',
    ${'sha256(n::text::bytea), '.repeat(4)}now(), 'R', now()`,
  'natural_persons (account_id, phone, updated_at)': `gen, sha256(n::text::bytea), now()`,
  'contacts (account_id, blind_index, phone, created_at)': `gen, sha256(n::text::bytea), sha256(n::text::bytea), now()`,
  'bound_certificates (id, account_id, blind_index, authority_id, chain, amr, not_after, bound_at, checked_at, check_due)': `gen, gen,
    sha256(n::text::bytea), 'authority-' || n % 4000, sha256(n::text::bytea), 'hwk', now(), now(), now(), now() + (n + 1) * interval '1 day'`,
  'passwords (account_id, hash, changed_at)': `gen, sha256(n::text::bytea), now()`,
  'agreements_accepted (id, account_id, version, text_hash, accepted_at)': `gen, gen, '2026-11', sha256(n::text::bytea), now()`,
  'permissions (account_id, client_id, scope, granted_at)': `gen, 'site', 'phone', now()`,
  'pending_changes (account_id, kind, due, created_at)': `gen, 'deregistration', now(), now()`,
  // Ids that begin with their time (UUIDv7), over half a year, so that each month's partition has its share.
  'activity (id, account_id, actor_id, kind, details)': `(lpad(to_hex((extract(epoch from now()) * 1000)::bigint
    + (n % 180 - 90) * 86400000::bigint), 12, '0') || substr(md5(n::text), 1, 20))::uuid, gen, gen, 'login', '{}'`,
  // A week of them, as they are kept; a third of one site.
  'site_failures (key, error_id, client_id, endpoint, error, cause, various, count, first_at, last_at)': `md5(n::text),
    left(md5(n::text), 8), case when n % 3 = 0 then 'city' else 'site-' || n % 152 end, 'authorize',
    'invalid_request', 'missing', false, 1, now(), now() - n * interval '6 seconds'`,
  // Of a week and 150 sites, three of which do not answer.
  'logout_deliveries (id, client_id, state, tries, reason, at, last_at, test)': `(lpad(to_hex((extract(epoch from now()) * 1000)::bigint
    - n * 6000), 12, '0') || substr(md5(n::text), 1, 20))::uuid, 'site-' || n % 150, case when n % 150 < 3 then 'given-up' else 'told' end,
    1, case when n % 150 < 3 then 'timeout' end, now() - n * interval '6 seconds', now() - n * interval '6 seconds', false`,
};
/** Small by nature: an operator's sites, people of the console, keys, authorities with their packed lists, jobs that wait. */
const SMALL = new Set([
  'operator_roles',
  'sites',
  'site_changes',
  'signing_keys',
  'keys',
  'jobs',
  'authorities',
  'revocation_sources',
  'revoked_serials',
  'migrations',
  'realm',
]);

const SITES = Array.from({ length: 150 }, (_, n) => ({ id: `site-${n}` }) as Site);

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Plan[];
}
type Statement = readonly [sql: string, parameters: readonly unknown[]];

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

describe('with 100,000 accounts (PERFORMANCE 3)', () => {
  let database: { url: string; drop: () => Promise<void> };
  let client: Client;
  let service: RunningService;
  let city: TestSite;
  let provincial: TestSite;
  const seen: Statement[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    const directory = mkdtempSync(join(tmpdir(), 'tongxing-copy-'));
    chmodSync(directory, 0o777);
    for (const [at, [table, values]] of Object.entries(ROWS).entries()) {
      const file = join(directory, `${at}.copy`);
      const made = `select ${values} from (select n, md5('account' || n)::uuid as gen from generate_series(1, ${ACCOUNTS}) n) rows`;
      await client.query(`copy (${made}) to '${file}'`);
      await client.query(`copy ${table} from '${file}'`);
    }
    await client.query('analyze');
    rmSync(directory, { recursive: true, force: true });
    [city, provincial] = await Promise.all([TestSite.start('city'), TestSite.start('provincial')]);
    const trust = { AUTHORITIES_FILE: authoritiesFile([root]) };
    const file = sitesFile([city.metadata(), provincial.metadata()]);
    service = await startService('hubei', {
      DATABASE_URL: database.url,
      SITES_FILE: file,
      ...trust,
    });
    const source = service.app.get(DataSource);
    const create = source.createQueryRunner.bind(source);
    source.createQueryRunner = (mode) => {
      const runner = create(mode);
      const query = runner.query.bind(runner);
      runner.query = async (...statement: Parameters<typeof runner.query>) => {
        const [sql, parameters = []] = statement;
        seen.push([sql, parameters as unknown[]]);
        return query(...statement);
      };
      return runner;
    };
  }, 120_000);

  afterAll(async () => {
    await service.close();
    await client.end();
    await database.drop();
    await city.close();
    await provincial.close();
  });

  /** Tables that the statement reads from end to end. */
  async function readWhole([sql, parameters]: Statement): Promise<string[]> {
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (format json) ${sql}`, [
      ...parameters,
    ]);
    return nodes(rows[0]?.['QUERY PLAN'][0]?.Plan as Plan)
      .filter((node) => node['Node Type'] === 'Seq Scan' && !SMALL.has(node['Relation Name'] ?? ''))
      .map((node) => `${node['Relation Name']}: ${sql}`);
  }

  it('a statement that reads a table whole is found by this test', async () => {
    const found = await readWhole([`select id from accounts where created_at > $1 and level = 3`, [new Date()]]);
    expect(found).toHaveLength(1);
  });

  it('every statement of login, hop, userinfo and refresh is an index look-up', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin), { name: '李四', idNumber: '420106198506121028' });
    const again = Object.assign(new Citizen(service), { phone: citizen.phone });
    const begun = seen.length;
    const page = await again.browser.open(await city.loginUrl(service.origin, { scope: 'openid profile phone' }));
    const permission = await again.logsIn(page);
    expect((await permission.press('permission-submit')).title).toBe('logged in');
    await city.userinfo(city.lastLogin);
    expect((await again.browser.open(await provincial.loginUrl(service.origin))).title).toBe('logged in');
    await provincial.userinfo(provincial.lastLogin);
    await provincial.refresh(provincial.lastLogin);
    const byId = Object.assign(new Citizen(service), { phone: citizen.phone });
    const login = await byId.browser.open(await provincial.loginUrl(service.origin));
    expect((await byId.logsIn(login, '420106198506121028')).title).toBe('logged in');

    expect(await wholeSince(begun)).toEqual([]);
  });

  it('every statement about certificates is one, of the re-check of all of them and of an authority that ends too', async () => {
    const company = await RegisteredCompany.at(service, city, 'hubei', '武昌示例水果店');
    const begun = seen.length;
    const issued = certifies(root, company.named);
    const account = await binds(service, company.named.creditCode, issued);
    const { browser } = new Citizen(service);
    const login = await browser.open(await city.loginUrl(service.origin, { kind: 'entity' }));
    const page = await browser.open(`${login.url.origin}${login.url.pathname}?kind=entity&method=certificate`);
    expect((await presents(page, issued)).title).toBe('logged in');
    const list = await browser.open(`${service.origin}/account/certificates`);
    expect(list.has('#certificate-unbind-1')).toBe(true);
    service.clock.advance(25 * 3600);
    expect(await service.app.get(CertificateRechecks).some(5, async () => undefined)).toBe(1);
    await service.app.get(CertificateBindings).suspect(issued.certificate);
    await service.app.get(CertificateEndings).endAuthority('authority-7');
    const [{ id } = { id: '' }] = await service.app.get(CertificateBindings).list(account);
    expect(await service.app.get(CertificateChanges).unbind(account, id, 'certificate-unbound')).toBe(true);
    // What recurs has fallen due by the clock as well: what a day's work reads is seen whichever comes first.
    await service.app.get(Jobs).runDue();
    expect(await wholeSince(begun)).toEqual([]);
  });

  it('every statement of the console about failed requests is one, however many a site has', async () => {
    const { citizen } = await staff(service, city, { name: '黄河', idNumber: '429004199303030104' });
    const begun = seen.length;
    const open = async (path: string) => citizen.browser.open(`${service.origin}/console/${path}`);
    const shown = async (path: string) => (await open(path)).all('[data-error-id]').length;
    expect(await shown('sites/city/failures')).toBe(200);
    expect(await shown('sites/city/failures?endpoint=authorize&error=invalid_request')).toBe(200);
    const id = createHash('md5').update('3').digest('hex').slice(0, 8);
    expect(await shown(`sites/city/failures?errorId=${id}`)).toBe(1);
    expect(await shown(`failures?errorId=${id}`)).toBe(1);
    expect(await wholeSince(begun)).toEqual([]);
  });

  it('every statement about deliveries of logout tokens, those that tidy up too', async () => {
    const records = service.app.get(LogoutRecords);
    const begun = seen.length;
    jest.spyOn(service.app.get(Sites), 'all').mockReturnValue(SITES);
    expect((await records.troubled()).map(({ site }) => site).toSorted()).toEqual(['site-0', 'site-1', 'site-2']);
    const page = await records.ofSite('site-7', { limit: 50 });
    expect((await records.ofSite('site-7', { limit: 50, before: page.next })).deliveries).toHaveLength(50);
    const week = async (site: string) => service.app.get(DeliverySummaries).of(site);
    expect(await week('site-7')).toMatchObject({ told: expect.any(Number), untold: 0, reasons: [] });
    expect(await week('site-1')).toMatchObject({ told: 0, reasons: [{ reason: 'timeout' }] });
    expect((await records.states(page.deliveries.map(({ id }) => id))).size).toBe(50);
    service.clock.advance(24 * 3600);
    await service.app.get(Jobs).runDue();
    const ours = seen
      .slice(begun)
      .filter(([sql]) => sql.includes('logout_deliveries') || sql.includes('LogoutDelivery'));
    expect(ours.map(([sql]) => sql).join()).toContain('delete from logout_deliveries');
    expect((await Promise.all(ours.map(readWhole))).flat()).toEqual([]);
  });

  /** What has been read whole since. */
  async function wholeSince(begun: number): Promise<string[]> {
    const explained = seen
      .slice(begun)
      .filter(([sql]) => /^\s*(select|update|delete|insert|with)\b/i.test(sql) && !/advisory|set local/i.test(sql));
    const distinct = [...new Map(explained.map((statement) => [statement[0], statement])).values()];
    expect(distinct.length).toBeGreaterThan(5);
    return (await Promise.all(distinct.map(readWhole))).flat();
  }
});
