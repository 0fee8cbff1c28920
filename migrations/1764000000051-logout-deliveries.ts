import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Deliveries of logout tokens, a row each, kept for seven days. No account and no `sid`: what is kept says how a site
 * answers, not who logged out.
 */
export class LogoutDeliveries1764000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table logout_deliveries (
      id uuid not null constraint logout_deliveries_pk primary key,
      client_id text not null,
      state text not null,
      tries smallint not null,
      reason text,
      status smallint,
      at timestamptz not null,
      last_at timestamptz not null,
      next_at timestamptz,
      test boolean not null
    )`);
    await runner.query('create index logout_deliveries_of_site on logout_deliveries (client_id, id)');
    await runner.query(`create index logout_deliveries_told on logout_deliveries (client_id, last_at)
      where state = 'told' and not test`);
    await runner.query(`create index logout_deliveries_failed on logout_deliveries (client_id, last_at)
      where state in ('waiting', 'given-up') and not test`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table logout_deliveries');
  }
}
