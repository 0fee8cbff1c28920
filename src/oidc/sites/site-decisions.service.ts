import { Injectable } from '@nestjs/common';
import { Activity } from '../../identity/activity/activity.service.js';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { SiteChangeEntity } from './site-change.entity.js';
import type { SiteActor } from './site-changes.service.js';
import { changed, isSame } from './site-differences.js';
import type { ChangedFields, Metadata } from './site-differences.js';
import { SiteJudge } from './site-judge.service.js';
import type { Judge } from './site-judge.service.js';
import { SiteEntity } from './site.entity.js';
import { SITES_LOCK } from './sites.service.js';

interface Decision {
  /** The site that the change is said to be of: one of another site is not there. */
  clientId: string;
  id: string;
  actor: SiteActor;
  reason?: string;
}

/** Members of a change that have been changed to something else since it was asked for. */
export const outdated = (fields: ChangedFields, now: Metadata): string[] =>
  Object.entries(fields)
    .filter(([member, { from, to }]) => !isSame(now[member], from) && !isSame(now[member], to))
    .map(([member]) => member);

/** Decides changes that wait: once, whole or not at all, and not by who asked. */
@Injectable()
export class SiteDecisions {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly judge: SiteJudge,
    private readonly activity: Activity,
  ) {}

  /**
   * Makes the change. What else was changed of the site since stays.
   * @throws {Refusal} site-change.decided, site-change.own, site-change.outdated when part of it was changed by somebody
   * since, site.* when it would not be sound any more, page.not-found (404)
   */
  async approve(decision: Decision): Promise<void> {
    const judge = await this.judge.ready();
    await this.decide('approved', decision, async (tx, change) => {
      if (change.actor === decision.actor) throw new Refusal('site-change.own', { status: 403 });
      return this.make(tx, change, judge);
    });
  }

  /** @throws {Refusal} site-change.decided, site-change.own, page.not-found (404) */
  async refuse(decision: Decision): Promise<void> {
    await this.decide('refused', decision, async (_tx, change) => {
      if (change.actor === decision.actor) throw new Refusal('site-change.own', { status: 403 });
      return null;
    });
  }

  /** By the site's own people. @throws {Refusal} site-change.decided, page.not-found (404) */
  async withdraw(decision: Decision): Promise<void> {
    await this.decide('withdrawn', decision, async () => null);
  }

  private async decide(
    state: 'approved' | 'refused' | 'withdrawn',
    { clientId, id, actor, reason }: Decision,
    work: (tx: Tx, change: SiteChangeEntity) => Promise<number | null>,
  ): Promise<void> {
    await this.db.transaction(async (tx) => {
      await tx.query(SITES_LOCK);
      const change = await tx.findOneBy(SiteChangeEntity, { id, clientId });
      if (!change) throw new Refusal('page.not-found', { status: 404 });
      if (change.state !== 'waiting') throw new Refusal('site-change.decided', { status: 409 });
      const version = await work(tx, change);
      const decided = { state, version, reason, decidedBy: actor, decidedAt: this.clock.now() };
      await tx.update(SiteChangeEntity, { id }, decided);
      if (state === 'withdrawn') return;
      await this.activity.record(tx, { account: change.actor, actor, kind: `site-change-${state}`, clientId });
    });
  }

  /** @returns the version that it makes */
  private async make(tx: Tx, { clientId, fields }: SiteChangeEntity, judge: Judge): Promise<number> {
    const row = await tx.findOneByOrFail(SiteEntity, { clientId });
    const others = outdated(fields, row.metadata);
    if (others.length > 0) throw new Refusal('site-change.outdated', { values: { fields: others.join(', ') } });
    const metadata = changed(row.metadata, fields);
    judge(row, metadata);
    const version = row.version + 1;
    await tx.update(SiteEntity, { clientId }, { metadata: metadata as object, version, updatedAt: this.clock.now() });
    return version;
  }
}
