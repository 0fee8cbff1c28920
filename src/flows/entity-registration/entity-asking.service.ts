import { Injectable } from '@nestjs/common';
import { Agreements } from '../../identity/accounts/agreements.service.js';
import type { NewRequest } from '../../identity/entity-requests/entity-requests.service.js';
import { RequestAsking } from '../../identity/entity-requests/request-asking.service.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import type { EntityAccountForm } from './entity-account.form.js';
import { EntityAccountJudge } from './entity-account-judge.service.js';
import { EntityConfirmations } from './entity-confirmations.service.js';
import type { CheckedEntity } from './kept-entity.js';
import { keptRegistration } from './kept-registration.js';

/** The second step's other way: the representative confirms in their own user centre, and the registration waits. */
@Injectable()
export class EntityAsking {
  constructor(
    private readonly db: Database,
    private readonly judge: EntityAccountJudge,
    private readonly confirmations: EntityConfirmations,
    private readonly asking: RequestAsking,
    private readonly agreements: Agreements,
  ) {}

  /**
   * All that the registration needs is judged and proved before: once confirmed, it is finished as it is.
   * @returns the request
   * @throws {Refusal} password.*, user-name.*, phone.*, agreement.*, sms-code.*, representative.*, limit.wait,
   * entity-request.day-cap, .waits-already
   */
  async ask(cid: string, entity: CheckedEntity, form: EntityAccountForm, address: string): Promise<string> {
    const { representativeAccount: accountId } = entity;
    if (!accountId) throw new Refusal('representative.unregistered');
    const account = await this.judge.judge(cid, form, address);
    await this.confirmations.proveContact(cid, entity, form, account.phone);
    const draft = keptRegistration(entity, account, this.agreements.inForce()) as Record<string, unknown>;
    const request: NewRequest = { kind: 'registration', accountId, entity, draft };
    await this.asking.count(request, address);
    return this.db.transaction(async (tx) => this.asking.ask(tx, request));
  }
}
