import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which realm the database belongs to, and the service's own keys, wrapped by the master key. */
export class ServiceKeysAndRealm1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table realm (
      one smallint not null constraint realm_pk primary key check (one = 1),
      name text not null check (name in ('demo', 'production'))
    )`);
    await runner.query(`create table keys (
      name text not null constraint keys_pk primary key,
      wrapped bytea not null,
      created_at timestamptz not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table keys');
    await runner.query('drop table realm');
  }
}
