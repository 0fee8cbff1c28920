import { Injectable } from '@nestjs/common';
import type { IdentifierKind } from '../../shared/account.js';
import { Clock } from '../../shared/clock.js';
import type { Sensitive } from '../../shared/sensitive.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { Database } from '../../storage/transactions.js';
import type { Reader, Tx } from '../../storage/transactions.js';
import { IdentifierEntity } from './identifier.entity.js';

/** The table of what must be unique. Taking one is an insert, freeing one a delete, finding one a primary-key read. */
@Injectable()
export class Identifiers {
  constructor(
    private readonly db: Database,
    private readonly blind: BlindIndex,
    private readonly clock: Clock,
  ) {}

  /** @returns whether it was free */
  async take(tx: Tx, accountId: string, kind: IdentifierKind, value: Sensitive): Promise<boolean> {
    const rows = (await tx.query(
      `insert into identifiers (kind, blind_index, account_id, created_at) values ($1, $2, $3, $4)
       on conflict do nothing returning account_id`,
      [kind, this.indexOf(kind, value), accountId, this.clock.now()],
    )) as unknown[];
    return rows.length === 1;
  }

  /** The account's own of a kind, the newest first. */
  async held(reader: Reader, accountId: string, kind: IdentifierKind): Promise<IdentifierEntity[]> {
    return reader.find(IdentifierEntity, { where: { accountId, kind }, order: { createdAt: 'desc' } });
  }

  /** Frees what the account holds of a kind apart from the newest. */
  async freeOlder(tx: Tx, accountId: string, kind: IdentifierKind): Promise<void> {
    const [, ...older] = await this.held(tx, accountId, kind);
    for (const { blindIndex } of older) await tx.delete(IdentifierEntity, { kind, blindIndex });
  }

  indexOf(kind: IdentifierKind, value: Sensitive): Buffer {
    return this.blind.of(kind, value.reveal());
  }

  async free(tx: Tx, accountId: string, kind: IdentifierKind): Promise<void> {
    await tx.delete(IdentifierEntity, { accountId, kind });
  }

  /** Whoever comes next may have them. */
  async freeAll(tx: Tx, accountId: string): Promise<void> {
    await tx.delete(IdentifierEntity, { accountId });
  }

  /** @returns whether the account had it: of any number of requests at once, one frees it */
  async freeOne(tx: Tx, accountId: string, kind: IdentifierKind, value: Sensitive): Promise<boolean> {
    const one = { kind, blindIndex: this.indexOf(kind, value), accountId };
    return (await tx.delete(IdentifierEntity, one)).affected === 1;
  }

  /** Frees one by what it is found by: the value itself need not be opened for that. */
  async freeIndexed(tx: Tx, kind: IdentifierKind, blindIndex: Buffer): Promise<void> {
    await tx.delete(IdentifierEntity, { kind, blindIndex });
  }

  /** @param reader the transaction that runs, if one does */
  async find(kind: IdentifierKind, value: Sensitive, reader: Reader = this.db.manager): Promise<string | undefined> {
    const [row] = (await reader.query('select account_id from identifiers where kind = $1 and blind_index = $2', [
      kind,
      this.indexOf(kind, value),
    ])) as { account_id: string }[];
    return row?.account_id;
  }
}
