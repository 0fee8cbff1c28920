import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a way in was last changed by what proves a number only, and changes that wait for their day. */
export class WaysBack1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table accounts add column way_changed_at timestamptz, add column way_changed_by text`);
    await runner.query(`create table pending_changes (
      account_id uuid not null,
      kind text not null check (kind in ('number-move', 'number-freed', 'deregistration')),
      phone bytea,
      stop_code text,
      due timestamptz not null,
      created_at timestamptz not null,
      constraint pending_changes_pk primary key (account_id, kind)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table pending_changes');
    await runner.query('alter table accounts drop column way_changed_at, drop column way_changed_by');
  }
}
