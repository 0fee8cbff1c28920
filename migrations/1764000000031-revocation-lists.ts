import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Revocation lists until their next one, shared by all processes: serial numbers are looked up in packed buckets. */
export class RevocationLists1764000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table revocation_sources (
      url text not null constraint revocation_sources_pk primary key,
      list_id uuid,
      issuer bytea,
      issuer_spki bytea,
      buckets integer not null,
      entries integer not null,
      number numeric not null,
      this_update timestamptz,
      next_update timestamptz,
      wanted_at timestamptz not null,
      leased_until timestamptz
    )`);
    await runner.query(`create table revoked_serials (
      list_id uuid not null,
      bucket integer not null,
      serials bytea not null,
      constraint revoked_serials_pk primary key (list_id, bucket)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table revoked_serials');
    await runner.query('drop table revocation_sources');
  }
}
