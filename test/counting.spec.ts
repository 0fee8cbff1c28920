import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'tongxing-scripts-'));
  folders.push(made);
  return made;
};
afterAll(() => folders.forEach((one) => rmSync(one, { recursive: true, force: true })));

describe('npm test', () => {
  /** The real script on test files of our own: its last line and its exit code. */
  function testing(files: Record<string, string>, env: NodeJS.ProcessEnv = {}) {
    const rootDir = folder();
    for (const [name, text] of Object.entries(files)) writeFileSync(join(rootDir, `${name}.spec.mjs`), text);
    const config = JSON.stringify({
      rootDir,
      testMatch: ['**/*.spec.mjs'],
      moduleFileExtensions: ['mjs', 'js'],
      runtime: resolve('test/support/jest/runtime.cjs'),
      testEnvironment: resolve('test/support/jest/environment.cjs'),
    });
    const { status, stdout } = spawnSync(process.execPath, ['scripts/test.mjs', '--config', config], {
      encoding: 'utf8',
      env: { ...process.env, REQUIRE_ALL: '', ...env },
    });
    return { last: stdout.trimEnd().split('\n').at(-1), failed: status !== 0 };
  }
  const PASSING = `it('is so', () => {}); it('is so too', () => {});`;
  const SKIPPING = `it('is so', () => {}); it.skip('was not looked at', () => {});`;

  it('says how many passed', () => {
    expect(testing({ passing: PASSING })).toEqual({ last: '2 passed, 0 failed', failed: false });
  });

  it('counts a failed test, a file that cannot be loaded, and one that fails outside its tests', () => {
    const files = {
      passing: PASSING,
      failing: `it('is so', () => {}); it('is not so', () => { throw new Error('no'); });`,
      unloadable: `import './nowhere.mjs'; it('is never reached', () => {});`,
      untidy: `it('is so', () => {}); afterAll(() => { throw new Error('no'); });`,
    };
    expect(testing(files)).toEqual({ last: '4 passed, 3 failed', failed: true });
  });

  it('takes nothing at all for a failure', () => {
    expect(testing({})).toEqual({ last: '0 passed, 1 failed', failed: true });
  });

  it('counts a skip as a failure where everything is required, and only there', () => {
    expect(testing({ skipping: SKIPPING })).toEqual({ last: '1 passed, 0 failed', failed: false });
    expect(testing({ skipping: SKIPPING }, { REQUIRE_ALL: '1' })).toEqual({ last: '1 passed, 1 failed', failed: true });
  });
});

describe('.ci/run', () => {
  const clone = folder();
  const at = (...path: string[]) => join(clone, ...path);
  const program = (name: string, does: string) => {
    writeFileSync(at('bin', name), `#!/bin/sh\necho "${name} $* ($REQUIRE_ALL)" >> ${at('calls')}\n${does}\n`);
    chmodSync(at('bin', name), 0o755);
  };
  /** On a machine that has nothing but what stands in `bin`. */
  function run() {
    rmSync(at('calls'), { force: true });
    const { status, stdout } = spawnSync(at('.ci', 'run'), [], { encoding: 'utf8', env: { PATH: at('bin') } });
    const calls = readFileSync(at('calls'), 'utf8').trim().split('\n');
    return { calls, last: stdout.trimEnd().split('\n').at(-1), status };
  }

  beforeAll(() => {
    for (const name of ['.ci', 'bin']) mkdirSync(at(name));
    cpSync('.ci/run', at('.ci', 'run'));
    for (const name of ['bash', 'dirname', 'tail', 'sleep']) {
      symlinkSync(spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim(), at('bin', name));
    }
    program('apt-get', '');
    program('node', '');
    program('npm', `case "$1" in test) echo '7 passed, 0 failed';; esac`);
  });

  it('is a bash script that can be run; on a bare machine it installs, then checks, then tests, with everything required', () => {
    expect(readFileSync('.ci/run', 'utf8')).toMatch(/^#!\/usr\/bin\/env bash\n/);
    expect(statSync('.ci/run').mode & 0o111).toBe(0o111);
    const { calls, last, status } = run();
    expect(calls[0]).toMatch(/^apt-get update/);
    expect(calls[1]).toMatch(/^apt-get install .*redis-server chromium/);
    expect([calls[2], calls.slice(3, 5).toSorted(), ...calls.slice(5)]).toEqual([
      'node scripts/prepare.mjs --no-build (1)',
      ['node scripts/prepare.mjs (1)', 'npm run --silent check (1)'],
      'npm test --silent (1)',
    ]);
    expect([last, status]).toEqual(['7 passed, 0 failed', 0]);
  });

  const CHECK_FAILS = `case "$*" in *check) exit 1;; esac`;
  const SLOW_BUILD = `case "$*" in *--no-build) ;; *) sleep 0.5; echo built;; esac`;
  const BUILD_FAILS = `case "$*" in *--no-build) ;; *) sleep 0.5; echo broken; exit 1;; esac`;
  it.each<[what: string, programs: Record<string, string>, said: string]>([
    ['nothing can be installed', { 'apt-get': 'exit 100' }, '0 passed, 1 failed'],
    ['the packages cannot be installed', { node: 'exit 1' }, '0 passed, 1 failed'],
    ['the check fails', { npm: CHECK_FAILS }, '0 passed, 1 failed'],
    ['the check fails before the build has ended', { npm: CHECK_FAILS, node: SLOW_BUILD }, '0 passed, 1 failed'],
    ['the build fails', { node: BUILD_FAILS }, '0 passed, 1 failed'],
    ['a test fails', { npm: `case "$1" in test) echo '6 passed, 1 failed'; exit 1;; esac` }, '6 passed, 1 failed'],
  ])('when %s, it fails, and the last line is one of counts', (_what, programs, said) => {
    const before = Object.keys(programs).map((name) => [name, readFileSync(at('bin', name), 'utf8')] as const);
    for (const [name, does] of Object.entries(programs)) program(name, does);
    const { last, status } = run();
    for (const [name, text] of before) writeFileSync(at('bin', name), text);
    expect([last, status]).toEqual([said, 1]);
  });
});
