import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { TRIAL_COMMAND } from '../../src/cli/trial-command.js';
import { machineLanguage } from '../../src/config/machine-language.js';
import { fill } from '../../src/locales/texts.js';
import type { CheckId } from '../../src/trial/check.js';
import { en } from '../../src/trial/en.js';
import { folded, widthOf } from '../../src/trial/folded.js';
import { OPTION_NAMES, optionsOf } from '../../src/trial/options.js';
import { lineOf } from '../../src/trial/report.js';
import type { Report } from '../../src/trial/report.js';
import { Trial } from '../../src/trial/trial.js';
import { makePairs } from '../../src/trial/trial-keys.js';
import type { Pairs } from '../../src/trial/trial-keys.js';
import { wordsIn } from '../../src/trial/words.js';
import { BROKEN } from '../support/broken-portals.js';
import { breaches } from '../support/json-schema.js';
import { answering, broken } from '../support/portal-faults.js';
import { idsOf, siteFor, trialOf } from '../support/portal-trial.js';
import { close, freePort, listen } from '../support/ports.js';
import { Run, built } from '../support/process.js';

const GUIDES = ['docs/connect-a-site.md', 'docs/connect-a-site.zh.md'];
const SCHEMAS = JSON.parse(readFileSync('docs/connect-a-site.schema.json', 'utf8')) as Parameters<typeof breaches>[0];
const NONCE = BROKEN['a nonce that is not compared'];
/** As it was before it was folded; between Chinese letters a fold leaves no space. */
const unfolded = (text: string): string => text.replace(/\n {10}(?=\S)/g, ' ');
const inFolder = (name: string) => join(mkdtempSync(join(tmpdir(), 'tongxing-trial-')), name);

const PHP = process.env['PHP'] ?? 'php';
const pages = (end: string, home: string): string =>
  `--login /login${end} --page ${home} --level-page /apply${end} --logout /logout${end} --backchannel /backchannel-logout${end}`;
const EXAMPLES = [
  {
    name: 'Node',
    isThere: true,
    command: process.execPath,
    args: () => ['examples/node/portal.mjs'],
    words: pages('', '/'),
  },
  {
    name: 'PHP',
    isThere: /\bopenssl\b/.test(spawnSync(PHP, ['-m'], { encoding: 'utf8' }).stdout ?? ''),
    command: PHP,
    args: (port: number) => ['-S', `localhost:${port}`, '-t', 'examples/php'],
    words: pages('.php', '/index.php'),
  },
];

