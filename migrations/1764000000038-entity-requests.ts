import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an entity asks for and its representative confirms in their own user centre: one open request of a kind an entity. */
export class EntityRequests1764000000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table entity_requests (
      id uuid not null constraint entity_requests_pk primary key,
      kind text not null,
      account_id uuid not null,
      entity_id uuid,
      credit_code bytea not null,
      state text not null,
      content bytea not null,
      asked_at timestamptz not null,
      expires_at timestamptz not null
    )`);
    await runner.query(`create unique index entity_requests_one_open on entity_requests (credit_code, kind)
      where state in ('waiting', 'confirmed')`);
    await runner.query('create index entity_requests_credit_code on entity_requests (credit_code, asked_at)');
    await runner.query('create index entity_requests_account on entity_requests (account_id)');
    await runner.query('create index entity_requests_entity on entity_requests (entity_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table entity_requests');
  }
}
