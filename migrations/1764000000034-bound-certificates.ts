import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Certificates that are bound to a legal entity's account; that each has one account is a row of `identifiers`. */
export class BoundCertificates1764000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table bound_certificates (
      id uuid not null constraint bound_certificates_pk primary key,
      account_id uuid not null,
      blind_index bytea not null,
      authority_id text not null,
      chain bytea not null,
      amr text not null,
      not_after timestamptz not null,
      bound_at timestamptz not null,
      checked_at timestamptz not null,
      check_due timestamptz not null
    )`);
    await runner.query('create index bound_certificates_account on bound_certificates (account_id)');
    await runner.query('create index bound_certificates_authority on bound_certificates (authority_id, id)');
    await runner.query('create index bound_certificates_due on bound_certificates (check_due)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table bound_certificates');
  }
}
