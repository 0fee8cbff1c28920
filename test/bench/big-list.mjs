/**
 * A revocation list of a million entries (some 50 MB): how long it takes to have it, and again a year later when it is
 * replaced; how much memory; how long the event loop was held up at most; what a look-up takes. `ENTRIES=1000000`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RevocationLists } from '../../dist/src/gateways/revocation/revocation-lists.service.js';
import { RevocationStore } from '../../dist/src/gateways/revocation/revocation-store.service.js';
import { certificatesOf } from '../../dist/src/shared/pki/intake.js';
import { Clock } from '../../dist/src/shared/clock.js';
import { serialOf } from './big-list-server.mjs';
import { cpuOf, median } from './cpu.mjs';
import { serviceWith } from './service.mjs';

const LOOKS = 2000;
const ENTRIES = Number(process.env.ENTRIES ?? 1_000_000);
const YEAR_SECONDS = 365 * 86_400;
const say = (line) => process.stdout.write(`${line}\n`);
const MB = 1024 * 1024;

/**
 * What happens meanwhile to memory and to the event loop: the longest time it did not come round, and the most CPU time its
 * thread spent between two rounds, which is what we did to it ourselves on a machine that does other work as well.
 */
async function watched(work) {
  globalThis.gc?.();
  await sleep(100);
  const before = process.memoryUsage.rss() / MB;
  let [peak, busiest, spent] = [before, 0, process.threadCpuUsage()];
  const watch = setInterval(() => {
    const { user, system } = process.threadCpuUsage(spent);
    busiest = Math.max(busiest, (user + system) / 1000);
    peak = Math.max(peak, process.memoryUsage.rss() / MB);
    spent = process.threadCpuUsage();
  }, 1);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  delay.disable();
  clearInterval(watch);
  return { seconds, peak, before, busiest, longest: delay.max / 1e6, p99: delay.percentile(99) / 1e6 };
}

async function main() {
  const server = fork(fileURLToPath(new URL('big-list-server.mjs', import.meta.url)));
  const [{ origin, certificates, leaf, bytes }] = await once(server, 'message');
  const crl = [`${origin}/middle`];
  const service = await serviceWith([]);
  const [lists, store, clock] = [RevocationLists, RevocationStore, Clock].map((type) => service.app.get(type));
  const [[own], [issuer]] = [certificatesOf(leaf), certificatesOf(certificates[1])];
  const has = async () => (await store.look(crl, serialOf(1))).length > 0;

  const first = await watched(async () => {
    const begun = performance.now();
    const said = await lists.ask(own, issuer, crl, [issuer]);
    say(
      `the person who comes first waits ${((performance.now() - begun) / 1000).toFixed(1)} s and hears: ${said.state}`,
    );
    while (!(await has())) await sleep(20);
  });
  const revoked = await lists.ask({ ...own, serial: serialOf(ENTRIES - 1).toString('hex') }, issuer, crl, [issuer]);
  const good = await lists.ask(own, issuer, crl, [issuer]);
  say(`the last entry: ${revoked.state}; a certificate that is not on it: ${good.state}`);

  server.send('next');
  await once(server, 'message');
  clock.advance(YEAR_SECONDS - 1800);
  await has();
  const second = await watched(async () => lists.refreshAhead());

  const times = [];
  const cpu = process.cpuUsage();
  const database = cpuOf([service.postmaster]);
  for (let at = 0; at < LOOKS; at += 1) {
    const begun = performance.now();
    const [kept] = await store.look(crl, serialOf(at * 400));
    times.push(performance.now() - begun);
    if (!kept.revoked) throw new Error('a revoked serial number was not found');
  }
  const { user, system } = process.cpuUsage(cpu);
  say(`\n${ENTRIES} entries, ${(bytes / MB).toFixed(1)} MiB`);
  say(
    '| | s | memory before, MB | at most, MB | CPU between two rounds of the event loop at most, ms | held up at most, ms | p99 ms |',
  );
  say('|---|---|---|---|---|---|---|');
  for (const [name, one] of Object.entries({ 'fetched the first time': first, 'replaced ahead of its end': second })) {
    say(
      `| ${name} | ${one.seconds.toFixed(1)} | ${one.before.toFixed(0)} | ${one.peak.toFixed(0)} | ${one.busiest.toFixed(0)} | ${one.longest.toFixed(0)} | ${one.p99.toFixed(1)} |`,
    );
  }
  say(
    `\na look-up that asks the database: ${median(times).toFixed(2)} ms, CPU ${((user + system) / 1000 / LOOKS).toFixed(2)} ms and ${((cpuOf([service.postmaster]) - database) / LOOKS).toFixed(2)} of PostgreSQL`,
  );
  server.kill();
  await service.stop();
}

await main();
