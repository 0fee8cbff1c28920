import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a lease is a fetch that is under way, which is worth waiting for, or the rest after one that failed. */
export class RevocationRests1764000000054 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table revocation_sources add column failed boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table revocation_sources drop column failed');
  }
}
