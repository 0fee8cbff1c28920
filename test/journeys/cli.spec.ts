import { TestCa, pem } from '../support/ca.js';
import { Citizen, ZHANG_SAN } from '../support/citizen.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { COMMANDS, usage } from '../../src/cli/commands.js';
import { Database } from '../../src/storage/transactions.js';
import { Engine } from '../../src/oidc/engine.service.js';

describe('operator commands', () => {
  let service: RunningService;
  let city: TestSite;
  let provincial: TestSite;

  beforeAll(async () => {
    city = await TestSite.start('city');
    provincial = await TestSite.start('provincial');
    service = await startService('hubei', { SITES_FILE: sitesFile([city.metadata(), provincial.metadata()]) });
  });
  afterAll(async () => {
    await service.close();
    await city.close();
    await provincial.close();
  });

  /** What the command says, and the running service after its next look at the database. */
  async function cli(name: string, ...words: string[]): Promise<string[]> {
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    await COMMANDS.find((command) => command.name === name)?.run(service.app, words, say, async () => typed);
    await service.app.get(Engine).refresh();
    return said;
  }
  /** What the operator types when asked. */
  let typed = '';
  const states = async () => (await cli('keys list')).map((line) => line.split(/ +/).slice(0, 3));

  it('are all told by the usage', () => {
    for (const { name, about } of COMMANDS) {
      expect(usage()).toContain(`  ${name}`);
      expect(usage()).toContain(about);
    }
  });

  it('rotate the signing keys without a token refused', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin));
    const before = city.lastLogin;
    const old = await states();
    service.clock.advance(60);
    await cli('keys rotate');
    const now = await states();
    for (const [kid, alg, state] of old) {
      const after = state === 'current' ? 'retired' : 'current';
      expect(now).toContainEqual([kid, alg, after]);
    }

    const userinfo = await city.userinfo(before);
    expect(userinfo.sub).toBe(before.claims.sub);
    expect((await citizen.browser.open(await provincial.loginUrl(service.origin))).title).toBe('logged in');
    const published = (await (await fetch(`${service.origin}/oidc/jwks`)).json()) as { keys: { kid: string }[] };
    expect(published.keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining(now.map(([kid]) => kid)));
    const out = await citizen.browser.open(city.logoutUrl(before));
    expect(out.url.href).toBe(`${city.origin}/signed-out`);
  });

  it('let no key sign that every process has not published for a minute', async () => {
    service.clock.advance(60);
    await cli('keys rotate');
    const before = await states();
    await expect(cli('keys rotate')).rejects.toThrow(/rotate again in \d+ seconds/);
    expect(await states()).toEqual(before);
  });

  it('re-wrap every key, and accounts still open', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin));
    expect((await cli('keys rewrap')).join()).toMatch(/^\d+ service keys and \d+ data keys re-wrapped$/);
    const other = new Citizen(service);
    const page = await other.logsIn(await other.browser.open(await city.loginUrl(service.origin)), citizen.phone);
    expect(page.title).toBe('logged in');
  });

  it('disable an account: its session ends, its sites are told, nobody logs in', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin));
    const told = city.logoutTokens.length;
    await cli('accounts disable', citizen.phone);
    await city.told(told + 1);
    const page = await citizen.browser.open(await city.loginUrl(service.origin));
    expect(page.has('#login-submit')).toBe(true);
    expect((await citizen.logsIn(page)).codes).toContain('login.failed');
    await expect(cli('accounts disable', '13700000000')).rejects.toThrow('no account with this number');
  });

  it('issue a recovery code for an ID number that is typed, not in the history; the trail names the operator', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin), ZHANG_SAN);
    typed = ` ${ZHANG_SAN.idNumber.toLowerCase()}`;
    const [who, code] = await cli('recovery-code', 'li.ming');
    expect(who).toBe('张*  4201************19');
    expect(code).toMatch(/^[A-Z0-9]{5}-[A-Z0-9]{5} {2}once, until \d{4}-\d\d-\d\d \d\d:\d\d/);
    const [row] = await service.app
      .get(Database)
      .query<{ details: object; actor_id: string; account_id: string }>(
        `select details, actor_id, account_id from activity where kind = 'recovery-code-issued'`,
      );
    expect(row?.details).toEqual({ operator: 'li.ming' });
    expect(row?.actor_id).not.toBe(row?.account_id);
    const kept = await service.app.get(Database).query('select code from recovery_codes');
    expect(JSON.stringify(kept)).not.toContain(String(code).slice(0, 5));

    typed = '420106198506121028';
    await expect(cli('recovery-code', 'li.ming')).rejects.toThrow('no verified account');
    typed = '420106198506121020';
    await expect(cli('recovery-code', 'li.ming')).rejects.toThrow('id-number.checksum');
    typed = ZHANG_SAN.idNumber;
    await cli('accounts disable', citizen.phone);
    await expect(cli('recovery-code', 'li.ming')).rejects.toThrow('disabled');
  });

  it('check a sites file by index and field, and store nothing', async () => {
    const before = await cli('sites list');
    const bad = sitesFile([city.metadata(), city.metadata({ client_id: 'other', redirect_uris: 'x' })]);
    await expect(cli('sites check', bad)).rejects.toThrow(/entry 1, redirect_uris: /);
    expect(await cli('sites check', sitesFile([city.metadata({ client_id: 'other' })]))).toEqual(['the file is sound']);
    expect(await cli('sites list')).toEqual(before);
    await expect(cli('sites apply', bad)).rejects.toThrow(/entry 1, redirect_uris: /);
    expect(await cli('sites list')).toEqual(before);
  });

  it('apply a sites file: a site that is gone from it gets no answer any more, and its tokens end', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin));
    await citizen.browser.open(await provincial.loginUrl(service.origin));
    await cli('sites apply', sitesFile([city.metadata()]));
    expect((await cli('sites list')).some((line) => line.startsWith('provincial  unlisted  '))).toBe(true);
    await expect(provincial.userinfo(provincial.lastLogin)).rejects.toThrow();
    const refused = await citizen.browser.open(await provincial.loginUrl(service.origin));
    expect(refused.text).toContain('invalid_client');
    expect((await city.userinfo(city.lastLogin)).sub).toBe(city.lastLogin.claims.sub);
  });

  it('R-6.4 trust a certificate authority and trust it no longer, on a running service', async () => {
    const root = TestCa.root('sm2', 'Operator root');
    const record = {
      id: 'operator',
      name: '运营方证书（示例）',
      nameEn: 'Operator CA (example)',
      certificates: [pem(root.der)],
      creditCode: [{ attribute: 'OU' }],
      revocation: { whenUnknown: 'refuse' },
    };
    expect(await cli('ca add', sitesFile([record]))).toEqual(['1 trusted; every process sees it within five seconds']);
    expect(await cli('ca list')).toContain('operator  运营方证书（示例）  sm2');
    expect((await cli('ca show', 'operator')).join()).toContain(root.certificate.thumbprint);
    await expect(cli('ca add', sitesFile([{ ...record, name: '' }]))).rejects.toThrow(/entry 0, name: /);
    await cli('ca disable', 'operator');
    expect((await cli('ca list')).filter((line) => line.startsWith('operator '))).toEqual([]);
    await expect(cli('ca show', 'operator')).rejects.toThrow('no authority operator is trusted');
    await expect(cli('ca disable', 'operator')).rejects.toThrow('no authority operator is trusted');
  });

  it('apply a sites file: a site that comes back begins anew, what it was given before has ended for good', async () => {
    const citizen = new Citizen(service);
    await citizen.hasAccount(await city.loginUrl(service.origin));
    const { tokens } = city.lastLogin;
    const asUserinfo = async (token: string) =>
      (await fetch(`${service.origin}/oidc/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await asUserinfo(tokens.access_token)).toBe(200);
    await cli('sites apply', sitesFile([]));
    service.clock.advance(1);
    await cli('sites apply', sitesFile([city.metadata()]));
    expect(await asUserinfo(tokens.access_token)).toBe(401);
    await expect(city.refresh(city.lastLogin)).rejects.toThrow();
    expect((await citizen.browser.open(await city.loginUrl(service.origin, { prompt: 'none' }))).title).toBe(
      'logged in',
    );
    expect(await asUserinfo(city.lastLogin.tokens.access_token)).toBe(200);
  });
});
