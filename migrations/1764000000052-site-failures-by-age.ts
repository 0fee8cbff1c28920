import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is a week old is deleted every hour: found by its age, so that the table is not read from end to end for it. */
export class SiteFailuresByAge1764000000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index site_failures_by_age on site_failures (last_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index site_failures_by_age');
  }
}
