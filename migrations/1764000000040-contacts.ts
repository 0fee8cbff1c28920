import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Numbers that somebody else told us of (Alipay, R-2.6): sealed, and found by a blind index that is not unique, since
 * nobody has proved them. Such a number becomes an identifier when its own SMS code and the person have been proved.
 */
export class Contacts1764000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table contacts (
      account_id uuid not null constraint contacts_pk primary key,
      blind_index bytea not null,
      phone bytea not null,
      created_at timestamptz not null
    )`);
    await runner.query('create index contacts_blind_index on contacts (blind_index)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table contacts');
  }
}
