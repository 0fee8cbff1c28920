/**
 * One PostgreSQL and, where there is one, one Redis for all test files; their addresses go out by environment. What the
 * tests put into the system's folder for temporary files goes with them at the end.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startPostgres } from '../../scripts/embedded-postgres.mjs';

async function startRedis() {
  if (process.env.REDIS_URL) return { url: process.env.REDIS_URL, stop: () => undefined };
  if (spawnSync('redis-server', ['--version']).status === 0) {
    const port = await freePort();
    const server = spawn(
      'redis-server',
      [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
        '--maxmemory-policy',
        'noeviction',
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise((done, refuse) => {
      server.once('error', refuse);
      server.stdout.on('data', (chunk) => /Ready to accept/i.test(String(chunk)) && done());
    });
    return { url: `redis://127.0.0.1:${port}`, stop: () => server.kill('SIGKILL') };
  }
  return inContainer();
}

/** The second way to a Redis, where a container engine answers. */
async function inContainer() {
  if (spawnSync('docker', ['info'], { timeout: 5000 }).status !== 0) return undefined;
  const { GenericContainer } = await import('testcontainers');
  const container = await new GenericContainer('redis:7').withExposedPorts(6379).start();
  const url = `redis://${container.getHost()}:${container.getMappedPort(6379)}`;
  return { url, stop: async () => container.stop() };
}

export default async function setup() {
  if (globalThis.__tongxing) return;
  const directory = mkdtempSync(join(tmpdir(), 'tongxing-test-'));
  chmodSync(directory, 0o755);
  process.env.TMPDIR = join(directory, 'tmp');
  mkdirSync(process.env.TMPDIR);
  chmodSync(process.env.TMPDIR, 0o1777);
  const postgres = await startPostgres(join(directory, 'postgres'));
  const redis = await startRedis();
  if (!redis && process.env.REQUIRE_ALL === '1')
    throw new Error('REQUIRE_ALL=1: no Redis was found (REDIS_URL, redis-server, Docker)');
  if (!redis) process.stderr.write('\nNO REDIS FOUND: tests of the Redis store are skipped (install redis-server)\n\n');
  process.env.TEST_DATABASE_URL = postgres.url;
  if (redis) process.env.TEST_REDIS_URL = redis.url;
  const stop = async () => {
    await postgres.stop();
    await redis?.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().then(() => process.exit(1)));
  globalThis.__tongxing = { stop };
}
