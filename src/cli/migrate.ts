import type { Env } from '../config/env.js';
import { dataSource } from '../storage/data-source.js';
import { Schema } from '../storage/schema.service.js';

/** `cli migrate`: brings the schema up to this release, before the service is started on it (DESIGN 3). */
export async function migrate(env: Readonly<Env>): Promise<void> {
  if (!env.databaseUrl) throw new Error('DATABASE_URL is missing');
  const source = await dataSource(env.databaseUrl).initialize();
  try {
    const done = await new Schema(source, env).migrate();
    process.stdout.write(done.length > 0 ? `${done.join('\n')}\n` : 'nothing to migrate\n');
  } finally {
    await source.destroy();
  }
}
