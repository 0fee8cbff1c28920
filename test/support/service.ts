import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { buildService } from '../../src/app.setup.js';
import type { Service } from '../../src/app.setup.js';
import { loadJurisdiction } from '../../src/config/jurisdiction.js';
import { Clock } from '../../src/shared/clock.js';
import { freshDatabase } from './database.js';
import { testEnv } from './env.js';

export type Province = 'hubei' | 'hebei';
export const PROVINCES: readonly Province[] = ['hubei', 'hebei'];

export interface RunningService extends Service {
  origin: string;
  clock: Clock;
  close: () => Promise<void>;
}

const freePort = async (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });

/** The whole service on a database of its own, listening on a free port of localhost. */
export async function startService(province: Province, more: NodeJS.ProcessEnv = {}): Promise<RunningService> {
  const database = more['DATABASE_URL'] ? undefined : await freshDatabase();
  const port = await freePort();
  const env = testEnv({ PORT: String(port), JURISDICTION: province, DATABASE_URL: database?.url, ...more });
  const service = await buildService(env, loadJurisdiction(province, env.realm));
  await new Promise<void>((done) => {
    service.server.listen(port, done);
  });
  const close = async () => {
    service.server.closeAllConnections();
    await new Promise((done) => {
      service.server.close(done);
    });
    await service.app.close();
    await database?.drop();
  };
  return { ...service, origin: env.issuer, clock: service.app.get(Clock), close };
}
