import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Password hashes (sealed), which agreement was accepted when, and what may leave for which site. */
export class CredentialsAgreementsPermissions1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table passwords (
      account_id uuid not null constraint passwords_pk primary key,
      hash bytea not null,
      changed_at timestamptz not null
    )`);
    await runner.query(`create table agreements_accepted (
      id uuid not null constraint agreements_accepted_pk primary key,
      account_id uuid not null,
      version text not null,
      text_hash bytea not null,
      accepted_at timestamptz not null
    )`);
    await runner.query('create index agreements_accepted_account on agreements_accepted (account_id, id)');
    await runner.query(`create table permissions (
      account_id uuid not null,
      client_id text not null,
      scope text not null,
      granted_at timestamptz not null,
      constraint permissions_pk primary key (account_id, client_id, scope)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['permissions', 'agreements_accepted', 'passwords']) await runner.query(`drop table ${table}`);
  }
}
