/**
 * `npm run bench -- logout`: a person signs out of 152 sites, ten of which are dead: when the person is back at the site, and
 * when the last living site is told; then many people at once. Beside the bare engine, which tells all sites side by side
 * and waits for them. `ROUNDS=5 npm run bench -- logout`.
 */
import { writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { backFromLogout, hop, login, register } from './client.mjs';
import { cpuOf, median } from './cpu.mjs';
import { Portals, registrationOf } from './portals.mjs';
import { Processes } from './processes.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const SITES = 152;
/** One after the other, with the same dead sites; figures of these. */
const IN_A_ROW = 7;
const SHOWN = new Set([1, 2, 3, IN_A_ROW]);
const PEOPLE = 50;
const SITES_OF_EACH = 20;
const DEAD_OF_EACH = 2;
/** What a dead site takes at most: then the service knows it. */
const KNOWN_AFTER_MS = 3500;
const TOLD_WITHIN_MS = 20_000;
const PERSON = { identifier: '13900000002', password: 'Tongxing-demo-2' };
const NEWCOMER = { identifier: 13_000_000_000, password: 'Changjiang-1954' };

const say = (line) => process.stdout.write(`${line}\n`);
const pause = async (ms) => new Promise((done) => setTimeout(done, ms));
const percentile = (values, part) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1];

const portals = new Portals();
const processes = new Processes();

/** Signed in at each of these sites, one after the other. @returns the jar, and what the sites know of the session */
async function session(target, person, sites) {
  const jar = await login(target.origin, sites[0], person);
  const logins = [];
  for (const site of sites) {
    const { id_token: hint } = await hop(target.origin, jar, site);
    const { sid } = JSON.parse(Buffer.from(hint.split('.')[1], 'base64url').toString());
    logins.push({ site, sid, hint });
  }
  return { jar, logins };
}

const sessions = async (target, people, sites) =>
  Promise.all(people.map(async (person) => session(target, person, sites)));

const livingSids = ({ logins }) => logins.filter(({ site }) => site.kind === 'lives').map(({ sid }) => sid);

/** All of them sign out at once. */
async function signOut(target, all, way) {
  const sids = all.flatMap(livingSids);
  const cpu = cpuOf(target.roots);
  const begun = performance.now();
  const told = portals.told(sids, TOLD_WITHIN_MS);
  const back = await Promise.all(
    all.map(async ({ jar, logins: [first] }) => {
      await backFromLogout(target.origin, jar, { ...first, byHint: way === 'hint' });
      return performance.now() - begun;
    }),
  );
  const { at, missed } = await told;
  return {
    back: percentile(back, 0.5),
    p95: percentile(back, 0.95),
    last: Math.max(...back),
    told: at - begun,
    cpu: (cpuOf(target.roots) - cpu) / all.length,
    missed,
    twice: sids.filter((sid) => portals.timesOf(sid) > 1).length,
  };
}

async function start(sites) {
  const redis = await processes.redis();
  const postgres = await processes.postgres();
  const file = join(processes.directory, 'sites.json');
  const ours = sites.map((site) => ({ ...registrationOf(site), client_name: site.id, require_pkce: false }));
  writeFileSync(file, JSON.stringify(ours));
  const store = redis ? { REDIS_URL: redis.url } : {};
  const env = { DATABASE_URL: postgres.url, DATA_DIR: processes.directory, SITES_FILE: file, ...store };
  const plain = { LIMITS: 'off', LOG_LEVEL: 'silent', NODE_ENV: 'development' };
  const service = await processes.launch('tongxing', 'dist/src/main.js', { ...env, ...plain });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' };
  const clients = join(processes.directory, 'clients.json');
  writeFileSync(clients, JSON.stringify(sites.map(registrationOf)));
  const engine = await processes.launch(redis ? 'engine-redis' : 'engine-map', 'test/bench/engine.mjs', {
    JWKS: JSON.stringify({ keys: [key] }),
    CLIENTS_FILE: clients,
    STORE: redis ? 'redis' : 'map',
    ...store,
  });
  const beside = redis ? [redis.pid] : [];
  return [
    { ...service, roots: [service.child.pid, postgres.pid, ...beside], ways: ['hint', 'page'], own: true },
    { ...engine, roots: [engine.child.pid, ...beside], ways: ['page'], own: false },
  ];
}

