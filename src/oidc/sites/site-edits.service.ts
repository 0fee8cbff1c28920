import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import type { Reader, Tx } from '../../storage/transactions.js';
import { SiteChanges } from './site-changes.service.js';
import type { SiteActor } from './site-changes.service.js';
import { changed, differences, together } from './site-differences.js';
import type { ChangedFields, Metadata } from './site-differences.js';
import { SiteJudge } from './site-judge.service.js';
import type { Judge } from './site-judge.service.js';
import { asked, parted } from './site-members.js';
import { SiteEntity } from './site.entity.js';
import { SITES_LOCK } from './sites.service.js';

/** Who edits a site: what an operator changes never waits. */
export interface Editor {
  actor: SiteActor;
  isOperator: boolean;
}

/** What became of an edit: changes that count now, and the one that waits. */
export interface Edited {
  now: boolean;
  waits: boolean;
}

const isAny = (fields: ChangedFields): boolean => Object.keys(fields).length > 0;

/** Changes of a site's registration by a form: by the rules of a sites file, and of two at once the first. */
@Injectable()
export class SiteEdits {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly judge: SiteJudge,
    private readonly changes: SiteChanges,
  ) {}

  /**
   * Changes what may be changed at once, and lets the rest wait for an operator; both or neither.
   * @param seen the version of the registration that the form was filled from
   * @throws {Refusal} site-change.overtaken (409) when it is not that any more, site-change.nothing, site-change.waiting
   * when another change of the site waits already, site.* and site-change.sector at their members
   */
  async edit(clientId: string, seen: number, wanted: Metadata, editor: Editor): Promise<Edited> {
    const judge = await this.judge.ready();
    return this.db.transaction(async (tx) => {
      await tx.query(SITES_LOCK);
      const { row, now, later } = await this.judged(tx, clientId, { seen, wanted, editor, judge });
      if (isAny(later)) {
        await this.changes.record(tx, [
          { clientId, kind: 'changed', actor: editor.actor, fields: later, state: 'waiting' },
        ]);
      }
      if (isAny(now)) await this.change(tx, row, now, editor);
      return { now: isAny(now), waits: isAny(later) };
    });
  }

  /** Whether an edit would be accepted now. @throws {Refusal} as `edit` */
  async check(clientId: string, seen: number, wanted: Metadata, editor: Editor): Promise<void> {
    await this.judged(this.db.manager, clientId, { seen, wanted, editor, judge: await this.judge.ready() });
  }

  /** What others made of the registration since a version of it, as one change. */
  async since(clientId: string, version: number): Promise<ChangedFields> {
    return together(await this.changes.since(clientId, version));
  }

  private async judged(
    reader: Reader,
    clientId: string,
    { seen, wanted, editor, judge }: { seen: number; wanted: Metadata; editor: Editor; judge: Judge },
  ) {
    const row = await reader.findOneByOrFail(SiteEntity, { clientId });
    if (row.version !== seen) throw new Refusal('site-change.overtaken', { status: 409 });
    const after = asked(row.metadata, wanted);
    const fields = differences(row.metadata, after);
    if (!isAny(fields)) throw new Refusal('site-change.nothing');
    judge(row, after);
    const { now, later } = editor.isOperator ? { now: fields, later: {} } : parted(fields, row.metadata);
    judge(row, changed(row.metadata, now));
    if (isAny(later) && (await this.changes.waits(clientId, reader))) throw new Refusal('site-change.waiting');
    return { row, now, later };
  }

  private async change(tx: Tx, row: SiteEntity, fields: ChangedFields, { actor }: Editor): Promise<void> {
    const { clientId } = row;
    const version = row.version + 1;
    const metadata = changed(row.metadata, fields);
    await tx.update(SiteEntity, { clientId }, { metadata: metadata as object, version, updatedAt: this.clock.now() });
    await this.changes.record(tx, [{ clientId, kind: 'changed', actor, fields, version }]);
  }
}
