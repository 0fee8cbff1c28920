import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import type { Tx } from '../../storage/transactions.js';
import { Accounts } from '../accounts/accounts.service.js';
import { Activity } from '../activity/activity.service.js';
import type { ActivityKind } from '../activity/activity.service.js';
import type { RequestKind, RequestState } from './entity-request.entity.js';
import { OPEN_HOURS, refusalOf } from './entity-requests.service.js';
import { OPEN, RequestRecords } from './request-records.service.js';
import type { EntityRequest } from './request-records.service.js';

const HOUR_MS = 3_600_000;

const CONFIRMED: Record<RequestKind, ActivityKind> = {
  registration: 'entity-confirmed',
  representative: 'entity-change-confirmed',
  contact: 'entity-change-confirmed',
};

/** The representative's word: what waits for it, yes and no. */
@Injectable()
export class RequestAnswers {
  constructor(
    private readonly records: RequestRecords,
    private readonly accounts: Accounts,
    private readonly activity: Activity,
    private readonly clock: Clock,
  ) {}

  /** What waits for this person's word, or was confirmed and is not done yet; the oldest first. */
  async open(accountId: string): Promise<EntityRequest[]> {
    return (await this.records.of({ accountId })).filter(({ state }) => OPEN.includes(state));
  }

  /** How many wait. */
  async count(accountId: string): Promise<number> {
    return this.records.countWaiting(accountId);
  }

  /**
   * @throws {Refusal} entity-request.* as it stands: another person's, lapsed, denied, confirmed already, taken back or
   * overtaken; account.ended
   */
  async approve(tx: Tx, accountId: string, id: string): Promise<void> {
    const expiresAt = new Date(this.clock.ms() + OPEN_HOURS * HOUR_MS);
    const request = await this.move(tx, accountId, id, ['waiting'], 'confirmed', { expiresAt });
    await this.activity.record(tx, { account: accountId, kind: CONFIRMED[request.kind] });
  }

  /** Also of what was confirmed, until it is done. @throws {Refusal} entity-request.* as it stands; account.ended */
  async deny(tx: Tx, accountId: string, id: string): Promise<void> {
    await this.move(tx, accountId, id, OPEN, 'denied');
    await this.activity.record(tx, { account: accountId, kind: 'entity-denied' });
  }

  private async move(
    tx: Tx,
    accountId: string,
    id: string,
    from: readonly RequestState[],
    to: RequestState,
    more: { expiresAt?: Date } = {},
  ): Promise<EntityRequest> {
    await this.accounts.hold(tx, accountId);
    const request = (await this.records.of({ accountId }, tx)).find((one) => one.id === id);
    if (!request) throw refusalOf(undefined);
    if (!(await this.records.move(tx, id, from, to, more))) throw refusalOf(await this.records.find(id, tx));
    return request;
  }
}
