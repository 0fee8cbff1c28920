import { Injectable } from '@nestjs/common';
import type { EntityData } from '../../identity/accounts/entities.service.js';
import { EntityRequests, refusalOf } from '../../identity/entity-requests/entity-requests.service.js';
import { RequestAsking } from '../../identity/entity-requests/request-asking.service.js';
import type { EntityRequest } from '../../identity/entity-requests/request-records.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import type { ChangeKind } from './words.service.js';

/** A change that a representative is asked for in their own user centre, as the entity that asks sees it. */
@Injectable()
export class ChangeRequests {
  constructor(
    private readonly db: Database,
    private readonly requests: EntityRequests,
    private readonly asking: RequestAsking,
  ) {}

  /** The newest of its kind: how it stands is told until another one is asked, or nothing of it is kept. */
  async of({ accountId }: SignedIn, kind: ChangeKind): Promise<EntityRequest | undefined> {
    const all = await this.requests.of({ entityId: accountId });
    return all.findLast((one) => one.kind === kind);
  }

  /** @throws {Refusal} entity-request.waits-already, .day-cap, limit.wait */
  async ask(
    { accountId: entityId }: SignedIn,
    kind: ChangeKind,
    { representative: accountId, entity, draft }: { representative: string; entity: EntityData; draft: object },
    address: string,
  ): Promise<void> {
    const { type, name, creditCode } = entity;
    const asked = { kind, accountId, entityId, entity: { type, name, creditCode }, draft: { ...draft } };
    await this.asking.count(asked, address);
    await this.db.transaction(async (tx) => this.asking.ask(tx, asked));
  }

  /** Before anything is done. @throws {Refusal} entity-request.* as it stands, when it is not confirmed */
  async confirmed(who: SignedIn, kind: ChangeKind): Promise<EntityRequest> {
    const request = await this.of(who, kind);
    if (request?.state !== 'confirmed') throw refusalOf(request);
    return request;
  }

  /** In the transaction of the change. @throws {Refusal} entity-request.* as it stands */
  async finish(tx: Tx, request: EntityRequest): Promise<void> {
    await this.requests.finish(tx, request);
  }

  /** Twice does no harm. */
  async withdraw(who: SignedIn, kind: ChangeKind): Promise<void> {
    const request = await this.of(who, kind);
    if (request) await this.db.transaction(async (tx) => this.requests.withdraw(tx, request.id));
  }
}
