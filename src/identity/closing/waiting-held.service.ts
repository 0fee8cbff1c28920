import { Injectable } from '@nestjs/common';
import type { Tx } from '../../storage/transactions.js';
import { PendingChanges } from '../accounts/pending-changes.service.js';
import { EntityRequests } from '../entity-requests/entity-requests.service.js';
import type { EntityRequest } from '../entity-requests/request-records.service.js';

/** What waits for an account, or for its word: its own changes, and what legal entities ask of their representative. */
@Injectable()
export class WaitingHeld {
  constructor(
    private readonly pending: PendingChanges,
    private readonly requests: EntityRequests,
  ) {}

  /** What it was asked as a representative, and what it has asked as an entity. */
  async requestsOf(accountId: string): Promise<EntityRequest[]> {
    return [...(await this.requests.of({ accountId })), ...(await this.requests.of({ entityId: accountId }))];
  }

  /** Nothing that waits outlives its account. */
  async removeAll(tx: Tx, accountId: string): Promise<void> {
    await this.pending.dropAll(tx, accountId);
    await this.requests.dropAll(tx, accountId);
  }
}
