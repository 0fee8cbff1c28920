import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { migrations } from '../../migrations/all.js';

const POOL = 20;

/** Every class that is decorated as a table and has been imported. */
const entities = () => getMetadataArgsStorage().tables.map(({ target }) => target);

/**
 * PostgreSQL, not connected yet. Time-outs are set in each transaction and here on the driver's side, never for a
 * session: a transaction pooler may stand between. The schema changes by migrations alone.
 */
export const dataSource = (url: string): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    entities: entities(),
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    poolSize: POOL,
    extra: { query_timeout: 15_000, connectionTimeoutMillis: 5000, idleTimeoutMillis: 30_000 },
    poolErrorHandler: () => undefined,
  });
