import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secrets that were rotated away: SHA-256 of each, and until when it still counts. */
export class RetiredSecrets1764000000047 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table sites add column retired_secrets jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sites drop column retired_secrets');
  }
}
