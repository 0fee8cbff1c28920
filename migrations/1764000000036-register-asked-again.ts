import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the register says of an entity when it is asked again, and when it last answered. */
export class RegisterAskedAgain1764000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table legal_entities
      add column register_says text not null default 'agrees',
      add column representative_left boolean not null default false,
      add column asked_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table legal_entities drop column register_says, drop column representative_left, drop column asked_at',
    );
  }
}
