import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is known of a legal entity, sealed; that it has one account is a row of `identifiers`. */
export class LegalEntities1764000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table legal_entities (
      account_id uuid not null constraint legal_entities_pk primary key,
      type text not null,
      name bytea not null,
      credit_code bytea not null,
      representative_name bytea not null,
      representative_id_number bytea not null,
      representative_account_id uuid,
      manager_name bytea,
      manager_id_number bytea,
      phone bytea,
      checked_at timestamptz not null,
      register_reference text not null,
      updated_at timestamptz not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table legal_entities');
  }
}
