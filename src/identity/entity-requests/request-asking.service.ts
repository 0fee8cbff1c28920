import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import type { NoticePurpose } from '../../gateways/sms/sms.gateway.js';
import { BlindIndex } from '../../storage/blind-index.js';
import type { Tx } from '../../storage/transactions.js';
import { Limits } from '../limits/limits.service.js';
import { Notices } from '../notices/notices.service.js';
import type { RequestKind } from './entity-request.entity.js';
import { EntityRequests } from './entity-requests.service.js';
import type { NewRequest } from './entity-requests.service.js';

const NAME = 'entity-request';
const NOTICES: Record<RequestKind, NoticePurpose> = {
  registration: 'entity-asked',
  representative: 'representative-asked',
  contact: 'contact-asked',
};

/** Asking a representative, who is told by SMS, some times a day: nobody's number is flooded by it (DESIGN 6). */
@Injectable()
export class RequestAsking {
  private readonly table: Jurisdiction['limits']['entityRequest'];

  constructor(
    private readonly requests: EntityRequests,
    private readonly notices: Notices,
    private readonly limits: Limits,
    private readonly blind: BlindIndex,
    jurisdiction: Jurisdiction,
  ) {
    this.table = jurisdiction.limits.entityRequest;
  }

  /** Before the transaction; who asks is counted before whom it is about. @throws {Refusal} limit.wait, entity-request.day-cap */
  async count({ accountId, entity }: NewRequest, address: string): Promise<void> {
    const { perAddressDay, serviceHour, perEntityDay, perRepresentativeDay } = this.table;
    const code = this.blind.text('credit-code', entity.creditCode.reveal());
    await this.limits.count(NAME, 'address', address, perAddressDay, 'day');
    await this.limits.count(NAME, 'service', '', serviceHour, 'hour');
    await this.limits.count(`${NAME}.entity`, 'target', code, perEntityDay, 'day', 'entity-request.day-cap');
    await this.limits.count(
      `${NAME}.representative`,
      'target',
      accountId,
      perRepresentativeDay,
      'day',
      'entity-request.day-cap',
    );
  }

  /** @returns the request's id @throws {Refusal} entity-request.waits-already, account.ended */
  async ask(tx: Tx, asked: NewRequest): Promise<string> {
    const { id, expiresAt } = await this.requests.ask(tx, asked);
    await this.notices.tell(tx, {
      account: asked.accountId,
      purpose: NOTICES[asked.kind],
      object: asked.entity.name.reveal(),
      due: expiresAt,
    });
    return id;
  }
}
