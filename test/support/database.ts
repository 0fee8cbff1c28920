import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { buildService } from '../../src/app.setup.js';
import { loadJurisdiction } from '../../src/config/jurisdiction.js';
import { testEnv } from './env.js';

const TEMPLATE = 'tongxing_template';
const LOCK = 4711;

const serverUrl = (): string => {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('run the tests by npm test: global-setup starts the database');
  return url;
};

/** The address of a database on the tests' server. */
const urlOf = (database: string): string => Object.assign(new URL(serverUrl()), { pathname: `/${database}` }).href;

async function onServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The template is booted once by whoever comes first: migrations, keys and demonstration accounts are then in it. */
async function ensureTemplate(client: Client): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (rowCount) return;
    await client.query(`create database ${TEMPLATE}_draft`);
    const env = testEnv({ DATABASE_URL: urlOf(`${TEMPLATE}_draft`) });
    const { app } = await buildService(env, loadJurisdiction('hubei', 'demo'));
    await app.close();
    await client.query(`alter database ${TEMPLATE}_draft rename to ${TEMPLATE}`);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

/** A database of its own, made from the template; or an empty one. */
export async function freshDatabase(
  options: { empty?: boolean } = {},
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(async (client) => {
    if (!options.empty) await ensureTemplate(client);
    await client.query(`create database ${name}${options.empty ? '' : ` template ${TEMPLATE}`}`);
  });
  const drop = async () => {
    await onServer(async (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  return { url: urlOf(name), drop };
}
