import { COMMANDS, usage } from '../../src/cli/commands.js';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { Activity } from '../../src/identity/activity/activity.service.js';
import { Candidates } from '../../src/oidc/operators/candidates.service.js';
import { DemoEntities } from '../../src/sandbox/demo-entities.service.js';
import { PersonName } from '../../src/shared/person-name.js';
import { Database } from '../../src/storage/transactions.js';
import { Citizen, freshPhone } from '../support/citizen.js';
import { residentsFile } from '../support/residents.js';
import { PROVINCES, startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { levelTwo } from '../support/staff.js';

const { residents, file: RESIDENTS } = residentsFile(20);

describe.each(PROVINCES)('operators by operator commands (%s)', (province) => {
  let service: RunningService;
  let city: TestSite;
  let next = province === 'hubei' ? 0 : 10;
  const somebody = () => residents[(next += 1) - 1] as (typeof residents)[number];

  beforeAll(async () => {
    city = await TestSite.start('city');
    service = await startService(province, {
      SITES_FILE: sitesFile([city.metadata()]),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
  });
  afterAll(async () => {
    await service.close();
    await city.close();
  });

  async function cli(name: string, ...words: string[]): Promise<string[]> {
    const said: string[] = [];
    const command = COMMANDS.find((one) => one.name === name);
    await command?.run(
      service.app,
      words,
      (line) => said.push(line),
      async () => '',
    );
    return said;
  }
  const opens = async ({ browser }: Citizen, path = '') =>
    (await browser.open(`${service.origin}/console${path}`)).status;

  it('grant, list and revoke an operator: at once, masked, with a line in the account’s trail', async () => {
    const who = somebody();
    const { citizen, accountId } = await levelTwo(service, city, who);
    expect(await opens(citizen)).toBe(403);
    expect(await cli('operators grant', citizen.phone)).toEqual(['now an operator; every process sees it at once']);
    expect(await opens(citizen)).toBe(200);
    expect(await cli('operators grant', citizen.phone)).toEqual(['was an operator already']);
    const listed = (await cli('operators list')).join('\n');
    expect(listed).toContain(`${PersonName.parse(who.name).masked()}  `);
    expect(listed).toMatch(/ {2}operator {2}since \d{4}-\d\d-\d\d \d\d:\d\d \(China\), at the command line/);
    for (const hidden of [who.name, citizen.phone, accountId]) expect(listed).not.toContain(hidden);
    expect(await cli('operators revoke', citizen.phone)).toEqual([
      'no longer an operator; every process sees it at once',
    ]);
    expect(await opens(citizen)).toBe(403);
    expect(
      (await cli('operators list')).filter((line) => line.startsWith(PersonName.parse(who.name).masked())),
    ).toEqual([]);
    const lines = await service.app.get(Activity).lines(accountId, { limit: 3 });
    expect(lines.map(({ kind, details }) => [kind, details])).toEqual(
      expect.arrayContaining([
        ['role-ended', { role: 'operator' }],
        ['role-granted', { role: 'operator' }],
      ]),
    );
    const shown = await citizen.browser.open(`${service.origin}/account/activity`);
    expect(shown.text).toContain('取得控制台权限');
    expect(shown.text).toContain('控制台权限被收回');
  });

  it('grant and revoke a developer of one site: of that site alone', async () => {
    const { citizen } = await levelTwo(service, city, somebody());
    const { phone } = citizen;
    expect((await cli('operators grant', phone, '--site', 'city'))[0]).toMatch(/^now a developer of city;/);
    expect((await cli('operators grant', '--site=demo-wuhan', phone))[0]).toMatch(/^now a developer of demo-wuhan;/);
    expect([await opens(citizen, '/sites/city'), await opens(citizen, '/sites/demo-wuhan')]).toEqual([200, 200]);
    expect((await cli('operators list')).filter((line) => line.includes('developer  city'))).toHaveLength(1);
    expect(await cli('operators grant', phone, '--site', 'city')).toEqual(['was a developer of city already']);
    expect((await cli('operators revoke', phone, '--site', 'city'))[0]).toMatch(/^no longer a developer of city;/);
    expect([await opens(citizen, '/sites/city'), await opens(citizen, '/sites/demo-wuhan')]).toEqual([404, 200]);
    await expect(cli('operators revoke', phone)).rejects.toThrow('this account is not an operator');
    await cli('operators revoke', phone, '--site', 'demo-wuhan');
  });

  it('refuse a number without an account, a site that is not there, and one that is built in', async () => {
    const { citizen } = await levelTwo(service, city, somebody());
    await expect(cli('operators grant', freshPhone())).rejects.toThrow('no account with this number');
    await expect(cli('operators revoke', freshPhone())).rejects.toThrow('no account with this number');
    await expect(cli('operators grant', 'nobody')).rejects.toThrow('phone.malformed');
    for (const site of ['nowhere', 'tongxing-console', ''])
      await expect(cli('operators grant', citizen.phone, '--site', site)).rejects.toThrow(
        `no site ${site} is registered`,
      );
    await expect(cli('operators grant', citizen.phone, '--role', 'x')).rejects.toThrow("Unknown option '--role'");
    await expect(cli('operators revoke', citizen.phone, '--site', 'city')).rejects.toThrow(
      'this account is not a developer of city',
    );
  });

  it('refuse an account below level 2, one that is disabled, and a legal entity', async () => {
    const verified = new Citizen(service);
    await verified.hasAccount(await city.loginUrl(service.origin), somebody());
    const low = 'this account is not at level 2: its owner has to raise it first';
    await expect(cli('operators grant', verified.phone)).rejects.toThrow(low);
    const { citizen, accountId } = await levelTwo(service, city, somebody());
    await service.app.get(Database).transaction(async (tx) => service.app.get(Accounts).disable(tx, accountId));
    await expect(cli('operators grant', citizen.phone)).rejects.toThrow('this account is disabled');
    const [entity] = await service.app
      .get(Database)
      .query<{ id: string }>(`select id from accounts where kind = 'entity' limit 1`);
    expect(service.app.get(DemoEntities).list().length).toBeGreaterThan(0);
    expect(await service.app.get(Candidates).judge(entity?.id ?? '')).toEqual({ why: 'entity' });
  });

  it('are in the usage', () => {
    for (const name of [
      'operators grant <phone> [--site <id>]',
      'operators revoke <phone> [--site <id>]',
      'operators list',
    ])
      expect(usage()).toContain(`  ${name}  `);
  });
});
