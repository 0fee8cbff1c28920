import { Injectable } from '@nestjs/common';
import type { Phone } from '../../shared/phone.js';
import type { Tx } from '../../storage/transactions.js';
import type { EntityData } from '../accounts/entities.service.js';
import type { PersonClaim, RegisterCheck } from '../accounts/entity-checks.service.js';
import { EntityUpdates } from '../accounts/entity-updates.service.js';
import { Activity } from '../activity/activity.service.js';
import { Notices } from '../notices/notices.service.js';
import { EntityRequests } from './entity-requests.service.js';

/** Whom the register names now, on their way to stand for the entity here. */
export interface NextRepresentative {
  representative: PersonClaim;
  /** Their own verified account, where they have one. */
  account?: string;
  checked: RegisterCheck;
}

/** Who stands for a legal entity, and where it is told things: changed, written down, told. */
@Injectable()
export class EntityPeople {
  constructor(
    private readonly updates: EntityUpdates,
    private readonly requests: EntityRequests,
    private readonly activity: Activity,
    private readonly notices: Notices,
  ) {}

  /**
   * What waits for the former representative's word comes to nothing. The entity itself is told by the caller.
   * @param by how it was proved, for the trail; a confirmation in their own user centre is in the representative's already
   */
  async takeOver(
    tx: Tx,
    accountId: string,
    { entity, next, by }: { entity: EntityData; next: NextRepresentative; by: string },
  ): Promise<void> {
    await this.updates.changeRepresentative(tx, accountId, next);
    for (const kind of ['representative', 'contact'] as const)
      await this.requests.overtake(tx, kind, entity.creditCode);
    await this.activity.record(tx, { account: accountId, kind: 'representative-changed', details: { by } });
    const { account } = next;
    if (!account) return;
    if (by === 'code') await this.activity.record(tx, { account, kind: 'entity-change-confirmed' });
    // Without a contact number of its own, the entity's number is the representative's, who is told by that.
    if (entity.phone)
      await this.notices.tell(tx, { account, purpose: 'representative-changed', object: entity.name.reveal() });
  }

  /** @param by as of `takeOver` */
  async changeContact(
    tx: Tx,
    accountId: string,
    { entity, phone, by }: { entity: EntityData; phone: Phone; by: string },
  ): Promise<void> {
    await this.updates.changeContact(tx, accountId, phone);
    await this.requests.overtake(tx, 'contact', entity.creditCode);
    await this.activity.record(tx, { account: accountId, kind: 'contact-changed', details: { by } });
    const { representativeAccount: account } = entity;
    if (by === 'code' && account) await this.activity.record(tx, { account, kind: 'entity-change-confirmed' });
  }
}
