import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The relying parties and the keys that ID tokens are signed with. */
export class SitesAndSigningKeys1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table sites (
      client_id text not null constraint sites_pk primary key,
      metadata jsonb not null,
      secret bytea,
      disabled_at timestamptz,
      updated_at timestamptz not null
    )`);
    await runner.query(`create table signing_keys (
      kid text not null constraint signing_keys_pk primary key,
      alg text not null,
      state text not null check (state in ('next', 'current', 'retired')),
      private_key bytea not null,
      public_jwk jsonb not null,
      created_at timestamptz not null,
      retired_at timestamptz
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table signing_keys');
    await runner.query('drop table sites');
  }
}
