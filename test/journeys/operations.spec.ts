import { freshDatabase } from '../support/database.js';
import { freePort } from '../support/ports.js';
import { RedisServer, redisFound, until } from '../support/redis.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';

interface Report {
  status: string;
  details: Record<string, { status: string; message?: string }>;
}

const OPERATIONS = ['/healthz', '/readyz', '/metrics'];

const readiness = async (origin: string): Promise<{ status: number; report: Report }> => {
  const response = await fetch(`${origin}/readyz`, { headers: { connection: 'close' } });
  return { status: response.status, report: (await response.json()) as Report };
};

describe('health, readiness and metrics', () => {
  let service: RunningService;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  beforeAll(async () => {
    database = await freshDatabase();
    service = await startService('hubei', { DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await service.close();
    await database.drop();
  });

  it('are answered whatever name the asker knows the host by', async () => {
    const port = new URL(service.origin).port;
    const statuses = await Promise.all(
      OPERATIONS.map(async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).status),
    );
    expect(statuses).toEqual([200, 200, 200]);
  });

  it('names each dependency', async () => {
    const { status, report } = await readiness(service.origin);
    expect(status).toBe(200);
    expect(report).toMatchObject({
      status: 'ok',
      details: { postgresql: { status: 'up' }, redis: { status: 'up' } },
    });
  });

  it('counts requests by kind of route, never by address', async () => {
    await fetch(`${service.origin}/somebody?phone=13800000000`);
    await fetch(`${service.origin}/.well-known/openid-configuration`);
    const text = await (await fetch(`${service.origin}/metrics`)).text();
    expect(text).toContain('tongxing_requests_total{route="page",status="404"} 1');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toMatch(/13800000000|somebody/);
  });

  it('says which dependency is missing, and is alive all the same', async () => {
    await database.drop();
    const { status, report } = await readiness(service.origin);
    expect(status).toBe(503);
    expect(report.details['postgresql']).toMatchObject({ status: 'down' });
    expect(report.details['redis']).toMatchObject({ status: 'up' });
    expect(JSON.stringify(report)).not.toMatch(/127\.0\.0\.1|test_/);
    expect((await fetch(`${service.origin}/healthz`)).status).toBe(200);
  });
});

describe('on a port of their own', () => {
  let service: RunningService;
  let operations: string;
  beforeAll(async () => {
    const port = await freePort();
    service = await startService('hebei', { OPS_PORT: String(port) });
    service.operations?.listen(port, '127.0.0.1');
    operations = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    service.operations?.closeAllConnections();
    service.operations?.close();
    await service.close();
  });

  it.each(OPERATIONS)('%s is there and not on the public port', async (path) => {
    expect((await fetch(operations + path)).status).toBe(200);
    expect((await fetch(service.origin + path)).status).toBe(404);
  });

  it.each(['/', '/account', '/sandbox/sms', '/oidc/jwks', '/.well-known/openid-configuration', '/healthz/x'])(
    '%s is not there',
    async (path) => {
      const response = await fetch(operations + path, { redirect: 'manual' });
      expect([response.status, await response.text()]).toEqual([404, 'not_found\n']);
    },
  );
});

const withRedis = redisFound() || process.env['REQUIRE_ALL'] === '1' ? describe : describe.skip;
withRedis('with Redis', () => {
  it('says when Redis may evict, when it is away, and when it is back', async () => {
    const redis = await RedisServer.start('--maxmemory-policy', 'allkeys-lru');
    const said = async () => (await readiness(service.origin)).report.details['redis']?.message;
    const service = await startService('hubei', { REDIS_URL: redis.url });
    try {
      expect((await readiness(service.origin)).status).toBe(503);
      expect(await said()).toContain('not noeviction');
      await redis.stop();
      const away = await readiness(service.origin);
      expect(away.report.details).toMatchObject({ redis: { status: 'down' }, postgresql: { status: 'up' } });
      expect(away.report.details['redis']?.message).toBe('redis is unavailable');
      await redis.start();
      await until(async () => (await said())?.includes('not noeviction') ?? false);
    } finally {
      await service.close();
      await redis.stop();
    }
  });
});
