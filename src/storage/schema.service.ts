import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Env } from '../config/env.js';
import { dataSource } from './data-source.js';

/** This process may not use this database as it is. */
export class SchemaFault extends Error {}

/** Tried, not waited for: a waiting statement holds a snapshot, for which `create index concurrently` would wait in turn. */
const LOCK = `select pg_try_advisory_xact_lock(hashtext('tongxing.migrations')) as mine`;
const LOCK_MS = 100;

/** Brings the schema and the realm of the database in line, or refuses to start on it (DESIGN 3). */
@Injectable()
export class Schema {
  constructor(
    private readonly source: DataSource,
    private readonly env: Env,
  ) {}

  /** Migrates a demonstration; in production, checks that nothing is missing. @throws {SchemaFault} */
  async prepare(): Promise<void> {
    if (this.env.realm === 'demo') await this.migrate();
    if (this.env.realm === 'production' && (await this.source.showMigrations())) {
      throw new SchemaFault('the database is behind the schema this release needs; run: npm run cli -- migrate');
    }
    await this.source.query('insert into realm (one, name) values (1, $1) on conflict do nothing', [this.env.realm]);
    await this.checkRealm(this.source);
  }

  /**
   * Runs what is pending. Of several processes at once, one does it and the others wait. On connections of its own,
   * without the time limit of a statement: an index on a big table takes its time.
   * @throws {SchemaFault} on a database of the other realm, before anything is changed
   */
  async migrate(): Promise<string[]> {
    const source = await dataSource(this.env.databaseUrl as string, 0).initialize();
    try {
      return await source.transaction(async (manager) => {
        while (!(await manager.query<{ mine: boolean }[]>(LOCK))[0]?.mine) await wait(LOCK_MS);
        await this.checkRealm(source);
        return (await source.runMigrations()).map(({ name }) => name);
      });
    } finally {
      await source.destroy();
    }
  }

  /** A database that no process has claimed yet belongs to nobody. */
  private async checkRealm(source: DataSource): Promise<void> {
    const [table] = (await source.query(`select to_regclass('realm') as found`)) as { found: string | null }[];
    if (!table?.found) return;
    const [row] = (await source.query('select name from realm')) as { name: string }[];
    if (row && row.name !== this.env.realm) {
      throw new SchemaFault(`this database belongs to the realm ${row.name}, this process is ${this.env.realm}`);
    }
  }
}
