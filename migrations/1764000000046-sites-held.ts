import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When an operator disabled a site by hand: the sites file opens it no more, `cli sites enable` does. */
export class SitesHeld1764000000046 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sites add column held_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sites drop column held_at');
  }
}
