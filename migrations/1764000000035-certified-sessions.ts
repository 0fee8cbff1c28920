import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From when on a login by certificate counts for an account: what was made with one before has been ended. */
export class CertifiedSessions1764000000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts add column certified_from timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts drop column certified_from');
  }
}
