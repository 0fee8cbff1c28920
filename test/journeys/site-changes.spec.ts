import { COMMANDS } from '../../src/cli/commands.js';
import { Engine } from '../../src/oidc/engine.service.js';
import { SiteEdits } from '../../src/oidc/sites/site-edits.service.js';
import { SiteRecords } from '../../src/oidc/sites/site-records.service.js';
import { Sites } from '../../src/oidc/sites/sites.service.js';
import { Database } from '../../src/storage/transactions.js';
import { freshDatabase } from '../support/database.js';
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

  describe('and a file from before', () => {
    const listed = () => [city.metadata(), other.metadata()];
    const edits = async (change: Record<string, unknown>, id = 'city') => {
      const { metadata, version } = await service.app.get(SiteRecords).get(id);
      await service.app
        .get(SiteEdits)
        .edit(id, version, { ...metadata, ...change }, { actor: 'console', isOperator: true });
    };
    const registered = async (id = 'city') => (await service.app.get(SiteRecords).get(id)).metadata;

    beforeEach(async () => {
      await cli('sites apply', '--overrule', sitesFile(listed()));
    });

    it('undoes nothing that the console changed: a remark names it each time', async () => {
      await edits({ client_name: '新名字', scope: 'openid profile' });
      const before = await countOfRows();
      for (const _time of [1, 2]) {
        expect(await applied(...listed())).toContain(
          'city: changed since, and not by the file; it stays so: client_name, scope',
        );
      }
      expect(await registered()).toMatchObject({ client_name: '新名字', scope: 'openid profile' });
      expect(await countOfRows()).toBe(before);
    });

    it('counts in what it has changed, and in that alone', async () => {
      await edits({ client_name: '新名字', scope: 'openid profile' });
      await applied(city.metadata({ scope: 'openid phone' }), other.metadata());
      expect(await registered()).toMatchObject({ client_name: '新名字', scope: 'openid phone' });
      expect((await journal()).slice(0, 2)).toEqual([
        'changed  applied, made by cli',
        '  scope: "openid profile" → "openid phone"',
      ]);
      await applied(city.metadata({ scope: 'openid phone', client_name: '新名字' }), other.metadata());
      const again = await applied(city.metadata({ client_name: '新名字' }), other.metadata());
      expect(again.filter((line) => line.includes('changed since'))).toEqual([]);
    });

    it('takes a member away that the file has dropped', async () => {
      await edits({ client_name: '新名字' });
      await applied(city.metadata({ data_purpose: undefined }), other.metadata());
      expect(await registered()).toMatchObject({ client_name: '新名字' });
      expect(await registered()).not.toHaveProperty('data_purpose');
    });

    it('counts whole where both together would not be a sound registration', async () => {
      const app = { app_link: `${city.origin}/app`, scope: 'openid app' };
      await applied(city.metadata({ scope: 'openid app' }), other.metadata());
      await edits({ scope: 'openid profile', client_name: '新名字' });
      expect(await applied(city.metadata(app), other.metadata())).toContain(
        'city: what was changed since does not go with the new entry of the file, which counts: client_name, scope',
      );
      expect(await registered()).toMatchObject({ ...app, client_name: 'city的站点' });
    });

    it('counts whole with --overrule', async () => {
      await edits({ client_name: '新名字' });
      expect(await cli('sites apply', sitesFile(listed()), '--overrule')).toContain(
        'city: the file overrules what was changed since: client_name',
      );
      expect(await registered()).toMatchObject({ client_name: 'city的站点' });
      expect((await journal()).slice(0, 2)).toEqual([
        'changed  applied, made by cli',
        '  client_name: "新名字" → "city的站点"',
      ]);
    });

    it('is the same for a service that starts again on it', async () => {
      const database = await freshDatabase();
      const file = sitesFile(listed());
      const more = { DATABASE_URL: database.url, SITES_FILE: file };
      const first = await startService('hubei', more);
      const { metadata, version } = await first.app.get(SiteRecords).get('city');
      const wanted = { ...metadata, redirect_uris: [`${city.origin}/new`] };
      await first.app.get(SiteEdits).edit('city', version, wanted, { actor: 'console', isOperator: true });
      await first.close();
      const second = await startService('hubei', more);
      expect(second.app.get(Sites).get('city')?.redirectUris).toEqual([`${city.origin}/new`]);
      await second.close();
      const changedFile = sitesFile([city.metadata({ redirect_uris: [`${city.origin}/third`] }), other.metadata()]);
      const third = await startService('hubei', { ...more, SITES_FILE: changedFile });
      expect(third.app.get(Sites).get('city')?.redirectUris).toEqual([`${city.origin}/third`]);
      await third.close();
      await database.drop();
    });
  });
});
