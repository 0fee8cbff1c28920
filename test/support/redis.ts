import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './ports.js';

/** Whether this machine has the server's binary. */
export const redisFound = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** A real Redis of the test's own, which can go away and come back on the same port. */
export class RedisServer {
  private child?: ChildProcess;

  private constructor(
    readonly port: number,
    private readonly options: readonly string[],
    private readonly first: readonly string[] = [],
  ) {}

  static async start(...options: string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), options);
    await server.start();
    return server;
  }

  /** A cluster of one node with all slots on it: there, a command on two keys of different slots is an error. */
  static async startCluster(...more: string[]): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), 'tongxing-cluster-'));
    const file = join(folder, 'nodes.conf');
    const options = ['--cluster-enabled', 'yes', '--cluster-config-file', file, '--cluster-announce-ip', '127.0.0.1'];
    const server = await RedisServer.start(...options, ...more);
    const client = new Redis(server.url);
    await client.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    await until(async () => String(await client.call('CLUSTER', 'INFO')).includes('cluster_state:ok'));
    client.disconnect();
    rmSync(folder, { recursive: true });
    return server;
  }

  /** A Sentinel that watches this server under the name `main`. */
  async startSentinel(): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), 'tongxing-sentinel-'));
    const file = join(folder, 'sentinel.conf');
    writeFileSync(file, `sentinel monitor main 127.0.0.1 ${this.port} 1\n`);
    const sentinel = new RedisServer(await freePort(), [], [file, '--sentinel']);
    await sentinel.start();
    return sentinel;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const kept = this.first.length > 0 ? [] : ['--save', '', '--appendonly', 'no'];
    const fixed = ['--port', String(this.port), '--bind', '127.0.0.1', ...kept];
    this.child = spawn('redis-server', [...this.first, ...fixed, ...this.options], { stdio: 'ignore' });
    const client = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
    client.on('error', () => undefined);
    await client.ping();
    client.disconnect();
  }

  async stop(): Promise<void> {
    if (!this.child) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
    this.child = undefined;
  }
}

/** Asks again and again until it is so: for what another process does in its own time. */
export async function until(so: () => Promise<boolean>, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await so())) {
    if (Date.now() > end) throw new Error('did not come true in time');
    await wait(20);
  }
}
