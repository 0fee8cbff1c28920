import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when the present representative stands for an entity here; empty for the one who registered it. */
export class RepresentativeSince1764000000039 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table legal_entities add column representative_since timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table legal_entities drop column representative_since');
  }
}
