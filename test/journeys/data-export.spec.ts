import { readFileSync } from 'node:fs';
import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { Notices } from '../../src/identity/notices/notices.service.js';
import { HeldDataOfAccounts } from '../../src/identity/accounts/held-data.service.js';
import { RecoveryCodes } from '../../src/identity/proofs/recovery-codes.service.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Database } from '../../src/storage/transactions.js';
import { Log } from '../../src/web/log.js';
import type { Page } from '../support/browser.js';
import { Citizen, freshPhone } from '../support/citizen.js';
import { breaches } from '../support/json-schema.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const MINUTE = 60;
const SCHEMA = JSON.parse(readFileSync('docs/data-file.schema.json', 'utf8')) as object;

interface DataFile {
  account: { id: string; level: number };
  profile: { phone: string; name: string | null; idNumber: string | null };
  verification: { verifiedBy: string } | null;
  identifiers: { kind: string }[];
  agreements: { version: string }[];
  permissions: { site: { clientId: string; name: string }; scope: string }[];
  releases: { site: { clientId: string }; claims: string[] }[];
  recoveryCode: { expiresAt: string } | null;
  activity: { kind: string; by: string }[];
  sessions: { current: boolean; device: string | null }[];
  pendingChanges: { kind: string; phone: string | null }[];
}

/**
 * Every column that belongs to an account, by table. A new one has to be told in the data file (`data-file.ts`, its schema
 * and docs/data-file.md) and removed or kept on purpose by `Closing`; then it is named here.
 */
const HELD: Record<string, string> = {
  accounts: 'certified_from created_at id kind level state user_name valid_from way_changed_at way_changed_by',
  activity: 'account_id actor_id client_id details id kind',
  agreements_accepted: 'accepted_at account_id id text_hash version',
  bound_certificates: 'account_id amr authority_id blind_index bound_at chain check_due checked_at id not_after',
  data_keys: 'account_id wrapped',
  entity_requests: 'account_id asked_at content credit_code entity_id expires_at id kind state',
  identifiers: 'account_id blind_index created_at kind',
  contacts: 'account_id blind_index created_at phone',
  legal_entities:
    'account_id asked_at checked_at credit_code manager_id_number manager_name name phone register_reference register_says representative_account_id representative_id_number representative_left representative_name representative_since type updated_at',
  natural_persons:
    'account_id id_number name phone updated_at verified_at verified_by verified_method verified_reference',
  operator_roles: 'account_id client_id granted_at granted_by id role',
  passwords: 'account_id changed_at hash',
  passwords_due: 'account_id since',
  pending_changes: 'account_id created_at due kind phone stop_code',
  permissions: 'account_id client_id granted_at scope',
  recovery_codes: 'account_id code expires_at',
};

