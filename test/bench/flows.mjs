/**
 * `npm run bench -- flows`: our service beside the bare engine, in one run, interleaved; medians of the rounds. Figures are ratios
 * to the engine, since machines are noisy. `ROUNDS=5 SECONDS=4 npm run bench -- flows`.
 */
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { pem } from '../../dist/src/sandbox/authorities/issuing.js';
import { COMPANY, hierarchy, listed } from './authority.mjs';
import {
  bindCertificate,
  certificateLogin,
  discovery,
  hop,
  login,
  page,
  refresh,
  register,
  reset,
  userinfo,
} from './client.mjs';
import { fileServer } from './files.mjs';
import { cpuOf, median, pssOf } from './cpu.mjs';
import { Processes } from './processes.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const SECONDS = Number(process.env.SECONDS ?? 3);
const AT_ONCE = 8;
const SITES = 152;
const SECRET = 'a-secret-of-the-benchmark-a-secret-of-the-benchmark';
const KEPT_FAILURES = 100_000;
const OPERATOR = { identifier: '13900000006', password: 'Tongxing-demo-9' };
const PERSON = { identifier: '13900000002', password: 'Tongxing-demo-2' };
const say = (line) => process.stdout.write(`${line}\n`);

const sites = Array.from({ length: SITES }, (_, at) => ({
  id: `bench-${at}`,
  secret: SECRET,
  redirect: `http://127.0.0.1:9/${at}`,
}));
const registrations = (ours) =>
  sites.map(({ id, secret, redirect }) => ({
    client_id: id,
    client_secret: secret,
    redirect_uris: [redirect],
    grant_types: ['authorization_code', 'refresh_token'],
    ...(ours ? { client_name: id, require_pkce: false } : {}),
  }));

const processes = new Processes();
const { directory } = processes;

/** Runs one flow with eight at once for some seconds. */
async function measure(target, flow, seconds = SECONDS) {
  const times = [];
  let errors = 0;
  let said;
  const cpu = cpuOf(target.roots);
  const begun = performance.now();
  const end = begun + seconds * 1000;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, worker) => {
      while (performance.now() < end) {
        const at = performance.now();
        try {
          await flow(worker);
          times.push(performance.now() - at);
        } catch (error) {
          errors += 1;
          said ??= error.message;
        }
      }
    }),
  );
  if (said) process.stderr.write(`${target.name}: ${said}\n`);
  const wall = (performance.now() - begun) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  return {
    ops: times.length / wall,
    cpu: (cpuOf(target.roots) - cpu) / Math.max(1, times.length),
    p50: sorted[Math.floor(times.length / 2)] ?? 0,
    p95: sorted[Math.floor(times.length * 0.95)] ?? 0,
    errors,
  };
}

async function prepare(target) {
  target.sessions = await Promise.all(
    Array.from({ length: AT_ONCE }, async () => login(target.origin, sites[0], PERSON)),
  );
  target.full = await Promise.all(Array.from({ length: AT_ONCE }, async () => login(target.origin, sites[0], PERSON)));
  for (const jar of target.full) for (const site of sites) await hop(target.origin, jar, site);
  target.tokens = await Promise.all(target.sessions.map(async (jar) => hop(target.origin, jar, sites[0])));
}

const FLOWS = {
  'hop, 1 site': (target) => async (worker) => hop(target.origin, target.sessions[worker], sites[0]),
  'hop, 152 sites': (target) => async (worker) => hop(target.origin, target.full[worker], sites[1 + (worker % 100)]),
  'password login': (target) => async () => login(target.origin, sites[0], PERSON),
  userinfo: (target) => async (worker) => userinfo(target.origin, target.tokens[worker].access_token),
  refresh: (target) => async (worker) => refresh(target.origin, sites[0], target.tokens[worker].refresh_token),
  discovery: (target) => async () => discovery(target.origin),
};

const FIRST_NEWCOMER = 13_000_000_000;
let newcomer = FIRST_NEWCOMER;
const PASSWORD = 'Changjiang-1954';

/** Bound certificates by algorithm: PEM, and what signs. */
const holders = new Map();
const byCertificate = (algorithm) => (target) => async () =>
  certificateLogin(target.origin, sites[0], holders.get(algorithm));

/** What the engine has no counterpart of. */
const OWN_FLOWS = {
  'certificate login, RSA-2048': byCertificate('rsa'),
  'certificate login, P-256': byCertificate('p256'),
  'certificate login, SM2': byCertificate('sm2'),
  'registration, whole': (target) => async () => register(target.origin, sites[0], String((newcomer += 1)), PASSWORD),
  'reset, whole': (target) => {
    let turn = 0;
    const registered = () => FIRST_NEWCOMER + 1 + (turn++ % (newcomer - FIRST_NEWCOMER));
    return async () => reset(target.origin, sites[0], String(registered()), PASSWORD);
  },
  'user centre, overview': (target) => async (worker) => page(target.origin, target.sessions[worker], '/account'),
  'console, failures of a site': (target) => async () =>
    page(target.origin, target.operator, `/console/sites/${sites[0].id}/failures`),
};

