import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const SOON_MS = 40_000;

/** Waits for something to become true; what it waited for stands in the failure. */
export async function until(what: string, holds: () => unknown): Promise<void> {
  for (const end = Date.now() + SOON_MS; Date.now() < end; await sleep(50)) if (await holds()) return;
  throw new Error(`not in ${SOON_MS} ms: ${what}`);
}

/** What `npm test` has done already; a test that is run alone builds what is newer. */
export function built(): void {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/prepare.mjs'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the build failed: ${stdout}`);
}

/** A command in a process group of its own, as a terminal starts it. */
export class Run {
  output = '';
  exitCode: number | null | undefined;
  private readonly child: ChildProcess;

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd = process.cwd()) {
    const { NODE_ENV: _jest, DATABASE_URL: _database, REDIS_URL: _redis, ...plain } = process.env;
    this.child = spawn(command, args, {
      cwd,
      env: { ...plain, LOG_LEVEL: 'silent', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += String(chunk);
      });
    }
    this.child.once('exit', (code) => {
      this.exitCode = code;
    });
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** A signal to everybody in the group at once, as Ctrl-C of a terminal. */
  signalGroup(signal: NodeJS.Signals): void {
    if (this.exitCode === undefined) process.kill(-this.pid, signal);
  }

  async says(text: string): Promise<void> {
    await until(`${text} in: ${this.output}`, () => {
      if (this.exitCode !== undefined && !this.output.includes(text)) throw new Error(`ended: ${this.output}`);
      return this.output.includes(text);
    });
  }

  async ends(): Promise<void> {
    await until(`the end of ${this.pid}: ${this.output}`, () => this.exitCode !== undefined);
  }
}
