import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = ['created', 'changed', 'secret', 'disabled', 'enabled', 'unlisted', 'listed'];
const among = (kinds: readonly string[]) =>
  `alter table site_changes add constraint site_changes_kind_check check (kind in ('${kinds.join("', '")}'))`;

/** The journal of a site says who had a test of its logout sent. */
export class SiteChangesTests1764000000053 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table site_changes drop constraint site_changes_kind_check');
    await runner.query(among([...KINDS, 'test-logout']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from site_changes where kind = 'test-logout'`);
    await runner.query('alter table site_changes drop constraint site_changes_kind_check');
    await runner.query(among(KINDS));
  }
}
