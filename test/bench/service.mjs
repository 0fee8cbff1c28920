/** The built service inside this process, on a database of its own: for what is measured below the pages. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildService } from '../../dist/src/app.setup.js';
import { loadConfiguration } from '../../dist/src/config/configuration.js';
import { freePort, startPostgres } from '../../scripts/embedded-postgres.mjs';

/** @param authorities entries of AUTHORITIES_FILE @param more of the environment */
export async function serviceWith(authorities, more = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'tongxing-bench-'));
  spawnSync('chmod', ['755', directory]);
  const postgres = await startPostgres(join(directory, 'postgres'), ['shared_preload_libraries=pg_stat_statements']);
  const file = join(directory, 'authorities.json');
  writeFileSync(file, JSON.stringify(authorities));
  const { env, jurisdiction } = loadConfiguration({
    PORT: String(await freePort()),
    DATABASE_URL: postgres.url,
    DATA_DIR: directory,
    AUTHORITIES_FILE: file,
    LIMITS: 'off',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'development',
    ...more,
  });
  const { app } = await buildService(env, jurisdiction);
  const postmaster = Number(
    readFileSync(join(directory, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0],
  );
  const stop = async () => {
    await app.close();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { app, postmaster, databaseUrl: postgres.url, stop };
}
