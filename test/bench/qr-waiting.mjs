/**
 * `npm run bench -- qr-waiting`: pages that wait for the government app, each with its one long request. The aim:
 * 5,000 of them cost under one core and 300 MB. V8 takes what it may before it collects, so it may have 512 MB. `PAGES=5000 SECONDS=60 npm run bench -- qr-waiting`.
 */
import { writeFileSync } from 'node:fs';
import { Agent, request as send } from 'node:http';
import { join } from 'node:path';
import { Jar } from './client.mjs';
import { cpuOf, pssOf } from './cpu.mjs';
import { Processes } from './processes.mjs';

const PAGES = Number(process.env.PAGES ?? 5000);
const SECONDS = Number(process.env.SECONDS ?? 60);
const AT_ONCE = 32;
const SITE = { id: 'bench', redirect: 'http://127.0.0.1:9/' };
const say = (line) => process.stdout.write(`${line}\n`);
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

const get = async (origin, path, cookie) =>
  new Promise((done, refuse) => {
    const sent = send(`${origin}${path}`, { agent, headers: { cookie, accept: 'text/html' } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () =>
        done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString() }),
      );
    });
    sent.once('error', refuse);
    sent.end();
  });

const processes = new Processes();

async function startService(more) {
  const sites = join(processes.directory, 'sites.json');
  const entry = {
    client_id: SITE.id,
    client_secret: 'x'.repeat(43),
    client_name: SITE.id,
    redirect_uris: [SITE.redirect],
  };
  writeFileSync(sites, JSON.stringify([{ ...entry, require_pkce: false }]));
  const env = { SITES_FILE: sites, JURISDICTION: 'hebei', DATA_DIR: processes.directory, LIMITS: 'off' };
  const quiet = { LOG_LEVEL: 'silent', NODE_ENV: 'development' };
  const flags = ['--max-old-space-size=512'];
  return processes.launch('tongxing', 'dist/src/main.js', { ...quiet, ...env, ...more }, flags);
}

/** A browser at its page for the code. @returns where it waits */
async function opens(origin) {
  const jar = new Jar();
  const parameters = { client_id: SITE.id, redirect_uri: SITE.redirect, response_type: 'code', scope: 'openid' };
  const asked = await get(origin, `/oidc/auth?${new URLSearchParams(parameters)}`, '');
  jar.keep(asked.headers);
  const path = `${asked.headers.location}/login`;
  const page = await get(origin, `${path}?method=qr`, jar.header);
  if (!page.text.includes('id="qr-wait"')) throw new Error(`no code: ${page.status}`);
  return { path, cookie: jar.header };
}

const answers = { same: 0, changed: 0, failed: 0 };
const bench = { over: false };

/** What the page's script does, until its code is over: then its owner presses for another, which is not measured here. */
async function waits(origin, page) {
  while (!bench.over) {
    const answer = await get(origin, `${page.path}/qr/state?seen=created`, page.cookie).catch(() => undefined);
    if (bench.over) return;
    const state = answer?.status === 200 ? JSON.parse(answer.text).state : undefined;
    answers[state === 'created' ? 'same' : (state && 'changed') || 'failed'] += 1;
    if (state !== 'created') return;
  }
}

const pause = async (ms) => new Promise((done) => setTimeout(done, ms));

try {
  const postgres = await processes.postgres();
  const redis = await processes.redis();
  const store = redis ? { REDIS_URL: redis.url } : {};
  const { origin, child } = await startService({ DATABASE_URL: postgres.url, ...store });
  const { pid } = child;
  await opens(origin);
  const before = pssOf(pid);
  say(`${PAGES} waiting pages, ${redis ? 'Redis' : 'in-process store'}, ${SECONDS} s`);
  const begun = performance.now();
  let at = 0;
  const waiting = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while ((at += 1) <= PAGES) {
        const page = await opens(origin);
        waiting.push(waits(origin, page));
      }
    }),
  );
  say(`opened in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  await pause(2000);
  const [cpu, from] = [cpuOf([pid]), performance.now()];
  Object.assign(answers, { same: 0, changed: 0, failed: 0 });
  let most = 0;
  while (performance.now() - from < SECONDS * 1000) {
    await pause(1000);
    most = Math.max(most, pssOf(pid));
  }
  const share = (cpuOf([pid]) - cpu) / (performance.now() - from);
  say('');
  say('| waiting pages | of one core | memory before → at most, MB | answers, of these failed |');
  say('| --- | --- | --- | --- |');
  const all = answers.same + answers.changed + answers.failed;
  say(
    `| ${PAGES} | ${(share * 100).toFixed(0)} % | ${before.toFixed(0)} → ${most.toFixed(0)} | ${all}, ${answers.failed} |`,
  );
  if (share > 1 || most - before > 300 || answers.failed > 0) process.exitCode = 1;
} finally {
  bench.over = true;
  agent.destroy();
  await processes.end();
}
