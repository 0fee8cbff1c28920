import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The certificate authorities that the operator trusts. */
export class CertificateAuthorities1764000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table authorities (
      id text not null constraint authorities_pk primary key,
      record jsonb not null,
      disabled_at timestamptz,
      updated_at timestamptz not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table authorities');
  }
}
