import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a person was verified, and the verifier's own number of its answer, sealed. Empty: by ID card, before this. */
export class HowVerified1764000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table natural_persons add column verified_method text, add column verified_reference bytea',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table natural_persons drop column verified_method, drop column verified_reference');
  }
}
