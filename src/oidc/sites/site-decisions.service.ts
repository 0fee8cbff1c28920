import { Injectable } from '@nestjs/common';
import { Activity } from '../../identity/activity/activity.service.js';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import type { Reader, Tx } from '../../storage/transactions.js';
import type { SiteChangeState } from './site-change.entity.js';
import { SiteChangeEntity } from './site-change.entity.js';
import { Operators } from '../operators/operators.service.js';
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
    private readonly operators: Operators,
  ) {}

  /**
   * Makes the change. What else was changed of the site since stays.
   * @throws {Refusal} site-change.decided (409), site-change.own (403), site-change.outdated when part of it was changed
   * by somebody since, site-change.faulty when it would not be sound any more, page.not-found (404)
   */
  async approve(decision: Decision): Promise<void> {
    const judge = await this.judge.ready();
    await this.db.transaction(async (tx) => {
      await tx.query(SITES_LOCK);
      const change = await this.toDecide(tx, decision);
      const { clientId, version, metadata } = await this.made(tx, change, judge);
      const row = { metadata: metadata as object, version, updatedAt: this.clock.now() };
      await tx.update(SiteEntity, { clientId }, row);
      await this.settle(tx, change, decision, { state: 'approved', version });
      await this.tell(tx, change, decision.actor, 'site-change-approved');
    });
  }

  /** @throws {Refusal} site-change.decided (409), site-change.own (403), page.not-found (404) */
  async refuse(decision: Decision): Promise<void> {
    await this.db.transaction(async (tx) => {
      await tx.query(SITES_LOCK);
      const change = await this.toDecide(tx, decision);
      await this.settle(tx, change, decision, { state: 'refused' });
      await this.tell(tx, change, decision.actor, 'site-change-refused');
    });
  }

  /** By the site's own people. @throws {Refusal} site-change.decided (409), page.not-found (404) */
  async withdraw(decision: Decision): Promise<void> {
    await this.db.transaction(async (tx) => {
      await tx.query(SITES_LOCK);
      const change = await this.waiting(tx, decision);
      await this.settle(tx, change, decision, { state: 'withdrawn' });
    });
  }

  /** Whether it could be decided so now. @throws {Refusal} as `approve`, `refuse` */
  async check(kind: 'approve' | 'refuse', decision: Decision): Promise<void> {
    const change = await this.toDecide(this.db.manager, decision);
    if (kind === 'approve') await this.made(this.db.manager, change, await this.judge.ready());
  }

  private async waiting(reader: Reader, { clientId, id }: Decision): Promise<SiteChangeEntity> {
    const change = await reader.findOneBy(SiteChangeEntity, { id, clientId });
    if (!change) throw new Refusal('page.not-found', { status: 404 });
    if (change.state !== 'waiting') throw new Refusal('site-change.decided', { status: 409 });
    return change;
  }

  private async toDecide(reader: Reader, decision: Decision): Promise<SiteChangeEntity> {
    const change = await this.waiting(reader, decision);
    if (change.actor === decision.actor) throw new Refusal('site-change.own', { status: 403 });
    return change;
  }

  /** The site as the change leaves it. */
  private async made(reader: Reader, { clientId, fields }: SiteChangeEntity, judge: Judge) {
    const row = await reader.findOneByOrFail(SiteEntity, { clientId });
    const others = outdated(fields, row.metadata);
    if (others.length > 0) throw new Refusal('site-change.outdated', { values: { fields: others.join(', ') } });
    const metadata = changed(row.metadata, fields);
    try {
      judge(row, metadata);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const said = refusal.list.map(({ field, values }) => field ?? values['said'] ?? '');
      throw new Refusal('site-change.faulty', { values: { fields: said.join(', ') } });
    }
    return { clientId, metadata, version: row.version + 1 };
  }

  private async settle(
    tx: Tx,
    { id }: SiteChangeEntity,
    { actor, reason }: Decision,
    outcome: { state: SiteChangeState; version?: number },
  ): Promise<void> {
    await tx.update(SiteChangeEntity, { id }, { ...outcome, reason, decidedBy: actor, decidedAt: this.clock.now() });
  }

  /** Whoever asked, and the site's other developers, find it among what has happened. */
  private async tell(
    tx: Tx,
    { actor: asked, clientId }: SiteChangeEntity,
    actor: string,
    kind: 'site-change-approved' | 'site-change-refused',
  ): Promise<void> {
    const developers = await this.operators.developersOf(clientId);
    const accounts = new Set([asked, ...developers.map(({ accountId }) => accountId)]);
    for (const account of accounts) {
      await this.activity.record(tx, { account, actor, kind, clientId, details: { from: undefined } });
    }
  }
}
