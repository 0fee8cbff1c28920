import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, what they are found by, and the data key of each. `identifiers` is where uniqueness is kept. */
export class Accounts1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table accounts (
      id uuid not null constraint accounts_pk primary key,
      kind text not null check (kind in ('person', 'entity')),
      state text not null check (state in ('active', 'disabled', 'closed')),
      level smallint not null check (level between 0 and 3),
      valid_from timestamptz not null,
      created_at timestamptz not null
    )`);
    await runner.query(`create table data_keys (
      account_id uuid not null constraint data_keys_pk primary key,
      wrapped bytea not null
    )`);
    await runner.query(`create table identifiers (
      kind text not null,
      blind_index bytea not null,
      account_id uuid not null,
      created_at timestamptz not null,
      constraint identifiers_pk primary key (kind, blind_index)
    )`);
    await runner.query('create index identifiers_account on identifiers (account_id)');
    await runner.query(`create table natural_persons (
      account_id uuid not null constraint natural_persons_pk primary key,
      phone bytea,
      name bytea,
      id_number bytea,
      verified_at timestamptz,
      verified_by text,
      updated_at timestamptz not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['natural_persons', 'identifiers', 'data_keys', 'accounts'])
      await runner.query(`drop table ${table}`);
  }
}