/** A week of failures, all of one site. */
async function keepFailures(databaseUrl) {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query(
    `insert into site_failures (key, error_id, client_id, endpoint, error, cause, various, count, first_at, last_at)
     select md5(n::text), left(md5(n::text), 8), $1, 'authorize', 'invalid_request', 'missing', false, 1, now(),
       now() - n * interval '6 seconds' from generate_series(1, $2::integer) n`,
    [sites[0].id, KEPT_FAILURES],
  );
  await database.query('analyze site_failures');
  await database.end();
}

/** Hops of eight while eight log in all the time: the share of the undisturbed rate that gets through. */
async function storm(target) {
  const calm = new AbortController();
  const logins = Array.from({ length: AT_ONCE }, async () => {
    while (!calm.signal.aborted) await login(target.origin, sites[0], PERSON).catch(() => undefined);
  });
  const result = await measure(target, FLOWS['hop, 1 site'](target));
  calm.abort();
  await Promise.all(logins);
  return result;
}

/** What one pass of a flow asks of PostgreSQL and Redis: a count, not a time, on a quiet service. */
async function asked(target, flow, database, cache) {
  const TIMES = 20;
  const read = async () => ({
    queries: Number(
      (await database.query('select coalesce(sum(calls), 0) as calls from pg_stat_statements')).rows[0].calls,
    ),
    commands: cache ? commandsOf(await cache.info('commandstats')) : 0,
    ...(cache ? bytesOf(await cache.info('stats')) : { received: 0, sent: 0 }),
  });
  await database.query('select pg_stat_statements_reset()');
  const before = await read();
  for (let at = 0; at < TIMES; at += 1) await flow(target)(0);
  const after = await read();
  const each = (member, own = 0) => (after[member] - before[member] - own) / TIMES;
  return { queries: each('queries', 1), commands: each('commands', 2), received: each('received'), sent: each('sent') };
}

const commandsOf = (info) => [...info.matchAll(/calls=(\d+)/g)].reduce((sum, [, calls]) => sum + Number(calls), 0);
const bytesOf = (info) => ({
  received: Number(/total_net_input_bytes:(\d+)/.exec(info)[1]),
  sent: Number(/total_net_output_bytes:(\d+)/.exec(info)[1]),
});

