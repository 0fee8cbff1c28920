import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Env } from '../config/env.js';

/** This process may not use this database as it is. */
export class SchemaFault extends Error {}

const LOCK = `select pg_advisory_xact_lock(hashtext('tongxing.migrations'))`;

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
    await this.claimRealm();
  }

  /** Runs what is pending. Of several processes at once, one does it and the others wait. */
  async migrate(): Promise<string[]> {
    const runner = this.source.createQueryRunner();
    await runner.connect();
    await runner.startTransaction();
    try {
      await runner.query(LOCK);
      const done = await this.source.runMigrations();
      await runner.commitTransaction();
      return done.map(({ name }) => name);
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async claimRealm(): Promise<void> {
    await this.source.query('insert into realm (one, name) values (1, $1) on conflict do nothing', [this.env.realm]);
    const [row] = (await this.source.query('select name from realm')) as { name: string }[];
    if (row?.name !== this.env.realm) {
      throw new SchemaFault(`this database belongs to the realm ${row?.name}, this process is ${this.env.realm}`);
    }
  }
}
