import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative, sep } from 'node:path';

/** DESIGN 1: what each folder may import of the others. */
const LINE = ['flows', 'oidc', 'identity', 'gateways', 'storage', 'config', 'shared', 'locales'];
const rightOf = (folder: string) => LINE.slice(LINE.indexOf(folder) + 1);
const WEB_AND_BELOW = ['web', 'config', 'shared', 'locales'];

const ALLOWED: Record<string, readonly string[]> = {
  ...Object.fromEntries(LINE.map((folder) => [folder, rightOf(folder)])),
  flows: [...rightOf('flows'), 'web'],
  oidc: [...rightOf('oidc'), 'web'],
  web: ['config', 'shared', 'locales'],
  operations: ['oidc', 'storage', ...WEB_AND_BELOW],
  cli: ['', 'oidc', 'identity', 'gateways', 'storage', 'trial', 'config', 'shared', 'locales'],
  sandbox: ['oidc', 'gateways', 'identity', 'storage', ...WEB_AND_BELOW],
  portal: WEB_AND_BELOW,
  trial: ['locales'],
  assistant: ['sandbox', ...WEB_AND_BELOW],
};
const LARGEST_FILE = 220;

function filesUnder(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) return filesUnder(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

interface Import {
  from: string;
  to: string;
  name: string;
}

function importsOf(root: string): Import[] {
  return filesUnder(root).flatMap((path) => {
    const from = relative(root, path).split(sep).join('/');
    const text = readFileSync(path, 'utf8');
    return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) => {
      const target = name as string;
      const to = target.startsWith('.') ? posix.normalize(posix.join(dirname(from), target)) : '';
      return { from, to, name: target };
    });
  });
}

const folderOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] as string) : '');

/** Stand-ins for parties at the far end of the wire: of ours they have the pages’ frame, what lies below it, and the sandbox’s own tools. */
const OUTSIDE = ['sandbox/app/', 'sandbox/alipay/'];
const isSeenOutside = (to: string): boolean => ['sandbox', ...WEB_AND_BELOW].includes(folderOf(to));

/** Every breach of the rules, in words. */
function breaches(root: string): string[] {
  return importsOf(root).flatMap(({ from, to, name }) => {
    const here = folderOf(from);
    const there = folderOf(to);
    const found: string[] = [];
    const inside = to !== '' && !to.startsWith('..');
    if (inside && here !== '' && here !== there && !ALLOWED[here]?.includes(there)) {
      found.push(`${from} imports ${to}: ${here} may not import ${there || 'the root'}`);
    }
    if (inside && OUTSIDE.some((folder) => from.startsWith(folder)) && !isSeenOutside(to)) {
      found.push(`${from} imports ${to}: what stands outside knows us through HTTP alone`);
    }
    const deed = (path: string) => path.split('/')[1];
    if (inside && here === 'flows' && there === 'flows' && deed(from) !== deed(to)) {
      found.push(`${from} imports ${to}: a deed never imports another deed`);
    }
    if (name === 'oidc-provider' && here !== 'oidc') found.push(`${from} imports oidc-provider: only oidc may`);
    if (/^(oidc-provider|@nestjs\/[^/]+|@alicloud\/[^/]+|typeorm|node-forge|alipay-sdk)\/(lib|dist)/.test(name)) {
      found.push(`${from} imports ${name}: no deep import`);
    }
    if (to.endsWith('.entity.js') && dirname(from) !== dirname(to) && !from.endsWith('.spec.ts')) {
      found.push(`${from} imports ${to}: only its owner touches a table`);
    }
    return found;
  });
}

describe('the architecture (DESIGN 1)', () => {
  const root = join(process.cwd(), 'src');

  it('imports go one way, deeds meet by URL, a table has one owner', () => {
    expect(breaches(root)).toEqual([]);
  });

  it('process.env is read in config, and by programs of their own alone', () => {
    const readers = filesUnder(root)
      .filter((path) => !path.endsWith('.spec.ts') && readFileSync(path, 'utf8').includes('process.env'))
      .map((path) => relative(root, path).split(sep).join('/'));
    expect(readers.filter((path) => !path.startsWith('config/'))).toEqual([
      'assistant/main.ts',
      'cli/main.ts',
      'main.ts',
      'portal/main.ts',
    ]);
  });

  it('identity takes its time from the Clock', () => {
    const clocks = filesUnder(join(root, 'identity')).filter((path) =>
      /new Date\(\)|Date\.now\(\)/.test(readFileSync(path, 'utf8')),
    );
    expect(clocks).toEqual([]);
  });

  it('a transaction is opened in one place, and by what prepares the schema', () => {
    const openers = filesUnder(root).filter((path) => /source\.transaction\(/.test(readFileSync(path, 'utf8')));
    expect(openers.map((path) => relative(root, path).split(sep).join('/'))).toEqual([
      'storage/schema.service.ts',
      'storage/transactions.ts',
    ]);
  });

  it(`no file is over ${LARGEST_FILE} lines, and a constructor has at most six parameters`, () => {
    const large = filesUnder(root).filter((path) => readFileSync(path, 'utf8').split('\n').length > LARGEST_FILE);
    expect(large).toEqual([]);
    const wide = filesUnder(root).filter((path) => {
      const [, parameters = ''] = /constructor\(([^)]*)\)/.exec(readFileSync(path, 'utf8')) ?? [];
      return parameters.split(',').filter((one) => one.includes('readonly')).length > 6;
    });
    expect(wide).toEqual([]);
  });

  it('can fail: a fixture that breaks each rule is found out', () => {
    const fixture = mkdtempSync(join(tmpdir(), 'tongxing-architecture-'));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(fixture, path)), { recursive: true });
      writeFileSync(join(fixture, path), text);
    };
    write('shared/a.ts', `import { b } from '../storage/b.js';`);
    write('flows/login/c.ts', `import { d } from '../registration/d.js';`);
    write('flows/login/e.ts', `import Provider from 'oidc-provider';`);
    write('oidc/f.ts', `import { x } from 'oidc-provider/lib/x.js';`);
    write('identity/codes/g.ts', `import { H } from '../accounts/h.entity.js';`);
    write('sandbox/app/j.ts', `import { Accounts } from '../../identity/accounts/accounts.service.js';`);
    write('portal/i.ts', `import { Accounts } from '../identity/accounts/accounts.service.js';`);
    expect(
      breaches(fixture)
        .map((line) => line.split(': ')[1]?.split(' ').slice(0, 3).join(' '))
        .toSorted(),
    ).toEqual([
      'a deed never',
      'no deep import',
      'only its owner',
      'only oidc may',
      'portal may not',
      'shared may not',
      'what stands outside',
    ]);
    rmSync(fixture, { recursive: true });
  });
});
