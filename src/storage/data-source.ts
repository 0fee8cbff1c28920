import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { migrations } from '../../migrations/all.js';
import { told } from './away.js';

const POOL = 20;
const QUERY_MS = 15_000;

/** Every class that is decorated as a table and has been imported. */
const entities = () => getMetadataArgsStorage().tables.map(({ target }) => target);

/** Whatever asks the database, by SQL or by repository, learns in one way that it is away. */
function tellingWhenAway(source: DataSource): DataSource {
  const create = source.createQueryRunner.bind(source);
  source.createQueryRunner = (mode) => {
    const runner = create(mode);
    const query = runner.query.bind(runner);
    runner.query = async (...statement: Parameters<typeof runner.query>) =>
      query(...statement).catch((error: unknown) => {
        throw told(error);
      });
    return runner;
  };
  return source;
}

/**
 * PostgreSQL, not connected yet. Time-outs are set in each transaction and here on the driver's side, never for a
 * session: a transaction pooler may stand between. The schema changes by migrations alone.
 * @param queryMs longest wait for a statement; 0 for none, as a migration needs
 */
export const dataSource = (url: string, queryMs = QUERY_MS): DataSource =>
  tellingWhenAway(
    new DataSource({
      type: 'postgres',
      url,
      entities: entities(),
      migrations: [...migrations],
      migrationsTableName: 'migrations',
      migrationsTransactionMode: 'each',
      synchronize: false,
      poolSize: POOL,
      extra: { query_timeout: queryMs, connectionTimeoutMillis: 5000, idleTimeoutMillis: 30_000 },
      poolErrorHandler: () => undefined,
    }),
  );
