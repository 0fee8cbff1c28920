import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Failed protocol requests of a site, equal ones of a China day in one row; kept for seven days, no personal data in it. */
export class SiteFailures1764000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table site_failures (
      key text not null constraint site_failures_pk primary key,
      error_id text not null,
      client_id text not null,
      endpoint text not null,
      error text not null,
      cause text not null,
      parameter text,
      expected text,
      received text,
      received_length integer,
      various boolean not null,
      count integer not null,
      first_at timestamptz not null,
      last_at timestamptz not null
    )`);
    await runner.query('create index site_failures_of_site on site_failures (client_id, last_at)');
    await runner.query('create index site_failures_by_id on site_failures (error_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table site_failures');
  }
}
