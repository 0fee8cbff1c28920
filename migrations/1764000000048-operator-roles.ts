import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may open the console: operators, and developers of one site each. */
export class OperatorRoles1764000000048 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table operator_roles (
      id uuid not null constraint operator_roles_pk primary key,
      account_id uuid not null,
      role text not null,
      client_id text,
      granted_at timestamptz not null,
      granted_by uuid,
      check ((role = 'developer') = (client_id is not null))
    )`);
    await runner.query(
      'create unique index operator_roles_once on operator_roles (account_id, client_id) nulls not distinct',
    );
    await runner.query('create index operator_roles_site on operator_roles (client_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table operator_roles');
  }
}
