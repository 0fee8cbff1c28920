import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import type { CreditCode } from '../../shared/credit-code.js';
import { Refusal } from '../../shared/refusal.js';
import { visitedFrom } from '../../shared/visit.js';
import { Jobs } from '../../storage/jobs.service.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { uuidv7 } from '../../storage/uuid.js';
import { Accounts } from '../accounts/accounts.service.js';
import type { RequestKind } from './entity-request.entity.js';
import { OPEN, RequestRecords } from './request-records.service.js';
import type { EntityRequest } from './request-records.service.js';

/** A request on its way: who is asked, about which entity, and what is to be done then. */
export type NewRequest = Pick<EntityRequest, 'kind' | 'accountId' | 'entityId' | 'entity' | 'draft'>;

const HOUR_MS = 3_600_000;
/** For so long it waits; and for so long again it can be finished once it is confirmed. */
export const OPEN_HOURS = 72;
/** Then nothing of it is kept: whoever asked has had the time to read how it ended. */
const KEPT_MS = 7 * 24 * HOUR_MS;
const JOB = 'entity-request.forget';

/** What an entity asks of its legal representative, for as long as it waits for their word. */
@Injectable()
export class EntityRequests implements OnModuleInit {
  constructor(
    private readonly records: RequestRecords,
    private readonly accounts: Accounts,
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, async ({ request: id }) =>
      this.db.transaction(async (tx) => this.records.drop(tx, { id: String(id) })),
    );
  }

  /**
   * Asks the representative.
   * @returns its id
   * @throws {Refusal} entity-request.waits-already while another one of its kind is open for the entity: of any number at
   * once, one is asked; account.ended when the representative's account closes in the same moment
   */
  async ask(tx: Tx, asked: NewRequest): Promise<EntityRequest> {
    await this.accounts.hold(tx, asked.accountId);
    const now = this.clock.now();
    const request: EntityRequest = {
      ...asked,
      id: uuidv7(now.getTime()),
      state: 'waiting',
      from: visitedFrom(),
      askedAt: now,
      expiresAt: this.hoursFromNow(),
    };
    if (!(await this.records.add(tx, request))) throw new Refusal('entity-request.waits-already');
    const due = new Date(now.getTime() + KEPT_MS);
    await this.jobs.add(tx, { kind: JOB, payload: { request: request.id }, due });
    return request;
  }

  async find(id: string): Promise<EntityRequest | undefined> {
    return this.records.find(id);
  }

  /** The one that is open for the entity, or else its newest. */
  async newest(kind: RequestKind, creditCode: CreditCode): Promise<EntityRequest | undefined> {
    return this.records.newest(kind, creditCode);
  }

  /** Whatever is kept of what this account was asked, or has asked; the oldest first. */
  async of(account: { accountId: string } | { entityId: string }): Promise<EntityRequest[]> {
    return this.records.of(account);
  }

  /** Whoever asked thinks better of it. Twice does no harm. */
  async withdraw(tx: Tx, id: string): Promise<void> {
    await this.records.move(tx, id, OPEN, 'withdrawn');
  }

  /**
   * What was confirmed is done, in the transaction of the deed; the representative's account stays as it is till then.
   * @throws {Refusal} entity-request.* as it stands, when it is not confirmed or lapsed: of any number at once, one finishes it
   */
  async finish(tx: Tx, { id, accountId }: EntityRequest): Promise<void> {
    if (!(await this.accounts.isActive(tx, accountId))) throw new Refusal('entity-request.gone');
    if (await this.records.move(tx, id, ['confirmed'], 'finished')) return;
    throw refusalOf(await this.records.find(id, tx));
  }

  /** What it asked for has come about in another way. */
  async overtake(tx: Tx, kind: RequestKind, creditCode: CreditCode): Promise<void> {
    await this.records.overtake(tx, kind, creditCode);
  }

  /** Nothing that an account asks or is asked outlives it. */
  async dropAll(tx: Tx, accountId: string): Promise<void> {
    await this.records.drop(tx, { accountId });
    await this.records.drop(tx, { entityId: accountId });
  }

  private hoursFromNow(): Date {
    return new Date(this.clock.ms() + OPEN_HOURS * HOUR_MS);
  }
}

/** Why a request cannot be acted on as it stands. */
export const refusalOf = (request: EntityRequest | undefined): Refusal =>
  new Refusal(request ? `entity-request.${request.state}` : 'entity-request.gone');
