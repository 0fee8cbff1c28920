/** What the parts of the benchmark start, and how it all ends: a directory, PostgreSQL, Redis, servers of this machine. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startPostgres } from '../../scripts/embedded-postgres.mjs';
import { agent, call } from './client.mjs';

/** A busy machine takes its time. */
const STARTED_WITHIN_MS = 60_000;

export class Processes {
  directory = mkdtempSync(join(tmpdir(), 'tongxing-bench-'));
  #started = [];
  #postgres;

  constructor() {
    spawnSync('chmod', ['755', this.directory]);
  }

  /** @returns its address, and the process that all others of it hang on */
  async postgres() {
    const directory = join(this.directory, 'postgres');
    this.#postgres = await startPostgres(directory, ['shared_preload_libraries=pg_stat_statements']);
    const pid = Number(readFileSync(join(directory, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
    return { url: this.#postgres.url, pid };
  }

  /** @returns `undefined` where there is no `redis-server` */
  async redis() {
    if (spawnSync('redis-server', ['--version']).status !== 0) return undefined;
    const port = await freePort();
    const keepsNothing = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
    const child = spawn('redis-server', ['--port', String(port), ...keepsNothing], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#started.push(child);
    await new Promise((done) => child.stdout.on('data', (chunk) => /Ready to accept/.test(chunk) && done()));
    return { url: `redis://127.0.0.1:${port}`, pid: child.pid };
  }

  /** Starts a script of ours and waits until it answers. @param flags of Node */
  async launch(name, script, env, flags = []) {
    const port = await freePort();
    const begun = performance.now();
    const child = spawn(process.execPath, [...flags, script], {
      env: { ...process.env, PORT: String(port), ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#started.push(child);
    const origin = `http://localhost:${port}`;
    await until(origin, child);
    return { name, origin, child, startMs: performance.now() - begun };
  }

  async end() {
    agent.destroy();
    for (const child of this.#started) child.kill('SIGKILL');
    await this.#postgres?.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function until(origin, child) {
  const end = performance.now() + STARTED_WITHIN_MS;
  while (performance.now() < end && child.exitCode === null) {
    const ready = await call(origin, 'GET', '/.well-known/openid-configuration').catch(() => undefined);
    if (ready?.status === 200) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`${origin} did not start`);
}