describe('the report of cli sites try', () => {
  let pairs: Pairs;
  beforeAll(async () => {
    built();
    pairs = await makePairs('RS256');
  }, 180_000);

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('needs no database, says at a line what was expected, seen and to be changed, and ends with status 1', async () => {
    const { site, words } = await siteFor(NONCE?.instead);
    const args = ['dist/src/cli/main.js', 'sites', 'try', ...words, '--only', 'wrong-nonce'];
    const run = new Run(process.execPath, args, { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', LC_ALL: 'C' });
    await run.ends();
    await site.close();
    expect(run.exitCode).toBe(1);
    const { done, expected, fix } = en.checks['wrong-nonce'];
    for (const line of [
      `FAIL    wrong-nonce: ${done} → ${expected}\n`,
      '        seen: somebody is logged in; tried: nonce=(other)\n',
      `        fix: ${fix} (docs/connect-a-site.md, section 3)\n`,
      `SKIPPED state: ${en.checks.state.done} → ${en.checks.state.expected} (not among --only)\n`,
      '1 of the checks failed\n',
    ])
      expect(unfolded(run.output)).toContain(line);
  });

  it('ends with status 2 and one plain sentence where nothing could be judged: nobody listens, or an option is wrong', async () => {
    const portal = `http://localhost:${await freePort()}`;
    const port = String(await freePort());
    const tries = async (words: string[], language: string) => {
      const run = new Run(process.execPath, ['dist/src/cli/main.js', 'sites', 'try', ...words], { LC_ALL: language });
      await run.ends();
      return [
        run.exitCode,
        run.output
          .split('\n')
          .filter((line) => !line.includes(port))
          .join(''),
      ];
    };
    const words = [portal, '--port', port, '--wait', '0'];
    const { lines, unreachable } = en;
    const reason = fill(unreachable.ECONNREFUSED, { code: 'ECONNREFUSED' });
    const sentence = fill(lines.noAnswer, { portal, reason });
    const [status, said] = await tries(words, 'C');
    expect([status, said]).toEqual([2, expect.stringContaining(folded(sentence, 0).join(''))]);
    expect(said).not.toContain('PASS');
    expect(await tries(words, 'zh_CN.UTF-8')).toEqual([2, expect.stringContaining('那里没有程序在听')]);
    expect(await tries([portal, '--level', '7'], 'C')).toEqual([2, '--level: a number from 0 to 3 expected']);
  });

  it.each(['ENOTFOUND', 'DEPTH_ZERO_SELF_SIGNED_CERT'])(
    'does not wait for what waiting does not change: %s',
    async (code) => {
      jest
        .spyOn(globalThis, 'fetch')
        .mockRejectedValue(Object.assign(new TypeError('fetch failed'), { cause: { code } }));
      const said: string[] = [];
      const wait = jest.fn(async () => undefined);
      const given = ['https://portal.invalid', '--port', String(await freePort())];
      const run = Trial.run(await optionsOf(given), { say: (line) => said.push(line), wait, pairs });
      await expect(run).rejects.toThrow(new RegExp(`https://portal.invalid does not answer: [^]*\\(${code}\\)`));
      await expect(run).rejects.toMatchObject({ exitCode: 2 });
      expect(wait).not.toHaveBeenCalled();
      expect(said).toHaveLength(2);
    },
  );

  it('says why it waits, and what broke a check off, in words', async () => {
    const { site, words } = await siteFor();
    const given = [...words, '--only', 'login', '--backchannel', `http://localhost:${await freePort()}/`];
    const { fetch: real } = globalThis;
    let isUp = false;
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (...args) => {
      if (isUp) return real(...args);
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    });
    const said: string[] = [];
    const wait = async () => {
      isUp = true;
    };
    const only = 'backchannel-sid';
    const options = await optionsOf([...given, '--only', only, '--wait', '10']);
    const report = await Trial.run(options, { say: (line) => said.push(line), wait, pairs });
    await site.close();
    expect(unfolded(said.join('\n'))).toContain(`${site.origin} does not answer: nothing listens there (ECONNREFUSED)`);
    expect(report.checks.find(({ id }) => id === only)?.seen).toContain('nothing listens there (ECONNREFUSED)');
  });

  it.each([
    ['zh', { LC_ALL: '', LC_MESSAGES: undefined, LANG: 'zh_CN.UTF-8' }],
    ['zh', { LC_ALL: 'zh_TW', LANG: 'C' }],
    ['zh', { LC_MESSAGES: 'zh_CN.GB18030', LANG: 'en_US.UTF-8' }],
    ['en', { LC_ALL: 'C.UTF-8', LANG: 'zh_CN.UTF-8' }],
    ['en', {}],
  ])('speaks %s where the machine has %j', (language, environment) => {
    expect(machineLanguage(environment)).toBe(language === 'zh' ? 'zh-CN' : 'en');
  });

  it('says how it is used, where it is asked or has no address to try', async () => {
    const runs = async (...words: string[]) => {
      const run = new Run(process.execPath, ['dist/src/cli/main.js', 'sites', 'try', ...words], { LC_ALL: 'C' });
      await run.ends();
      return [run.exitCode, run.output];
    };
    expect(await runs()).toEqual([2, `${en.help}\n`]);
    expect(await runs('--help')).toEqual([0, `${en.help}\n`]);
    for (const { help } of [en, wordsIn('zh-CN')]) {
      expect(help.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
      for (const [, name = ''] of help.matchAll(/--([a-z-]+) \//g)) expect(OPTION_NAMES).toContain(name);
    }
  });

  it.each(['en', 'zh-CN'] as const)('fits 80 columns, and loses nothing by it (%s)', (language) => {
    const words = wordsIn(language);
    const said = {
      seen: fill(words.seen.crash, { page: '200 https://portal.example/callback', tried: 'x' }),
      why: 'x',
    };
    const lines = Object.entries(words.checks).flatMap(([id, texts]) =>
      (['passed', 'failed', 'skipped'] as const).flatMap((result) =>
        lineOf({ id: id as CheckId, result, guide: 3, ...texts, ...said }, words),
      ),
    );
    for (const line of lines) {
      const parts = folded(line, 10);
      expect(parts.filter((one) => widthOf(one) > 80)).toEqual([]);
      expect(parts.slice(1).filter((one) => /^ {10}[，。、；：）]|^ {0,9}\S/.test(one))).toEqual([]);
      expect(parts.join('').replace(/\s/g, '')).toBe(line.replace(/\s/g, ''));
    }
    expect(folded(`see ${'https://portal.example/'.repeat(5)} there`, 2)).toHaveLength(3);
  });

  it('is JSON for the operator, in Chinese too: who, when, every line, what the portal sent, and no secret', async () => {
    const { site, words } = await siteFor();
    const json = inFolder('report.json');
    const said: string[] = [];
    const all = [...words, '--json', json, '--lang', 'zh', '--only', 'wrong-nonce,logout-return'];
    await TRIAL_COMMAND.run(
      undefined as never,
      all,
      (line) => void said.push(line),
      async () => '',
    );
    await site.close();
    const text = readFileSync(json, 'utf8');
    const report = JSON.parse(text) as Report;
    expect(breaches({ ...SCHEMAS, $ref: '#/$defs/trial-report' }, report)).toEqual([]);
    expect(report).toMatchObject({
      portal: site.origin,
      summary: { failed: 0 },
      observed: {
        client_id: ['demo-wuhan'],
        redirect_uri: [`${site.origin}/callback`],
        scope: ['openid profile', 'openid profile real_name phone'],
        token_endpoint_auth_method: ['client_secret_post'],
        post_logout_redirect_uri: [`${site.origin}/signed-out`],
        backchannel_logout_uri: [`${site.origin}/backchannel-logout`],
      },
    });
    expect(report.checks.map(({ id }) => id).toSorted()).toEqual(Object.keys(en.checks).toSorted());
    for (const secret of ['a-secret', 'eyJ', 'code=']) expect(text).not.toContain(secret);
    expect(said.join('\n')).toContain('通过　 wrong-nonce: ID 令牌的 `nonce` 是另一个，或没有 → 没有人登录');
    expect(said.at(-1)).toBe(`报告写在 ${json}。`);
  });

  for (const { name, isThere, command, args, words } of EXAMPLES) {
    const test = isThere || process.env['REQUIRE_ALL'] === '1' ? it : it.skip;
    test(`finds no fault in the example in ${name}, the wait for a new key aside`, async () => {
      const [port, issuerPort] = [await freePort(), await freePort()];
      const origin = `http://localhost:${port}`;
      const only = Object.keys(en.checks).filter((id) => id !== 'rotated-key');
      const given = [origin, ...words.split(' '), '--port', `${issuerPort}`, '--only', only.join(',')];
      let run: Run | undefined;
      // the example in Node reads the metadata when it starts: once the tester listens
      const start = () => {
        const [ISSUER, STATE] = [`http://localhost:${issuerPort}`, inFolder('')];
        run ??= new Run(command, args(port), { ISSUER, STATE, ORIGIN: origin, PORT: `${port}` });
      };
      const means = { say: start, wait: async () => sleep(100), pairs };
      const report = await Trial.run(await optionsOf(given), means).finally(() => run?.signalGroup('SIGKILL'));
      const failed = report.checks.filter(({ result }) => result === 'failed');
      expect(failed.map(({ id, seen }) => [id, seen])).toEqual([]);
      expect(report.summary.passed).toBeGreaterThan(40);
    });
  }

  it('has every text in both languages, with the same values in it', () => {
    const shape = (text: string) => [...text.matchAll(/\{\w+\}|`[^`]+`/g)].map(([one]) => one).toSorted();
    const zh = wordsIn('zh-CN');
    for (const part of ['lines', 'seen', 'skipped'] as const)
      for (const [name, text] of Object.entries(en[part]))
        expect([name, shape((zh[part] as Record<string, string>)[name] ?? '')]).toEqual([name, shape(text)]);
    expect(Object.keys(zh.checks).toSorted()).toEqual(Object.keys(en.checks).toSorted());
    for (const { done, expected, fix } of Object.values(zh.checks))
      for (const text of [done, expected, fix]) expect(text).not.toMatch(/[\u4e00-\u9fff][,;:?(]|账号|你/);
  });

  it('calls no other host than the portal’s, however it is sent there', async () => {
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((done) => {
      elsewhere.listen(0, done);
    });
    const to = `http://localhost:${(elsewhere.address() as AddressInfo).port}/metadata`;
    const { report } = await trialOf(pairs, broken([], answering(/^\/login/, 302, '', { location: to })).instead);
    expect(idsOf(report)).toEqual(['login']);
    expect(report.checks.find(({ id }) => id === 'login')?.seen).toContain(`elsewhere ${to}`);
    expect(asked).toEqual([]);
    elsewhere.closeAllConnections();
    await new Promise((done) => {
      elsewhere.close(done);
    });
  });

  it('says so when its port is taken', async () => {
    const taken = await listen(0, '127.0.0.1');
    const { port } = taken.address() as AddressInfo;
    const words = ['http://localhost:1', '--port', String(port)];
    const run = TRIAL_COMMAND.run(
      undefined as never,
      words,
      () => undefined,
      async () => '',
    );
    await expect(run).rejects.toThrow(`--port: ${port} cannot be listened on`);
    await close(taken);
  });

  it.each([
    ['no address', [''], 'the portal: an http or https address expected'],
    ['an address of another kind', ['ftp://a.cn'], 'the portal: an http or https address expected'],
    ['options that npm has kept to itself', ['http://a.cn', '/login', '/'], '/login: one address is expected'],
    ['a level that there is not', ['http://a.cn', '--level', '4'], '--level: a number from 0 to 3 expected'],
    ['a port that is none', ['http://a.cn', '--port', '-1'], /--port/],
    ['another algorithm', ['http://a.cn', '--alg', 'HS256'], '--alg: one of RS256, ES256 expected'],
    ['a language that there is not', ['http://a.cn', '--lang', 'fr'], '--lang: one of zh, en expected'],
    ['a kind that there is not', ['http://a.cn', '--kind', 'robot'], '--kind: one of person, entity expected'],
    ['an option that there is not', ['http://a.cn', '--nonce', 'x'], /--nonce/],
    ['a line that there is not', ['http://a.cn', '--only', 'login,nonsense'], '--only: nonsense: no such line'],
  ])('is not begun with %s', async (_what, words, told) => {
    await expect(optionsOf(words)).rejects.toThrow(told);
  });

  it('takes its options from a file as well; the command line wins', async () => {
    const file = inFolder('trial.json');
    writeFileSync(file, JSON.stringify({ login: '/sso', level: 2, also: ['https://sso.a.cn/x'], 'page-shows': 'Bye' }));
    const options = await optionsOf(['https://a.cn/my', '--settings', file, '--level', '1']);
    expect(options).toMatchObject({
      portal: 'https://a.cn',
      login: new URL('https://a.cn/sso'),
      page: new URL('https://a.cn/my'),
      level: 1,
      also: ['https://sso.a.cn'],
      pageShows: 'Bye',
    });
    writeFileSync(file, JSON.stringify({ password: 'x' }));
    await expect(optionsOf(['https://a.cn', '--settings', file])).rejects.toThrow('password: no such option');
  });

  it.each(GUIDES)('%s names every option', (guide) => {
    const text = readFileSync(guide, 'utf8');
    for (const name of OPTION_NAMES) expect(text).toContain(`\`--${name}\``);
  });
});
