import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { buildService } from '../../src/app.setup.js';
import type { Service } from '../../src/app.setup.js';
import type { Jurisdiction } from '../../src/config/jurisdiction.js';
import { loadJurisdiction, parseJurisdiction } from '../../src/config/jurisdiction.js';
import { Clock } from '../../src/shared/clock.js';
import { freshDatabase } from './database.js';
import { testEnv } from './env.js';
import { freePort } from './ports.js';

export type Province = 'hubei' | 'hebei';
export const PROVINCES: readonly Province[] = ['hubei', 'hebei'];

export interface RunningService extends Service {
  origin: string;
  clock: Clock;
  close: () => Promise<void>;
}

type Table = Record<string, Record<string, number | number[]>>;

/** The province's file with other limits. */
function withLimits(province: Province, limits: Table): Readonly<Jurisdiction> {
  const file = parse(readFileSync(`jurisdictions/${province}.yaml`, 'utf8')) as { limits: Table };
  for (const [name, values] of Object.entries(limits)) Object.assign(file.limits[name] as object, values);
  return parseJurisdiction(file, `${province} with other limits`, 'demo');
}

/** The whole service on a database of its own, listening on a free port of localhost. @param limits other ones than the province's */
export async function startService(
  province: Province,
  more: NodeJS.ProcessEnv = {},
  limits?: Table,
): Promise<RunningService> {
  const database = more['DATABASE_URL'] ? undefined : await freshDatabase();
  const port = more['PORT'] ? Number(more['PORT']) : await freePort();
  const env = testEnv({ PORT: String(port), JURISDICTION: province, DATABASE_URL: database?.url, ...more });
  const service = await buildService(
    env,
    limits ? withLimits(province, limits) : loadJurisdiction(province, env.realm),
  );
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
