import { COMMANDS } from '../../src/cli/commands.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { Database } from '../../src/storage/transactions.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { SITE_SECRET, TestSite, sitesFile } from '../support/site.js';

describe('the journal of a site', () => {
  let service: RunningService;
  let city: TestSite;
  let other: TestSite;

  beforeAll(async () => {
    city = await TestSite.start('city');
    other = await TestSite.start('other');
    service = await startService('hubei', { SITES_FILE: sitesFile([city.metadata(), other.metadata()]) });
  });
  afterAll(async () => {
    await service.close();
    await city.close();
    await other.close();
  });

  async function cli(name: string, ...words: string[]): Promise<string[]> {
    const said: string[] = [];
    await COMMANDS.find((one) => one.name === name)?.run(
      service.app,
      words,
      (line) => said.push(line),
      async () => '',
    );
    return said;
  }
  const applied = async (...entries: Record<string, unknown>[]) => cli('sites apply', sitesFile(entries));
  /** Each change of the site, the newest first: what, how, by whom; and the members that it changed. */
  const journal = async (id = 'city') =>
    (await cli('sites changes', id)).map((line) => line.replace(/^\S+ \S+ \(China\) {2}/, ''));
  const countOfRows = async () => {
    const [row] = await service.app.get(Database).query<{ count: string }>('select count(*) from site_changes');
    return Number(row?.count);
  };

  it('begins with what the sites file registered, and says nothing of its secret', async () => {
    const lines = await journal();
    expect(lines[0]).toBe('created  applied, made by sites-file');
    expect(lines).toContain(`  redirect_uris: nothing → ["${city.origin}/callback"]`);
    expect(lines.join()).not.toContain('client_secret');
  });

  it('has a row for each deed of an operator: a secret with its overlap, disabled, enabled; and none for what changes nothing', async () => {
    const [secret] = await cli('sites secret rotate', 'city', '--overlap', '5');
    await cli('sites disable', 'city');
    await cli('sites disable', 'city');
    await cli('sites enable', 'city');
    expect((await journal()).slice(0, 4)).toEqual([
      'enabled  applied, made by cli',
      'disabled  applied, made by cli',
      'secret  applied, made by cli, earlier secrets count for 5 hours',
      'created  applied, made by sites-file',
    ]);
    await expect(cli('sites enable', 'city')).rejects.toThrow('site.open');
    expect((await journal())[0]).toBe('enabled  applied, made by cli');
    const kept = JSON.stringify(await service.app.get(Database).query('select * from site_changes'));
    expect([kept.includes(secret as string), kept.includes(SITE_SECRET)]).toEqual([false, false]);
    const shown = await cli('sites show', 'city');
    expect(shown.slice(shown.indexOf('latest changes:') + 1)[0]).toContain('enabled  applied, made by cli');
  });

  it('says what a file changes, from what to what, also that a site left it and came back', async () => {
    await applied(city.metadata({ scope: 'openid' }), other.metadata());
    expect((await journal()).slice(0, 2)).toEqual([
      'changed  applied, made by cli',
      '  scope: "openid profile phone real_name legal_entity offline_access" → "openid"',
    ]);
    await applied(city.metadata({ scope: 'openid' }));
    await applied(city.metadata({ scope: 'openid' }), other.metadata({ client_name: '另一个名字' }));
    expect((await journal('other')).slice(0, 3)).toEqual([
      'listed  applied, made by cli',
      '  client_name: "other的站点" → "另一个名字"',
      'unlisted  applied, made by cli',
    ]);
    await applied(
      city.metadata(),
      other.metadata({ client_secret: 'of-the-file-of-the-file-of-the-file-of-the-file' }),
    );
    const rows = (await journal('other')).slice(0, 4).toSorted();
    expect(rows).toContain('secret  applied, made by cli, earlier secrets count for 0 hours');
    expect(rows).toContain('  client_name: "另一个名字" → "other的站点"');
  });

  it('stays as it is when the same file is applied again', async () => {
    const before = await countOfRows();
    await applied(
      city.metadata(),
      other.metadata({ client_secret: 'of-the-file-of-the-file-of-the-file-of-the-file' }),
    );
    expect(await countOfRows()).toBe(before);
  });

  it('is not written when the change is not made', async () => {
    const before = await countOfRows();
    await expect(cli('sites secret rotate', 'nobody')).rejects.toThrow('no site nobody is registered');
    await expect(service.app.get(Engine).apply([city.metadata({ client_id: '坏' })], 'cli')).rejects.toThrow(
      'entry 0, client_id',
    );
    expect(await countOfRows()).toBe(before);
  });
});
