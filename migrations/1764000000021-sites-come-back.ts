import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a site came back after it had been taken off the list: its tokens from before have ended for good. */
export class SitesComeBack1764000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sites add column valid_from timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sites drop column valid_from');
  }
}
