import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands.js';
import { Engine } from '../../src/oidc/engine.service.js';
import type { SitesFault } from '../../src/oidc/sites/sites-file.js';
import { Database } from '../../src/storage/transactions.js';
import { Citizen } from '../support/citizen.js';
import { Run, built } from '../support/process.js';
import { basic } from '../support/protocol.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { SITE_SECRET, TestSite, sitesFile } from '../support/site.js';
import { wrongEntries } from '../support/wrong-sites.js';
import type { WrongEntry } from '../support/wrong-sites.js';

const HOUR = 3600;
const CALL = ['http://localhost:8000/callback.php'];

/** A fault with its index, field, and what was expected instead. */
const told = ({ member, expected }: WrongEntry, index: number) =>
  expect.stringMatching(
    new RegExp(`entry ${index}, .*${quoted(member)}.*${quoted(expected)}|entry ${index}, ${quoted(expected)}`),
  ) as unknown;
const quoted = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

describe('sites by operator commands', () => {
  let service: RunningService;
  let city: TestSite;
  let other: TestSite;
  let spa: Record<string, unknown>;

  beforeAll(async () => {
    city = await TestSite.start('city');
    other = await TestSite.start('other');
    spa = city.metadata({ client_id: 'spa', client_secret: undefined, token_endpoint_auth_method: 'none' });
    service = await startService('hubei', { SITES_FILE: registered() });
  });
  afterAll(async () => {
    await service.close();
    await city.close();
    await other.close();
  });

  const registered = () => sitesFile([city.metadata(), other.metadata(), spa]);

  /** What the command says, and the running service after its next look at the database. */
  async function cli(name: string, ...words: string[]): Promise<string[]> {
    const said: string[] = [];
    const command = COMMANDS.find((one) => one.name === name);
    await command?.run(
      service.app,
      words,
      (line) => said.push(line),
      async () => '',
    );
    await service.app.get(Engine).refresh();
    return said;
  }
  /** 400 for a site that has proved itself (the code is none), 401 for one that has not. */
  const proves = async (secret: string, id = 'city'): Promise<number> => {
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: 'none', redirect_uri: 'http://a.cn/' });
    const headers = { authorization: basic(id, secret) };
    return (await fetch(`${service.origin}/oidc/token`, { method: 'POST', body, headers })).status;
  };
  const stateOf = async (id: string) =>
    (await cli('sites list')).find((line) => line.startsWith(`${id}  `))?.split('  ')[1];

  it('list every site with its state and scopes, and show one without its secret', async () => {
    expect(await cli('sites list')).toContain(
      'city  open  city的站点  openid profile phone real_name legal_entity offline_access',
    );
    const shown = (await cli('sites show', 'city')).join('\n');
    for (const told of ['city  open  changed ', 'subjects: public', 'secret: one, rotated 0 times', city.origin]) {
      expect(shown).toContain(told);
    }
    expect(shown).not.toContain(SITE_SECRET);
    expect(await cli('sites show', 'spa')).toContain('secret: none');
    await expect(cli('sites show', 'nobody')).rejects.toThrow('no site nobody is registered');
  });

  describe('apply', () => {
    const wrong = wrongEntries({
      client_id: 'x',
      client_name: '武汉',
      client_secret: SITE_SECRET,
      redirect_uris: CALL,
    });

    it('refuses a file that holds each thing wrong in turn, by index and field, and stores nothing of it', async () => {
      const before = await cli('sites list');
      const sound = [city.metadata({ client_name: '另一个名字' }), other.metadata(), spa];
      const refused = cli('sites apply', sitesFile([...sound, ...wrong.map(({ entry }) => entry)]));
      const { faults } = await refused.then(
        () => ({ faults: [] }),
        (fault: SitesFault) => fault,
      );
      expect(faults).toEqual(wrong.map((one, index) => told(one, index + 3)));
      expect(await cli('sites list')).toEqual(before);
    });

    it('names members that it ignores, and which one was meant', async () => {
      const misspelt = { ...city.metadata(), requird_acr: 'urn:tongxing:level:1' };
      const said = await cli('sites apply', sitesFile([other.metadata(), misspelt, spa]));
      expect(said).toContain('entry 1, requird_acr: not known, so it is ignored; did you mean required_acr?');
      expect(await cli('sites apply', registered())).toHaveLength(1);
    });
  });

  describe('secret rotate', () => {
    let first: string;

    it('shows a new secret once; both count for the overlap of 24 hours, then the old one is refused', async () => {
      const said = await cli('sites secret rotate', 'city');
      first = said[0] as string;
      expect(first).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(said[2]).toMatch(/^the earlier one counts until \d{4}-\d\d-\d\d \d\d:\d\d \(China\)$/);
      expect([await proves(first), await proves(SITE_SECRET), await proves('wrong')]).toEqual([400, 400, 401]);
      expect((await cli('sites show', 'city')).join()).toContain('an earlier one counts until');
      service.clock.advance(24 * HOUR - 1);
      expect([await proves(first), await proves(SITE_SECRET)]).toEqual([400, 400]);
      service.clock.advance(1);
      expect([await proves(first), await proves(SITE_SECRET)]).toEqual([400, 401]);
      expect((await cli('sites show', 'city')).join()).not.toContain('counts until');
      const kept = JSON.stringify(await service.app.get(Database).query('select * from sites'));
      expect([kept.includes(first), kept.includes(SITE_SECRET)]).toEqual([false, false]);
    });

    it('is of that site alone', async () => {
      expect([await proves(first, 'other'), await proves(SITE_SECRET, 'other')]).toEqual([401, 400]);
    });

    it('is not undone by a sites file that still names the old secret', async () => {
      expect(await cli('sites apply', registered())).toContain(
        'city: its secret was rotated away; the newer one stays',
      );
      expect([await proves(first), await proves(SITE_SECRET)]).toEqual([400, 401]);
      const named = sitesFile([city.metadata({ client_secret: first }), other.metadata(), spa]);
      expect(await cli('sites apply', named)).toEqual(['applied; every process sees it within five seconds']);
      expect([await proves(first), await proves(SITE_SECRET)]).toEqual([400, 401]);
    });

    it('twice keeps each secret for its own overlap; with --overlap 0 nothing from before counts', async () => {
      const [second] = (await cli('sites secret rotate', 'city', '--overlap', '48')) as [string];
      const [third] = (await cli('sites secret rotate', '--overlap', '72', 'city')) as [string];
      service.clock.advance(48 * HOUR);
      expect([await proves(first), await proves(second), await proves(third)]).toEqual([401, 400, 400]);
      const [fourth, , told] = (await cli('sites secret rotate', 'city', '--overlap', '0')) as [string, string, string];
      expect(told).toBe('earlier secrets count no more');
      expect([await proves(second), await proves(third), await proves(fourth)]).toEqual([401, 401, 400]);
    });

    it.each([['-1'], ['1.5'], ['721'], ['soon'], ['']])('refuses an overlap of "%s"', async (hours) => {
      const wrong = cli('sites secret rotate', 'city', `--overlap=${hours}`);
      await expect(wrong).rejects.toThrow('--overlap: 0 to 720 hours expected');
    });

    it('refuses a site without a secret, one that is not there, and an option that it does not know', async () => {
      await expect(cli('sites secret rotate', 'spa')).rejects.toThrow('site.no-secret');
      await expect(cli('sites secret rotate', 'nobody')).rejects.toThrow('no site nobody is registered');
      await expect(cli('sites secret rotate', 'other', '--overlaps', '1')).rejects.toThrow('--overlaps');
      expect(await proves(SITE_SECRET, 'other')).toBe(400);
    });
  });

  describe('disable', () => {
    const userinfo = async (token: string) =>
      (await fetch(`${service.origin}/oidc/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status;
    let citizen: Citizen;

    it('ends what a site was given, refuses it everywhere, and tells it nothing more', async () => {
      citizen = new Citizen(service);
      await citizen.hasAccount(await other.loginUrl(service.origin));
      const { tokens } = other.lastLogin;
      expect(await userinfo(tokens.access_token)).toBe(200);
      expect(await cli('sites disable', 'other')).toHaveLength(1);
      expect(await stateOf('other')).toBe('disabled');

      expect([await userinfo(tokens.access_token), await proves(SITE_SECRET, 'other')]).toEqual([401, 401]);
      await expect(other.refresh(other.lastLogin)).rejects.toMatchObject({ error: 'invalid_client' });
      const refused = await citizen.browser.open(await other.loginUrl(service.origin));
      expect([refused.status, refused.codes]).toEqual([400, ['invalid_client']]);
      await cli('accounts disable', citizen.phone);
      service.clock.advance(HOUR);
      expect(other.backChannelTries).toBe(0);
      await expect(cli('sites disable', 'nobody')).rejects.toThrow('no site nobody is registered');
    });

    it('outlasts the sites file; enable opens it, and what it was given before stays ended', async () => {
      expect(await cli('sites apply', registered())).toContain('other: disabled by an operator; it stays so');
      expect(await stateOf('other')).toBe('disabled');
      expect(await proves(SITE_SECRET, 'other')).toBe(401);
      const { tokens } = other.lastLogin;
      await cli('sites enable', 'other');
      expect([await stateOf('other'), await proves(SITE_SECRET, 'other')]).toEqual(['open', 400]);
      expect(await userinfo(tokens.access_token)).toBe(401);
      const next = new Citizen(service);
      await next.hasAccount(await other.loginUrl(service.origin));
      expect(await userinfo(other.lastLogin.tokens.access_token)).toBe(200);
      await expect(cli('sites enable', 'other')).rejects.toThrow('site.open');
    });

    it('by the sites file is another matter: a site that is on it again is open again', async () => {
      await cli('sites apply', sitesFile([city.metadata(), spa]));
      expect(await stateOf('other')).toBe('unlisted');
      await cli('sites apply', registered());
      expect(await stateOf('other')).toBe('open');
    });

    it('leaves a demonstration its own sites, as at boot', async () => {
      expect((await cli('sites list')).filter((line) => /^demo-\S+ {2}open /.test(line)).length).toBeGreaterThan(2);
    });
  });
});

describe('sites check, as a process of its own', () => {
  beforeAll(built, 120_000);

  /** There is no database where it says, and nothing is made. */
  async function check(...words: string[]): Promise<{ code: unknown; output: string }> {
    const folder = join(mkdtempSync(join(tmpdir(), 'tongxing-check-')), 'data');
    const env = { DATA_DIR: folder, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' };
    const run = new Run(process.execPath, ['dist/src/cli/main.js', 'sites', 'check', ...words], env);
    await run.ends();
    expect(existsSync(folder)).toBe(false);
    return { code: run.exitCode, output: run.output };
  }
  const written = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'tongxing-check-')), 'sites.json');
    writeFileSync(file, text);
    return file;
  };
  const sound = {
    client_id: 'wuhan',
    client_name: '武汉站点',
    client_secret: SITE_SECRET,
    redirect_uris: ['http://localhost:8000/callback.php'],
  };

  it('finds a sound file sound, with the mark of order that Windows writes too', async () => {
    const file = written(`\uFEFF${JSON.stringify([sound])}`);
    expect(await check(file)).toEqual({ code: 0, output: 'the file is sound\n' });
  }, 30_000);

  it('tells every fault at once: index, field, what was expected; ours, the engine’s and production’s', async () => {
    const file = written(
      JSON.stringify([
        { ...sound, client_name: '<b>', redirect_uris: ['https://A.cn/'] },
        { ...sound, client_id: 'engine', grant_types: ['implicit'] },
        { ...sound, client_id: 'wuhan' },
        7,
      ]),
    );
    const { code, output } = await check(file, '--production');
    expect(code).toBe(1);
    const lines = output.trim().split('\n');
    expect(lines.slice(1).map((line) => line.split(/[:']/)[0])).toEqual([
      '  - entry 0, client_name',
      '  - entry 0, redirect_uris',
      '  - entry 1, redirect_uris',
      '  - entry 2, redirect_uris',
      '  - entry 2, client_id',
      '  - entry 3, an object of client metadata expected',
    ]);
    expect((await check(file)).output).toContain('entry 1, grant_types');
  }, 30_000);

  it('tells of each thing that is wrong in turn: index, field, what was expected', async () => {
    const wrong = wrongEntries(sound);
    const { code, output } = await check(written(JSON.stringify(wrong.map(({ entry }) => entry))));
    const lines = output.trim().split('\n').slice(1);
    expect([code, lines]).toEqual([1, wrong.map(told)]);
  }, 30_000);

  it('names members that mean nothing here, in a sound file and where they may be why another is not', async () => {
    const { redirect_uris: uris, ...rest } = sound;
    const harmless = await check(written(JSON.stringify([sound, { ...sound, client_id: 'b', client_nmae: '武' }])));
    expect(harmless).toEqual({
      code: 0,
      output: 'entry 1, client_nmae: not known, so it is ignored; did you mean client_name?\nthe file is sound\n',
    });
    const { code, output } = await check(written(JSON.stringify([{ ...rest, redirect_urls: uris }])));
    expect([code, output.split('\n').slice(1)]).toEqual([
      1,
      [
        expect.stringContaining('entry 0, redirect_uris: '),
        '  - entry 0, redirect_urls: not known, so it is ignored; did you mean redirect_uris?',
        '',
      ],
    ]);
  }, 30_000);

  it.each([
    ['[{', 'sites.json: '],
    ['{}', 'a JSON array of client metadata expected'],
  ])('says of a file with %j what it is not', async (text, told) => {
    const { code, output } = await check(written(text));
    expect([code, output.includes(told)]).toEqual([1, true]);
  });

  it('says that a file is not there, and which option it does not know', async () => {
    expect((await check('/nowhere/sites.json')).output).toContain('/nowhere/sites.json: ENOENT');
    const unknown = await check(written('[]'), '--prod');
    expect([unknown.code, unknown.output.includes('--prod')]).toEqual([1, true]);
  });
});
