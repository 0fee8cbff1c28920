/**
 * `npm start`: embedded PostgreSQL, the service, the two demonstration sites, the certificate assistant, and where to go.
 * `node scripts/start.mjs --service` (`npm run serve`): the service alone.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, watch as watchFiles, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { takenPorts } from './ports.mjs';
import { answerOf, commandOf } from './processes.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const alone = process.argv.includes('--service');
const watch = process.argv.includes('--watch');

const LOCAL = '127.0.0.1';
const READY_TRIES = 600;
/** The exit code that asks `dev.mjs` for another start. */
const AGAIN = 75;
/** What `nest build` copies beside the code. */
const ASSET = /^web.public.|\.(json|txt)$/;
const children = [];
let lock;
let postgres;
let ending = false;

const say = (text) => process.stdout.write(`${text}\n`);

function fail(text) {
  process.stderr.write(`${text}\n`);
  void end(1);
}

/** One run a data directory. A run that was killed leaves only a number that means nobody. */
function claim(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'running.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (pid > 0 && pid !== process.pid && commandOf(pid).includes('start.mjs')) {
    throw new Error(`Already running on ${dataDir}: process ${pid}. End it with: kill ${pid}`);
  }
  writeFileSync(file, String(process.pid));
  lock = file;
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
  if (lock) rmSync(lock, { force: true });
  process.exit(code);
}

/** A process of ours. It ends when we do, killed or not: its channel to us closes; and we end when it does. */
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

async function until(what, child, { host, port }) {
  for (let tries = 0; tries < READY_TRIES && child.exitCode === null; tries += 1) {
    const answer = await answerOf({ host, port, path: '/healthz' });
    if (answer && answer.status < 500) return;
    await sleep(50);
  }
  if (!ending) throw new Error(`${what} did not start`);
}

/** Starts the embedded database where no other is named. */
async function database({ databaseUrl, dataDir }) {
  if (databaseUrl) return {};
  const { startPostgres } = await import('./embedded-postgres.mjs');
  say('· PostgreSQL …');
  postgres = startPostgres(join(dataDir, 'postgres'));
  const server = await postgres;
  void server.exited.then(() => !ending && fail('PostgreSQL has ended.'));
  return { DATABASE_URL: server.url };
}

async function startSite(site, other, { issuer, jurisdiction, port }) {
  say(`· ${site.name['zh-CN']} ${site.name.en} on ${site.port} …`);
  const env = {
    PORT: String(site.port),
    ISSUER: issuer,
    JURISDICTION: jurisdiction,
    CLIENT_ID: site.id,
    OTHER_SITE: other.id,
    SERVICE_PORT: String(port),
  };
  const child = launch(site.id, 'dist/src/portal/main.js', env, say);
  await until(site.id, child, { host: LOCAL, port: site.port });
}

/** The stand-in for a USB key. A demonstration does without it where its port is taken. */
async function startAssistant({ assistants, issuer, jurisdiction, port, dataDir }) {
  const at = assistants.find(({ driver }) => driver === 'tongxing')?.origin;
  if (!at) return;
  const own = Number(new URL(at).port);
  if ((await takenPorts([own])).length > 0) {
    say(`· certificate assistant: port ${own} is taken, so there is none (ASSISTANTS names another one)`);
    return;
  }
  say(`· 证书助手 certificate assistant on ${own} …`);
  const env = {
    PORT: String(port),
    ASSISTANT_PORT: String(own),
    ISSUER: issuer,
    JURISDICTION: jurisdiction,
    DATA_DIR: dataDir,
  };
  const child = launch('the certificate assistant', 'dist/src/assistant/main.js', env);
  await until('the certificate assistant', child, { host: LOCAL, port: own });
}

async function main() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
  // npm that was killed tells nobody: its children are somebody else's then.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void end(0), 1000).unref();
  if (!existsSync('dist/src/main.js')) throw new Error('Nothing is built yet: npm run build, or npm start');
  const { loadConfiguration } = await import('../dist/src/config/configuration.js');
  const { demoSitesOf } = await import('../dist/src/config/demo-sites.js');
  const { env, jurisdiction } = loadConfiguration(process.env);
  // The sites belong to a demonstration; production is the service alone, whatever it was started by.
  const shown = !alone && env.realm === 'demo';
  const sites = shown ? demoSitesOf(jurisdiction, env.port) : [];
  claim(env.dataDir);
  const ours = [env.port, env.opsPort, ...sites.map((site) => site.port)];
  const taken = await takenPorts(ours.filter((port) => port !== undefined));
  if (taken.length > 0) throw new Error(taken.join('\n'));

  const made = await database(env);
  if (ending) return;
  say(`· service on ${env.port} …`);
  const service = launch(
    'the service',
    'dist/src/main.js',
    { ...made, PORT: String(env.port), DATA_DIR: env.dataDir },
    (line) => (!shown || !line.includes('"msg":"listening"')) && say(line),
  );
  const at = { host: env.host ?? LOCAL, port: env.port };
  await until('the service', service, at);
  for (const site of sites) {
    if (ending) return;
    await startSite(
      site,
      sites.find((one) => one !== site),
      env,
    );
  }
  if (ending) return;
  if (shown) await startAssistant(env);
  if (ending) return;
  if (shown) await tell(at, env.issuer);
  if (watch) restartOnChange();
}

/** Where to go, and a first walk, for somebody who has never been here. */
async function tell(at, issuer) {
  const overview = await answerOf({ ...at, path: '/sandbox/overview', name: new URL(issuer).host });
  if (overview?.status === 200) say(overview.body);
}

/** `npm run dev`: builds on change and starts anew. What the compiler does not take is copied. */
function restartOnChange() {
  const args = ['node_modules/.bin/tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'];
  const build = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(build);
  let first = true;
  build.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    if (!/Found 0 errors/.test(String(chunk))) return;
    if (!first) void end(AGAIN);
    first = false;
  });
  watchFiles('src', { recursive: true }, (_event, name) => {
    if (!name || !ASSET.test(name) || !existsSync(join('src', name))) return;
    cpSync(join('src', name), join('dist/src', name));
    void end(AGAIN);
  });
  watchFiles('jurisdictions', (_event, name) => name?.endsWith('.yaml') && void end(AGAIN));
}

main().catch((error) => fail(error.message));