/** People of their own: the bare engine takes anybody. */
async function people(target, site) {
  const all = Array.from({ length: PEOPLE }, (_, at) => ({
    identifier: String(NEWCOMER.identifier + at),
    password: target.own ? NEWCOMER.password : PERSON.password,
  }));
  if (target.own) for (const { identifier, password } of all) await register(target.origin, site, identifier, password);
  return all;
}

/** By what happened and to whom: one of each round. */
const results = { one: new Map(), many: new Map() };
function keep(table, what, target, result) {
  const key = `${what} | ${target.name}`;
  results[table].set(key, [...(results[table].get(key) ?? []), result]);
}

async function one(target, living, deadFor) {
  for (const way of target.ways) {
    keep('one', `all alive, by ${way}`, target, await signOut(target, await sessions(target, [PERSON], living), way));
    const dead = deadFor(way);
    const mixed = [...living.slice(0, SITES - dead.length), ...dead];
    const inARow = await sessions(
      target,
      Array.from({ length: IN_A_ROW }, () => PERSON),
      mixed,
    );
    for (const [at, each] of inARow.entries()) {
      const result = await signOut(target, [each], way);
      if (SHOWN.has(at + 1)) keep('one', `${dead.length} dead, by ${way}, no. ${at + 1}`, target, result);
      await pause(KNOWN_AFTER_MS);
    }
  }
}

async function many(target, living, dead) {
  const [way] = target.ways;
  const alive = await sessions(target, target.people, living.slice(0, SITES_OF_EACH));
  keep('many', 'all alive', target, await signOut(target, alive, way));
  const mixed = [...living.slice(0, SITES_OF_EACH - DEAD_OF_EACH), ...dead.slice(0, DEAD_OF_EACH)];
  for (const known of ['not yet known', 'known']) {
    const all = await sessions(target, target.people, mixed);
    keep('many', `${DEAD_OF_EACH} dead, ${known}`, target, await signOut(target, all, way));
    await pause(KNOWN_AFTER_MS);
  }
}

const figureOf = (all) => (member) => median(all.map((each) => each[member])).toFixed(0);
const sumOf = (all, member) => all.reduce((sum, each) => sum + each[member], 0);

function print() {
  say(
    `\n| ${SITES} sites | target | back at the site, ms | last living site told, ms | cpu ms | not told | told twice |`,
  );
  say('|---|---|---|---|---|---|---|');
  for (const [key, all] of results.one) {
    const figure = figureOf(all);
    const told = `${figure('told')} | ${figure('cpu')} | ${sumOf(all, 'missed')} | ${sumOf(all, 'twice')}`;
    say(`| ${key} | ${figure('back')} | ${told} |`);
  }
  say(
    `\n| ${PEOPLE} people, ${SITES_OF_EACH} sites each | target | back p50 / p95 / last, ms | logouts/s | last living site told, ms | cpu ms a person | not told | told twice |`,
  );
  say('|---|---|---|---|---|---|---|---|');
  for (const [key, all] of results.many) {
    const figure = figureOf(all);
    const back = `${figure('back')} / ${figure('p95')} / ${figure('last')}`;
    const rate = (PEOPLE / median(all.map(({ last }) => last))) * 1000;
    const told = `${figure('told')} | ${figure('cpu')} | ${sumOf(all, 'missed')} | ${sumOf(all, 'twice')}`;
    say(`| ${key} | ${back} | ${rate.toFixed(0)} | ${told} |`);
  }
}

async function main() {
  const living = await portals.living(SITES);
  const rounds = await Promise.all(
    Array.from({ length: ROUNDS }, async (_, round) => ({
      hint: await portals.dead(`${round}-hint`),
      page: await portals.dead(`${round}-page`),
      many: await portals.dead(`${round}-many`),
    })),
  );
  const targets = await start([...living, ...rounds.flatMap((dead) => Object.values(dead).flat())]);
  for (const target of targets) target.people = await people(target, living[0]);
  for (const target of targets) await signOut(target, await sessions(target, [PERSON], living), target.ways[0]);
  for (const dead of rounds) {
    for (const target of targets) {
      await one(target, living, (way) => dead[way]);
      await many(target, living, dead.many);
    }
  }
  print();
}

try {
  await main();
} finally {
  await portals.stop();
  await processes.end();
}
