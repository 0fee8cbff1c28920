import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, MoreThan } from 'typeorm';
import type { EntityTypeId } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import { CreditCode } from '../../shared/credit-code.js';
import { EntityName } from '../../shared/entity-name.js';
import type { Whereabouts } from '../../shared/whereabouts.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { FieldCipher } from '../../storage/field-cipher.js';
import { Database } from '../../storage/transactions.js';
import type { Reader, Tx } from '../../storage/transactions.js';
import { EntityRequestEntity } from './entity-request.entity.js';
import type { RequestKind, RequestState } from './entity-request.entity.js';

export type { RequestKind, RequestState };

/** Which entity a request is about. */
export interface RequestedEntity {
  type: EntityTypeId;
  name: EntityName;
  creditCode: CreditCode;
}

/** A request, opened. */
export interface EntityRequest {
  id: string;
  kind: RequestKind;
  /** The representative's account, which is asked. */
  accountId: string;
  /** The entity's account, where it has one already. */
  entityId?: string;
  entity: RequestedEntity;
  state: RequestState;
  /** From where it was asked for. */
  from?: Whereabouts;
  askedAt: Date;
  expiresAt: Date;
  /** What is to be done once it is confirmed, as whoever asked has put it down. */
  draft: Record<string, unknown>;
}

interface Content {
  type: EntityTypeId;
  name: string;
  creditCode: string;
  from?: Whereabouts;
  draft: Record<string, unknown>;
}

export const OPEN: readonly RequestState[] = ['waiting', 'confirmed'];
const ADD = `
  insert into entity_requests (id, kind, account_id, entity_id, credit_code, state, content, asked_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`;

/** A request opens under its own id alone. */
const meaningOf = (id: string): string => `entity-request.${id}`;

/** The rows of requests: sealed and opened, found, moved from state to state. */
@Injectable()
export class RequestRecords {
  constructor(
    private readonly db: Database,
    private readonly cipher: FieldCipher,
    private readonly blind: BlindIndex,
    private readonly clock: Clock,
  ) {}

  /** @returns whether no other one of its kind is open for the entity: of any number at once, one is written */
  async add(tx: Tx, request: EntityRequest): Promise<boolean> {
    const { id, kind, accountId, entityId, entity, state, from, askedAt, expiresAt, draft } = request;
    const index = this.indexOf(entity.creditCode);
    const lapsed = { creditCode: index, kind, state: In(OPEN), expiresAt: LessThanOrEqual(this.clock.now()) };
    await tx.update(EntityRequestEntity, lapsed, { state: 'expired' });
    const content: Content = {
      type: entity.type,
      name: entity.name.reveal(),
      creditCode: entity.creditCode.reveal(),
      from,
      draft,
    };
    const sealed = await this.cipher.seal(tx, accountId, meaningOf(id), JSON.stringify(content));
    const values = [id, kind, accountId, entityId ?? null, index, state, sealed, askedAt, expiresAt];
    return ((await tx.query(ADD, values)) as unknown[]).length === 1;
  }

  /**
   * Moves a request on, if it stands so and has not lapsed.
   * @returns whether it did: of any number at once, one moves it
   */
  async move(
    tx: Tx,
    id: string,
    from: readonly RequestState[],
    to: RequestState,
    more: { expiresAt?: Date } = {},
  ): Promise<boolean> {
    const standing = { id, state: In(from), expiresAt: MoreThan(this.clock.now()) };
    return (await tx.update(EntityRequestEntity, standing, { state: to, ...more })).affected === 1;
  }

  /** Whatever is open of this kind for the entity comes to nothing. */
  async overtake(tx: Tx, kind: RequestKind, creditCode: CreditCode): Promise<void> {
    const open = { creditCode: this.indexOf(creditCode), kind, state: In(OPEN) };
    await tx.update(EntityRequestEntity, open, { state: 'overtaken' });
  }

  /** @param reader the transaction that runs, if one does */
  async find(id: string, reader: Reader = this.db.manager): Promise<EntityRequest | undefined> {
    const row = await reader.findOneBy(EntityRequestEntity, { id });
    return row ? this.opened(row, reader) : undefined;
  }

  /** The one that is open for the entity, or else its newest. */
  async newest(kind: RequestKind, creditCode: CreditCode): Promise<EntityRequest | undefined> {
    const where = { creditCode: this.indexOf(creditCode), kind };
    const rows = await this.db.manager.find(EntityRequestEntity, { where, order: { askedAt: 'desc' } });
    const row = rows.find((one) => OPEN.includes(this.stateOf(one))) ?? rows[0];
    return row && this.opened(row);
  }

  /** The representative's, or the entity's own; the oldest first. */
  async of(
    owner: { accountId: string } | { entityId: string },
    reader: Reader = this.db.manager,
  ): Promise<EntityRequest[]> {
    const rows = await reader.find(EntityRequestEntity, { where: owner, order: { askedAt: 'asc' } });
    return Promise.all(rows.map(async (row) => this.opened(row, reader)));
  }

  /** How many wait for the representative. */
  async countWaiting(accountId: string): Promise<number> {
    const rows = await this.db.query<{ n: number }>(
      `select count(*)::int as n from entity_requests where account_id = $1 and state = 'waiting' and expires_at > $2`,
      [accountId, this.clock.now()],
    );
    return rows[0]?.n ?? 0;
  }

  async drop(tx: Tx, which: { id: string } | { accountId: string } | { entityId: string }): Promise<void> {
    await tx.delete(EntityRequestEntity, which);
  }

  private indexOf(creditCode: CreditCode): Buffer {
    return this.blind.of('credit-code', creditCode.reveal());
  }

  private stateOf({ state, expiresAt }: EntityRequestEntity): RequestState {
    return OPEN.includes(state) && expiresAt <= this.clock.now() ? 'expired' : state;
  }

  private async opened(row: EntityRequestEntity, reader: Reader = this.db.manager): Promise<EntityRequest> {
    const { id, kind, accountId, entityId, askedAt, expiresAt } = row;
    const text = await this.cipher.open(accountId, meaningOf(id), row.content, reader);
    const { type, name, creditCode, from, draft } = JSON.parse(text) as Content;
    const entity = { type, name: EntityName.fromCanonical(name), creditCode: CreditCode.fromCanonical(creditCode) };
    const state = this.stateOf(row);
    return { id, kind, accountId, entityId: entityId ?? undefined, entity, state, from, askedAt, expiresAt, draft };
  }
}
