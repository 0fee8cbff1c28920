import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Changes of sites as records: who, when, what; one of a site waits at most. A site counts the states of its
 * registration, and keeps what the sites file said of it last, so that an old file does not undo what came since.
 */
export class SiteChanges1764000000049 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table sites add column version integer not null default 1, add column listed jsonb`);
    await runner.query(`create table site_changes (
      id uuid not null constraint site_changes_pk primary key,
      client_id text not null,
      kind text not null check (kind in ('created', 'changed', 'secret', 'disabled', 'enabled', 'unlisted', 'listed')),
      fields jsonb not null,
      overlap_hours integer,
      version integer,
      actor text not null,
      state text not null check (state in ('applied', 'waiting', 'approved', 'refused', 'withdrawn')),
      reason text,
      decided_by text,
      decided_at timestamptz
    )`);
    await runner.query('create index site_changes_of_site on site_changes (client_id, id desc)');
    await runner.query(`create unique index site_changes_waiting on site_changes (client_id) where state = 'waiting'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table site_changes');
    await runner.query('alter table sites drop column version, drop column listed');
  }
}
