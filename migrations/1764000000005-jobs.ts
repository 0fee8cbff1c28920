import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What follows a commit. */
export class Jobs1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table jobs (
      id uuid not null constraint jobs_pk primary key,
      kind text not null,
      payload jsonb not null,
      due timestamptz not null,
      attempts smallint not null default 0
    )`);
    await runner.query('create index jobs_due on jobs (due)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table jobs');
  }
}
