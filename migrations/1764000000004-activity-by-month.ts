import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Activity grows for ever, so it is partitioned by its time-ordered id; a job makes the months ahead. */
export class ActivityByMonth1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table activity (
      id uuid not null,
      account_id uuid not null,
      actor_id uuid not null,
      kind text not null,
      client_id text,
      details jsonb not null,
      constraint activity_pk primary key (id)
    ) partition by range (id)`);
    await runner.query('create index activity_account on activity (account_id, id desc)');
    await runner.query('create table activity_default partition of activity default');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table activity');
  }
}