describe.each(PROVINCES)('exporting one’s data (%s)', (province) => {
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    site = await TestSite.start('site');
    service = await startService(province, { SITES_FILE: sitesFile([site.metadata()]) });
  });

  afterAll(async () => {
    await service.close();
    await site.close();
  });

  let next = 3;
  const resident = () => stubResidents()[(next += 1)] as { name: string; idNumber: string };
  const person = async (who?: { name: string; idNumber: string }): Promise<Citizen> => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await site.loginUrl(service.origin), who);
    await citizen.waits(MINUTE + 1);
    return citizen;
  };
  const myData = async (citizen: Citizen): Promise<Page> => citizen.browser.open(`${service.origin}/account/data`);
  const bySms = async (phone: string): Promise<Citizen> => {
    const citizen = Object.assign(new Citizen(service), { phone });
    const login = await citizen.browser.open(await site.loginUrl(service.origin));
    const page = await citizen.browser.open(`${login.url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone, ...(await citizen.captcha(page)) });
    await sent.press('login-submit', { smsCode: await citizen.codeFor() });
    return citizen;
  };

  it('PIPL 45 one JSON with everything held, after its documented schema, and word of it by SMS', async () => {
    const who = resident();
    const citizen = await person(who);
    const asked = { scope: 'openid profile phone real_name' };
    const permission = await citizen.browser.open(await site.loginUrl(service.origin, asked));
    await permission.press('permission-submit');
    await site.userinfo(site.lastLogin);
    const answer = await (await myData(citizen)).press('export-submit');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="tongxing-[\d-]{10}\.json"$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');

    const file = answer.json<DataFile>();
    expect(breaches(SCHEMA, file)).toEqual([]);
    expect(file.account).toMatchObject({ id: site.lastLogin.claims.sub, level: 1 });
    expect(file.profile).toMatchObject({ phone: `+86${citizen.phone}`, ...who });
    expect(file.verification).toEqual({
      verifiedAt: expect.any(String),
      verifiedBy: 'identity-verifier',
      method: 'id-card',
      reference: expect.any(String),
    });
    expect(file.identifiers.map(({ kind }) => kind).toSorted()).toEqual(['phone', 'resident-id']);
    expect(file.agreements).toHaveLength(1);
    expect(file.permissions.map(({ scope }) => scope)).toEqual(['phone', 'real_name']);
    expect(file.permissions[0]?.site).toEqual({ clientId: 'site', name: site.name });
    expect(file.releases.map(({ site: to, claims }) => [to.clientId, claims.toSorted()])).toEqual([
      ['site', ['id_number', 'level', 'minor', 'phone_number', 'real_name', 'verified_at', 'verified_by']],
    ]);
    expect(file.activity.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['registered', 'password-set', 'verified', 'permission-given']),
    );
    expect(file.sessions).toMatchObject([{ current: true }]);
    expect(file.pendingChanges).toEqual([]);
    expect(await citizen.notice()).toContain('刚刚导出了个人信息');
    const again = (await (await myData(citizen)).press('export-submit')).json<DataFile>();
    expect(again.activity.map(({ kind }) => kind)).toContain('data-exported');
  });

  it('PIPL 45 no table holds anything of an account that the file and the end of the account do not know', async () => {
    const rows = await service.app.get(Database).query<{ name: string; columns: string }>(
      `select table_name as name, string_agg(column_name, ' ' order by column_name) as columns
       from information_schema.columns where table_schema = 'public' and table_name not like 'activity\\_%'
       group by table_name having table_name = 'accounts' or bool_or(column_name in ('account_id', 'actor_id'))`,
    );
    expect(Object.fromEntries(rows.map(({ name, columns }) => [name, columns]))).toEqual(HELD);
  });

  it('tells what waits, and its schema holds for an account of which little is known', async () => {
    const citizen = await person();
    await (await (await myData(citizen)).press('deregister-submit')).press('deregister-confirm');
    const account = site.lastLogin.claims.sub;
    await service.app
      .get(Database)
      .transaction(async (tx) => service.app.get(RecoveryCodes).issue(tx, account, 'window-7'));
    const file = (await (await myData(citizen)).press('export-submit')).json<DataFile>();
    expect(breaches(SCHEMA, file)).toEqual([]);
    expect(file.profile).toMatchObject({ name: null, idNumber: null });
    expect(file.recoveryCode).not.toBeNull();
    expect(file.activity.find(({ by }) => by === 'operator')?.kind).toBe('recovery-code-issued');
    expect(JSON.stringify(file)).not.toContain('window-7');
    expect(file.pendingChanges).toMatchObject([{ kind: 'deregistration', phone: null }]);
    expect(breaches(SCHEMA, { ...file, extra: 1, profile: {} })).toContain('$.extra is not in the schema');
  });

  it('R-8.2 the page says what is held in words, and nothing of it', async () => {
    const who = resident();
    const citizen = await person(who);
    const page = await myData(citizen);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    for (const plain of [citizen.phone, who.name, who.idNumber]) expect(page.html).not.toContain(plain);
    expect(page.has('#deregister-submit')).toBe(true);
  });

  it('DESIGN 6 a session opened by SMS gives a proof that is not SMS first; it counts once', async () => {
    const { phone, password } = await person();
    const citizen = await bySms(phone);
    const proof = await (await myData(citizen)).press('export-submit');
    expect(proof.path).toBe('/account/proof?act=export');
    const wrong = await proof.press('proof-submit', { password: 'not-mine-1' });
    expect([wrong.status, wrong.codeAt('password')]).toEqual([422, 'proof.password-wrong']);
    const page = await wrong.press('proof-submit', { password });
    expect([page.path, page.has('.notice.success')]).toEqual(['/account/data?news=proved', true]);
    const { action, fields } = page.form('export-submit');
    const body = new URLSearchParams(fields).toString();
    const both = await Promise.all(
      [1, 2].map(async () => citizen.browser.request('POST', action, body, { origin: service.origin })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 303]);
    expect((await page.press('export-submit')).path).toBe('/account/proof?act=export');
  });

  it('the proof for another act, and a login by password older than five minutes, do not count', async () => {
    const citizen = await person();
    await citizen.waits(5 * MINUTE);
    const proof = await citizen.browser.open(`${service.origin}/account/proof?act=phone`);
    expect((await proof.press('proof-submit', { password: citizen.password })).path).toBe('/account/phone');
    expect((await (await myData(citizen)).press('export-submit')).path).toBe('/account/proof?act=export');
  });

  it('DESIGN 6 is closed for a day after a change of number, on the same page', async () => {
    const citizen = await person(resident());
    const phone = freshPhone();
    const old = await (await citizen.browser.open(`${service.origin}/account/phone`)).press('sms-send');
    const fresh = await old.press('phone-next', { smsCode: await citizen.codeFor() });
    const sent = await fresh.press('sms-send', { phone });
    await sent.press('phone-submit', { smsCode: await citizen.codeFor(phone) });
    const closed = await (await myData(citizen)).press('export-submit');
    expect([closed.status, closed.codes, closed.path]).toEqual([403, ['proof.closed'], '/account/data']);
    expect(closed.has('#export-submit')).toBe(true);
  });

  it('asked for a hundred times: ten files a day, then 429 with Retry-After; another account is not affected', async () => {
    const [citizen, other] = [await person(), await person()];
    const { action, fields } = (await myData(citizen)).form('export-submit');
    const answers: Response[] = [];
    for (let round = 0; round < 10; round += 1) {
      const ten = Array.from({ length: 10 }, async () =>
        citizen.browser.request('POST', action, new URLSearchParams(fields).toString(), { origin: service.origin }),
      );
      answers.push(...(await Promise.all(ten)));
    }
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(90);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused[0]?.text()).toContain('data-code="export.day-cap"');
    expect((await (await myData(other)).press('export-submit')).status).toBe(200);
    await citizen.waits(24 * 3600);
    const login = await myData(citizen);
    const back = await citizen.logsIn(login);
    expect((await back.press('export-submit')).status).toBe(200);
  });

  it('another’s form token, a foreign origin, an unknown field, a session that has ended: nothing leaves', async () => {
    const [citizen, other] = [await person(), await person()];
    const page = await myData(citizen);
    const foreign = await page.press('export-submit', { _csrf: (await myData(other)).value('_csrf') as string });
    expect([foreign.status, foreign.codes]).toEqual([403, ['form.token']]);
    const { action, fields } = page.form('export-submit');
    const elsewhere = await citizen.browser.post(action, fields, { origin: 'https://evil.example' });
    expect([elsewhere.status, elsewhere.codes]).toEqual([403, ['form.foreign-origin']]);
    const unknown = await citizen.browser.post(action, { ...fields, accountId: 'somebody' });
    expect([unknown.status, unknown.codes]).toEqual([400, ['form.unknown-field']]);
    await citizen.waits(31 * MINUTE);
    const ended = await page.press('export-submit');
    expect([ended.status, ended.codes]).toEqual([403, ['session.ended']]);
    expect(await citizen.notice()).not.toContain('导出');
  });

  it('a failure on the way lets nothing out, and the log holds no personal data', async () => {
    const who = resident();
    const citizen = await person(who);
    const page = await myData(citizen);
    const logged: unknown[] = [];
    const log = service.app.get(Log);
    log.error = (fields) => void logged.push(fields);
    const notices = service.app.get(Notices);
    const tell = notices.tell.bind(notices);
    notices.tell = async () => {
      throw new Error(`no message to ${citizen.phone}`);
    };
    const broken = await page.press('export-submit');
    notices.tell = tell;
    expect([broken.status, broken.html.includes(who.idNumber)]).toEqual([500, false]);
    expect(logged).toHaveLength(1);
    const text = JSON.stringify(logged, (_key, value: unknown) => (value instanceof Error ? value.name : value));
    for (const plain of [citizen.phone, who.name, who.idNumber]) expect(text).not.toContain(plain);
    const file = (await page.press('export-submit')).json<DataFile>();
    expect(file.activity.map(({ kind }) => kind)).not.toContain('data-exported');
  });

  it('of an account that is disabled meanwhile nothing leaves', async () => {
    const citizen = await person();
    const page = await myData(citizen);
    const account = site.lastLogin.claims.sub;
    const accounts = service.app.get(Accounts);
    await service.app.get(Database).transaction(async (tx) => accounts.disable(tx, account));
    const refused = await page.press('export-submit');
    expect([refused.status, refused.codes]).toEqual([403, ['session.ended']]);
    await expect(service.app.get(HeldDataOfAccounts).of(account)).rejects.toMatchObject({ code: 'account.ended' });
  });
});
