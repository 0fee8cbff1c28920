/**
 * Makes a clone ready: installs when node_modules is missing or older than the lock file, builds when sources are newer.
 * Runs on whatever Node runs npm (20 or newer), so it stays plain. `--no-build` installs only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

const OLDEST_NODE = 20;
const BUILT = 'dist/.built';
const SOURCES = ['src', 'migrations', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'];

const say = (text) => process.stdout.write(`${text}\n`);
const timeOf = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function newest(path) {
  const at = statSync(path);
  if (!at.isDirectory()) return at.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), at.mtimeMs);
}

function run(label, command, args) {
  say(`· ${label} …`);
  const begun = Date.now();
  const path = `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
  const done = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: path },
  });
  if (done.status !== 0) {
    process.stderr.write(`${label} failed: ${command} ${args.join(' ')}\n`);
    process.exit(done.status ?? 1);
  }
  say(`  done in ${Math.round((Date.now() - begun) / 1000)} s`);
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  process.stderr.write(`Node ${OLDEST_NODE} or newer is needed to begin with; this is ${process.version}.\n`);
  process.exit(1);
}

if (timeOf('node_modules/.package-lock.json') < timeOf('package-lock.json')) {
  run('installing packages (npm ci; a minute or two the first time)', 'npm', [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
}

if (!process.argv.includes('--no-build') && timeOf(BUILT) < Math.max(...SOURCES.map(newest))) {
  rmSync('dist', { recursive: true, force: true });
  run('building', 'nest', ['build']);
  writeFileSync(BUILT, '');
}
