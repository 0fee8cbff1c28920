import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts whose password was taken away: the next login by their number sets a new one first. */
export class PasswordsDue1764000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table passwords_due (
      account_id uuid not null constraint passwords_due_pk primary key,
      since timestamptz not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table passwords_due');
  }
}
