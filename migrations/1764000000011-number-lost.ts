import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The number is lost: codes that a service hall issues, and the stop code by which a waiting move is found. */
export class NumberLost1764000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table recovery_codes (
      account_id uuid not null constraint recovery_codes_pk primary key,
      code bytea not null,
      expires_at timestamptz not null
    )`);
    await runner.query('create unique index recovery_codes_code on recovery_codes (code)');
    await runner.query('create unique index pending_changes_stop_code on pending_changes (stop_code)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index pending_changes_stop_code');
    await runner.query('drop table recovery_codes');
  }
}
