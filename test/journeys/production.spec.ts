import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { freshDatabase } from '../support/database.js';
import { freePort, isFree } from '../support/ports.js';
import { Run, built, until } from '../support/process.js';
import { PRODUCTION, SECRETS } from '../support/production.js';
import { RedisServer, redisFound } from '../support/redis.js';

const HOST = new URL(PRODUCTION['ISSUER'] as string).host;
const FORM = 'application/x-www-form-urlencoded';

/** The province's file as an operator would hand it in: no value of the demonstration is left. */
function operatorsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-production-'));
  mkdirSync(join(folder, 'jurisdictions'));
  const text = readFileSync('jurisdictions/hubei.yaml', 'utf8').replaceAll(/（示例）| \(example\)/g, '');
  writeFileSync(join(folder, 'jurisdictions', 'hubei.yaml'), text);
  return folder;
}

/** A request as our proxy sends it on; `finish` sends the body of a POST, when it is time. */
function ask(port: number, path: string, more: { method?: string; finish?: (asked: ClientRequest) => void } = {}) {
  const { method = 'GET', finish = (asked) => asked.end() } = more;
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: string }>((done, refuse) => {
    const headers = { host: HOST, 'x-forwarded-for': '203.0.113.5', 'content-type': FORM };
    const asked = request({ host: '127.0.0.1', port, path, headers, method, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += String(chunk);
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.once('error', refuse);
    finish(asked);
  });
}

const withRedis = redisFound() || process.env['REQUIRE_ALL'] === '1' ? describe : describe.skip;
withRedis('production, as processes of its own (DESIGN 3)', () => {
  let redis: RedisServer;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let port: number;
  const runs: Run[] = [];

  const run = (program: string, args: string[] = [], more: NodeJS.ProcessEnv = {}, cwd = folder): Run => {
    const one = new Run(process.execPath, [resolve(`dist/src/${program}.js`), ...args], { ...env, ...more }, cwd);
    runs.push(one);
    return one;
  };
  const serves = async (): Promise<Run> => {
    const service = run('main');
    await service.says('"msg":"listening"');
    return service;
  };

  beforeAll(async () => {
    built();
    [redis, database, port] = await Promise.all([
      RedisServer.start('--maxmemory-policy', 'noeviction'),
      freshDatabase({ empty: true }),
      freePort(),
    ]);
    folder = operatorsFolder();
    const addresses = { DATABASE_URL: database.url, REDIS_URL: redis.url, TRUST_PROXY: '127.0.0.0/8' };
    env = { ...PRODUCTION, ...addresses, PORT: String(port), OPS_PORT: String(await freePort()) };
  }, 120_000);

  afterAll(async () => {
    for (const one of runs) one.signalGroup('SIGKILL');
    await redis.stop();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it('does not start while anything is missing or of the demonstration, and tells all of it', async () => {
    const early = run('main', [], { OPS_PORT: '', LIMITS: 'off' }, process.cwd());
    await early.ends();
    expect(early.exitCode).toBe(1);
    for (const fault of ['OPS_PORT: required', 'LIMITS: off', 'hubei.yaml: footer.icp: a demonstration value'])
      expect(early.output).toContain(fault);
  }, 60_000);

  it('never migrates by itself: that is a step of its own', async () => {
    const early = run('main');
    await early.ends();
    expect(early.exitCode).toBe(1);
    expect(early.output).toContain('behind the schema this release needs; run: npm run cli -- migrate');
    const migrate = run('cli/main', ['migrate']);
    await migrate.ends();
    expect([migrate.exitCode, migrate.output.split('\n').length > 5]).toEqual([0, true]);
    const again = run('cli/main', ['migrate']);
    await again.ends();
    expect(again.output).toBe('nothing to migrate\n');
  }, 60_000);

  it('has no sandbox and no word of a demonstration, error pages with an id and no detail, cookies that bind to the host, health on a port of its own', async () => {
    const service = await serves();
    const front = await ask(port, '/');
    expect([front.status, front.body.includes('湖北政务服务网'), front.body.includes('演示')]).toEqual([
      200,
      true,
      false,
    ]);
    expect(front.headers['strict-transport-security']).toContain('max-age=');
    for (const path of ['/sandbox', '/sandbox/sms', '/sandbox/overview', '/healthz'])
      expect((await ask(port, path)).status).toBe(404);
    const clock = await ask(port, '/sandbox/clock', { method: 'POST', finish: (asked) => asked.end('advance=1') });
    expect(clock.status).toBe(404);
    expect((await ask(Number(env['OPS_PORT']), '/readyz')).status).toBe(200);
    const start = await ask(port, '/account/start');
    const login = await ask(port, start.headers.location?.replace(/^https:\/\/[^/]+/, '') as string);
    const cookies = [login.headers['set-cookie'] ?? []].flat();
    expect(cookies.length).toBeGreaterThan(0);
    expect(cookies.filter((one) => !/^__(Host|Secure)-[^;]+;.*secure/i.test(one))).toEqual([]);
    const wrong = await ask(port, '/oidc/auth?client_id=nobody-at-all&response_type=code');
    expect([wrong.status, /错误编号 [0-9a-f]{8}/.test(wrong.body)]).toEqual([400, true]);
    expect(wrong.body).not.toMatch(/developer-detail|收到的是/);

    // SIGTERM: what has begun is finished, nothing new is let in. The server says when it has begun.
    const finish = (asked: ClientRequest) => {
      asked.setHeader('expect', '100-continue').setHeader('content-length', 3).flushHeaders();
      asked.once('continue', () => {
        service.signalGroup('SIGTERM');
        void until('nothing new is let in', async () => isFree(port)).then(() => asked.end('a=b'));
      });
    };
    const answer = ask(port, '/account/logout', { method: 'POST', finish });
    expect((await answer).status).toBeLessThan(500);
    await service.ends();
    expect(service.exitCode).toBe(0);
  }, 60_000);

  it('starts ahead of the schema it needs, never behind it', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      `insert into migrations (timestamp, name) values (9999999999999, 'OfTheNextRelease9999999999999')`,
    );
    const service = await serves();
    service.signalGroup('SIGTERM');
    await service.ends();
    await client.query(
      'delete from migrations where timestamp = (select max(timestamp) from migrations where timestamp < 9999999999999)',
    );
    await client.end();
    const behind = run('main');
    await behind.ends();
    expect(behind.output).toContain('behind the schema');
  }, 60_000);

  it('a demonstration does not start on its database, nor changes it', async () => {
    const { DATABASE_URL, PORT } = env;
    const demo = new Run(process.execPath, ['dist/src/main.js'], { ...SECRETS, DATABASE_URL, PORT });
    runs.push(demo);
    await demo.ends();
    expect(demo.exitCode).toBe(1);
    expect(demo.output).toContain('this database belongs to the realm production, this process is demo');
  }, 60_000);
});