async function main() {
  const redis = await processes.redis();
  const postgres = await processes.postgres();
  const sitesFile = join(directory, 'sites.json');
  writeFileSync(sitesFile, JSON.stringify(registrations(true)));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const engineEnv = {
    JWKS: JSON.stringify({
      keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }],
    }),
    CLIENTS_FILE: join(directory, 'clients.json'),
  };
  writeFileSync(engineEnv.CLIENTS_FILE, JSON.stringify(registrations(false)));
  const made = new Map(['rsa', 'p256', 'sm2'].map((algorithm) => [algorithm, hierarchy(algorithm)]));
  const server = await fileServer();
  const { files, entries } = listed(made, server.origin);
  server.serve(files);
  const authoritiesFile = join(directory, 'authorities.json');
  writeFileSync(authoritiesFile, JSON.stringify(entries));
  const oursEnv = {
    AUTHORITIES_FILE: authoritiesFile,
    DATABASE_URL: postgres.url,
    DATA_DIR: directory,
    SITES_FILE: sitesFile,
    LIMITS: 'off',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'development',
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };
  (await processes.launch('first boot', 'dist/src/main.js', oursEnv)).child.kill('SIGTERM');
  const ours = await processes.launch('tongxing', 'dist/src/main.js', oursEnv);
  ours.roots = [ours.child.pid, postgres.pid, ...(redis ? [redis.pid] : [])];
  for (const [algorithm, { leaf, key }] of made) {
    holders.set(algorithm, { certificate: pem(leaf()), sign: (text) => key.sign(text) });
    await bindCertificate(ours.origin, sites[0], holders.get(algorithm), COMPANY.password);
  }
  await keepFailures(postgres.url);
  ours.operator = await login(ours.origin, sites[0], OPERATOR);
  const map = await processes.launch('engine-map', 'test/bench/engine.mjs', { ...engineEnv, STORE: 'map' });
  map.roots = [map.child.pid];
  const targets = [ours, map];
  if (redis) {
    const onRedis = await processes.launch('engine-redis', 'test/bench/engine.mjs', {
      ...engineEnv,
      STORE: 'redis',
      REDIS_URL: redis.url,
    });
    onRedis.roots = [onRedis.child.pid, redis.pid];
    targets.push(onRedis);
  }
  if (!redis) say('no redis-server found: the engine is compared in memory alone');
  for (const target of targets) {
    await prepare(target);
    for (const flow of Object.values(FLOWS)) await measure(target, flow(target), 0.5);
  }

  const results = new Map();
  const keep = (flow, target, result) => {
    const key = `${flow}|${target.name}`;
    results.set(key, [...(results.get(key) ?? []), result]);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, flow] of Object.entries(FLOWS))
      for (const target of targets) keep(name, target, await measure(target, flow(target)));
    for (const target of targets) keep('hop in a login storm', target, await storm(target));
    for (const [name, flow] of Object.entries(OWN_FLOWS)) keep(name, ours, await measure(ours, flow(ours)));
  }

  const yardstick = targets.at(-1);
  const figure = (flow, target, member) =>
    median((results.get(`${flow}|${target.name}`) ?? []).map((one) => one[member]));
  say(
    `\n| flow | target | ops/s | cpu ms/op | p50 ms | p95 ms | ops to ${yardstick.name} | cpu to ${yardstick.name} | errors |`,
  );
  say('|---|---|---|---|---|---|---|---|---|');
  for (const flow of [...Object.keys(FLOWS), 'hop in a login storm']) {
    for (const target of targets) {
      const [ops, cpu, p50, p95] = ['ops', 'cpu', 'p50', 'p95'].map((member) => figure(flow, target, member));
      const errors = (results.get(`${flow}|${target.name}`) ?? []).reduce((sum, one) => sum + one.errors, 0);
      const ratio = (member, value) => (value / figure(flow, yardstick, member)).toFixed(2);
      say(
        `| ${flow} | ${target.name} | ${ops.toFixed(0)} | ${cpu.toFixed(2)} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${ratio('ops', ops)} | ${ratio('cpu', cpu)} | ${errors} |`,
      );
    }
  }
  for (const flow of Object.keys(OWN_FLOWS)) {
    const [ops, cpu, p50, p95] = ['ops', 'cpu', 'p50', 'p95'].map((member) => figure(flow, ours, member));
    const errors = (results.get(`${flow}|${ours.name}`) ?? []).reduce((sum, one) => sum + one.errors, 0);
    say(
      `| ${flow} | ${ours.name} | ${ops.toFixed(0)} | ${cpu.toFixed(2)} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | | | ${errors} |`,
    );
  }
  say('\n| target | start ms | memory MB (PSS) | share of hops in a storm | 152 sites to 1 (ops) |');
  say('|---|---|---|---|---|');
  for (const target of targets) {
    const share = figure('hop in a login storm', target, 'ops') / figure('hop, 1 site', target, 'ops');
    const growth = figure('hop, 152 sites', target, 'ops') / figure('hop, 1 site', target, 'ops');
    say(
      `| ${target.name} | ${target.startMs.toFixed(0)} | ${pssOf(target.child.pid).toFixed(0)} | ${share.toFixed(2)} | ${growth.toFixed(2)} |`,
    );
  }
  await sayAsked(ours, postgres.url, redis?.url);
  await server.stop();
}

/** The queries and commands behind one pass of each flow; `STATEMENTS=1` names them. */
async function sayAsked(target, databaseUrl, redisUrl) {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query('create extension if not exists pg_stat_statements');
  const cache = redisUrl ? new Redis(redisUrl) : undefined;
  say('\n| flow | PostgreSQL queries | Redis commands | bytes to Redis | bytes from Redis |');
  say('|---|---|---|---|---|');
  for (const [name, flow] of Object.entries({ ...FLOWS, ...OWN_FLOWS })) {
    const { queries, commands, received, sent } = await asked(target, flow, database, cache);
    say(`| ${name} | ${queries.toFixed(1)} | ${commands.toFixed(1)} | ${received.toFixed(0)} | ${sent.toFixed(0)} |`);
    if (!process.env.STATEMENTS) continue;
    const { rows } = await database.query(
      'select calls, left(query, 200) as query from pg_stat_statements order by 1 desc',
    );
    for (const { calls, query } of rows) say(`    ${calls} × ${query.replaceAll(/\s+/g, ' ')}`);
    if (cache)
      say(
        `    ${(await cache.info('commandstats'))
          .replaceAll(/cmdstat_|,usec.*/g, '')
          .split('\r\n')
          .join(' ')}`,
      );
    if (cache) await cache.config('RESETSTAT');
  }
  await database.end();
  cache?.disconnect();
}

try {
  await main();
} finally {
  await processes.end();
}
