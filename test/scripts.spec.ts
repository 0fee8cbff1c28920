import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built } from './support/process.js';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'tongxing-scripts-'));
  folders.push(made);
  return made;
};
afterAll(() => folders.forEach((one) => rmSync(one, { recursive: true, force: true })));

describe('making a clone ready', () => {
  const clone = folder();
  const LONG_AGO = new Date('2020-01-01');
  const at = (...path: string[]) => join(clone, ...path);
  const program = (name: string, does: string) => {
    writeFileSync(at('bin', name), `#!/bin/sh\necho "${name} $1" >> ${at('calls')}\n${does}\n`);
    chmodSync(at('bin', name), 0o755);
  };
  const touch = (path: string) => utimesSync(at(path), new Date(Date.now() + 5000), new Date(Date.now() + 5000));

  /** What was called, and what was said. */
  function prepared(...args: string[]) {
    rmSync(at('calls'), { force: true });
    const { status, stdout } = spawnSync(process.execPath, [at('scripts', 'prepare.mjs'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${at('bin')}:${process.env['PATH']}` },
    });
    const calls = existsSync(at('calls')) ? readFileSync(at('calls'), 'utf8').trim().split('\n') : [];
    return { calls, said: stdout, status };
  }

  beforeAll(() => {
    for (const name of ['scripts', 'bin', 'src', 'migrations']) mkdirSync(at(name));
    cpSync('scripts/prepare.mjs', at('scripts', 'prepare.mjs'));
    for (const name of ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json', 'src/a.ts']) {
      writeFileSync(at(name), '');
      utimesSync(at(name), LONG_AGO, LONG_AGO);
    }
    program('npm', 'mkdir -p node_modules && touch node_modules/.package-lock.json');
    program('nest', 'mkdir -p dist');
  });

  it('installs and builds the first time, and says so; the second time it does nothing', () => {
    const first = prepared();
    expect(first.calls).toEqual(['npm ci', 'nest build']);
    expect(first.said).toMatch(/installing packages .*\n[^]*building/);
    expect(prepared()).toEqual({ calls: [], said: '', status: 0 });
  });

  it('builds when a source is newer, and not when only packages are asked for', () => {
    touch('src/a.ts');
    expect(prepared('--no-build').calls).toEqual([]);
    expect(prepared().calls).toEqual(['nest build']);
  });

  it('installs when the lock file is newer', () => {
    touch('package-lock.json');
    expect(prepared('--no-build').calls).toEqual(['npm ci']);
  });

  it('every package has its exact version', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, one]) => !/^\d[\w.-]*$/.test(one));
    expect(loose).toEqual([]);
  });

  it('npm knows of each package whether its install script may run: newer ones run none that nobody has judged', () => {
    const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>;
    const packages = Object.entries(read('package-lock.json')['packages'] as Record<string, Record<string, unknown>>);
    const names = packages
      .filter(([, one]) => one['hasInstallScript'])
      .map(([path]) => path.split('node_modules/').at(-1));
    expect(Object.keys(read('package.json')['allowScripts'] as object).toSorted()).toEqual(names.toSorted());
  });

  it('a failed build fails, and is tried again', () => {
    touch('src/a.ts');
    program('nest', 'exit 3');
    expect(prepared('--no-build').status).toBe(0);
    expect(prepared().status).toBe(3);
    program('nest', 'mkdir -p dist');
    expect(prepared().calls).toContain('nest build');
  });
});

describe('on an older Node', () => {
  const OLDER = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'22.1.0'}})`;

  beforeAll(built, 120_000);

  it.each(['main', 'cli/main', 'portal/main'])('%s says what is needed, and nothing else', (program) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', OLDER, `dist/src/${program}.js`], {
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: 'Node 24 or newer is needed, this is 22.1.0: use the npm scripts, which bring it along\n',
    });
  });
});
