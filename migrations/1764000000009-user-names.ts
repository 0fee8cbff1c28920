import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A user name as its owner spells it, sealed; what it is found by and unique by is a row of `identifiers`. */
export class UserNames1764000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts add column user_name bytea');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts drop column user_name');
  }
}
