/**
 * `npm start`: embedded PostgreSQL, the service, the two demonstration sites, and where to go.
 * `node scripts/start.mjs --service` (`npm run serve`): the service alone.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { takenPorts } from './ports.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const alone = process.argv.includes('--service');
const watch = process.argv.includes('--watch');

const port = Number(process.env.PORT ?? 3000);
const jurisdiction = process.env.JURISDICTION ?? 'hubei';
const dataDir = resolve(process.env.DATA_DIR ?? `.data/${jurisdiction}`);
const issuer = (process.env.ISSUER ?? `http://localhost:${port}`).replace(/\/$/, '');
const lock = join(dataDir, 'running.pid');
const children = [];
let postgres;
let ending = false;

const say = (text) => process.stdout.write(`${text}\n`);

function fail(text) {
  process.stderr.write(`${text}\n`);
  void end(1);
}

const isOurs = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.mjs');
  } catch {
    return false;
  }
};

/** One run a data directory. A run that was killed leaves only a number that means nobody. */
function claim() {
  mkdirSync(dataDir, { recursive: true });
  const pid = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (pid > 0 && pid !== process.pid && isOurs(pid)) {
    process.stderr.write(`Already running on ${dataDir}: process ${pid}. End it with: kill ${pid}\n`);
    process.exit(1);
  }
  writeFileSync(lock, String(process.pid));
}

/** Ends everything, in order: sites and service first, then the database. A second signal changes nothing. */
async function end(code) {
  if (ending) return;
  ending = true;
  await Promise.all(
    children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const gone = new Promise((done) => child.once('exit', done));
      await Promise.race([gone, sleep(5000).then(() => child.kill('SIGKILL'))]);
    }),
  );
  // It may still be starting: then it is waited for, or it would outlive us.
  await postgres?.then((server) => server.stop()).catch(() => undefined);
  rmSync(lock, { force: true });
  process.exit(code);
}

/** A process of ours. It ends when we do, killed or not: its channel to us closes. */
function launch(name, script, env, onLine) {
  const child = spawn(process.execPath, ['--enable-source-maps', script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true,
  });
  children.push(child);
  let rest = '';
  child.stdout.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) onLine?.(line);
  });
  child.once('exit', (code) => {
    if (!ending) fail(`${name} has ended (${code ?? 'killed'}).`);
  });
  return child;
}

async function until(what, url, child) {
  for (let tries = 0; tries < 600 && child.exitCode === null; tries += 1) {
    const answer = await fetch(url, { redirect: 'manual' }).catch(() => undefined);
    if (answer && answer.status < 500) return;
    await sleep(50);
  }
  if (!ending) throw new Error(`${what} did not start`);
}

async function overview(sites) {
  const accounts = await fetch(`http://localhost:${port}/sandbox/accounts`).then((answer) =>
    answer.ok ? answer.json() : [],
  );
  const people = await fetch(`http://localhost:${port}/sandbox/people`).then((answer) =>
    answer.ok ? answer.json() : [],
  );
  const state = { unverified: '未实名 not verified', verified: '已实名 verified', disabled: '已停用 disabled' };
  say('');
  say(`  通行 Tongxing · ${issuer}`);
  say('');
  for (const site of sites) say(`  ${site.name['zh-CN']}  ${site.origin}`);
  say(`  沙盒 sandbox (短信 messages, 人员 people)  ${issuer}/sandbox`);
  say('');
  say('  可以直接登录的帐号 accounts ready to log in with:');
  for (const one of accounts) say(`    ${one.phone}  ${one.password}  ${state[one.state]}`);
  say('  可以用来实名认证的人 people to verify as (fictional):');
  for (const one of people) say(`    ${one.name}  ${one.idNumber}`);
  say('');
  say('  注册时任意填写 138 开头的手机号，短信验证码在沙盒里看。Ctrl-C 结束。');
  say('  Register with any number like 13800000000; codes appear in the sandbox. Ctrl-C ends everything.');
}

async function main() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
  claim();
  // npm that was killed tells nobody: its children are somebody else's then.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void end(0), 1000).unref();
  const { demoSitesOf } = await import('../dist/src/config/demo-sites.js');
  const { loadJurisdiction } = await import('../dist/src/config/jurisdiction.js');
  const sites = alone ? [] : demoSitesOf(loadJurisdiction(jurisdiction, 'demo'), port);
  const taken = await takenPorts([port, ...sites.map((site) => site.port)]);
  if (taken.length > 0) return fail(taken.join('\n'));

  const env = { PORT: String(port), DATA_DIR: dataDir };
  if (!process.env.DATABASE_URL && process.env.NODE_ENV !== 'production') {
    const { startPostgres } = await import('./embedded-postgres.mjs');
    say('· PostgreSQL …');
    postgres = startPostgres(join(dataDir, 'postgres'));
    const server = await postgres;
    if (ending) return;
    env.DATABASE_URL = server.url;
    void server.exited.then(() => !ending && fail('PostgreSQL has ended.'));
  }
  say(`· service on ${port} …`);
  const service = launch(
    'the service',
    'dist/src/main.js',
    env,
    (line) => (alone || !line.includes('"msg":"listening"')) && say(line),
  );
  await until('the service', `http://127.0.0.1:${port}/healthz`, service);
  for (const site of sites) {
    if (ending) return;
    const other = sites.find((one) => one !== site);
    const child = launch(
      site.id,
      'dist/src/portal/main.js',
      {
        PORT: String(site.port),
        ISSUER: issuer,
        JURISDICTION: jurisdiction,
        CLIENT_ID: site.id,
        OTHER_SITE: other.id,
        SERVICE_PORT: String(port),
      },
      say,
    );
    await until(site.id, `${site.origin}/healthz`, child);
  }
  if (ending) return;
  if (!alone) await overview(sites);
  if (watch) await restartOnChange();
}

/** `npm run dev`: builds on change and starts anew. */
async function restartOnChange() {
  const build = spawn(
    process.execPath,
    ['node_modules/.bin/tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(build);
  let first = true;
  build.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    if (!/Found 0 errors/.test(String(chunk))) return;
    if (!first) void end(75);
    first = false;
  });
}

main().catch((error) => fail(error.message));
