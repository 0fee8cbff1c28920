import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { DataKeyEntity } from './data-key.entity.js';
import { MasterKeys } from './master-keys.js';
import { open, seal } from './sealing.js';
import { Database } from './transactions.js';
import type { Reader, Tx } from './transactions.js';

const MOST = 10_000;
/** How long another process may still open what has been destroyed here. */
const KEPT_MS = 60_000;
const BATCH = 500;
const bound = (accountId: string) => `data-key|${accountId}`;

/** Fields of an account, sealed under its own data key; the meaning and the account are bound into each value. */
@Injectable()
export class FieldCipher {
  private readonly kept = new Map<string, { key: Buffer; until: number }>();

  constructor(
    private readonly db: Database,
    private readonly master: MasterKeys,
    private readonly clock: Clock,
  ) {}

  /** Makes the account's data key; first of all that is written for it. */
  async create(tx: Tx, accountId: string): Promise<void> {
    const key = randomBytes(32);
    await tx.insert(DataKeyEntity, { accountId, wrapped: this.master.wrap(key, bound(accountId)) });
    this.keep(accountId, key);
  }

  /** @param meaning what it is, such as `person.id-number`, never a physical name */
  async seal(reader: Reader, accountId: string, meaning: string, text: string): Promise<Buffer> {
    return seal(await this.key(reader, accountId), `${meaning}|${accountId}`, Buffer.from(text));
  }

  /**
   * @param reader the transaction that runs, if one does: a second connection for each would exhaust the pool
   * @throws {Error} when the value is another account's or another field's, or its key has been destroyed
   */
  async open(accountId: string, meaning: string, sealed: Buffer, reader: Reader = this.db.manager): Promise<string> {
    return open(await this.key(reader, accountId), `${meaning}|${accountId}`, sealed).toString();
  }

  /**
   * Gets the account's key ready, if there is such an account, beside another read: `open` then asks the database nothing.
   * That way it is asked the same whether or not there is one.
   */
  async warm(accountId: string): Promise<void> {
    await this.find(this.db.manager, accountId);
  }

  /** Erases the person: without the key nothing sealed under it opens again, in a backup neither. */
  async destroy(tx: Tx, accountId: string): Promise<void> {
    await tx.delete(DataKeyEntity, { accountId });
    this.kept.delete(accountId);
  }

  /** Wraps every data key by the newest master key, in batches. @returns how many were old */
  async rewrap(): Promise<number> {
    let after = '00000000-0000-0000-0000-000000000000';
    let old = 0;
    for (;;) {
      const rows = await this.db.query<{ account_id: string; wrapped: Buffer }>(
        'select account_id, wrapped from data_keys where account_id > $1 order by account_id limit $2',
        [after, BATCH],
      );
      if (rows.length === 0) return old;
      for (const row of rows.filter(({ wrapped }) => this.master.isOld(wrapped))) {
        const key = this.master.unwrap(row.wrapped, bound(row.account_id));
        await this.db.query('update data_keys set wrapped = $2 where account_id = $1 and wrapped = $3', [
          row.account_id,
          this.master.wrap(key, bound(row.account_id)),
          row.wrapped,
        ]);
        old += 1;
      }
      after = (rows.at(-1) as { account_id: string }).account_id;
    }
  }

  private async key(reader: Reader, accountId: string): Promise<Buffer> {
    const key = await this.find(reader, accountId);
    if (!key) throw new Error('the data key of this account is gone');
    return key;
  }

  private async find(reader: Reader, accountId: string): Promise<Buffer | undefined> {
    const known = this.kept.get(accountId);
    if (known && known.until > this.clock.ms()) return known.key;
    const row = await reader.findOneBy(DataKeyEntity, { accountId });
    if (!row) return undefined;
    const key = this.master.unwrap(row.wrapped, bound(accountId));
    this.keep(accountId, key);
    return key;
  }

  private keep(accountId: string, key: Buffer): void {
    if (this.kept.size >= MOST) this.kept.delete(this.kept.keys().next().value as string);
    this.kept.set(accountId, { key, until: this.clock.ms() + KEPT_MS });
  }
}
