import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Phone } from '../../shared/phone.js';
import { FieldCipher } from '../../storage/field-cipher.js';
import { Jobs } from '../../storage/jobs.service.js';
import { Database } from '../../storage/transactions.js';
import type { Reader, Tx } from '../../storage/transactions.js';
import { PendingChangeEntity } from './pending-change.entity.js';
import type { PendingKind } from './pending-change.entity.js';

export type { PendingKind };

export interface PendingChange {
  accountId: string;
  kind: PendingKind;
  due: Date;
  phone?: Phone;
  stopCode?: string;
}

const MEANING = 'pending.phone';

/** Changes that wait: at most one of a kind an account. The job that carries one out comes with it. */
@Injectable()
export class PendingChanges {
  constructor(
    private readonly db: Database,
    private readonly cipher: FieldCipher,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Puts the change down for its day; one of the same kind from before is replaced. Job `pending.<kind>` runs then. */
  async add(tx: Tx, change: PendingChange): Promise<void> {
    await tx.delete(PendingChangeEntity, { accountId: change.accountId, kind: change.kind });
    await this.addIfNone(tx, change);
  }

  /** As `add`, but one from before stays. @returns whether there was none: of any number at once, one is put down */
  async addIfNone(tx: Tx, { accountId, kind, due, phone, stopCode }: PendingChange): Promise<boolean> {
    const sealed = phone && (await this.cipher.seal(tx, accountId, MEANING, phone.reveal()));
    const rows = (await tx.query(
      `insert into pending_changes (account_id, kind, phone, stop_code, due, created_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (account_id, kind) do nothing returning account_id`,
      [accountId, kind, sealed ?? null, stopCode ?? null, due, this.clock.now()],
    )) as unknown[];
    if (rows.length === 0) return false;
    await this.jobs.add(tx, { kind: `pending.${kind}`, payload: { account: accountId }, due });
    return true;
  }

  /** @param reader the transaction that runs, if one does */
  async isWaiting(accountId: string, kind: PendingKind, reader: Reader = this.db.manager): Promise<boolean> {
    return reader.existsBy(PendingChangeEntity, { accountId, kind });
  }

  /** When a change of this kind takes effect; `undefined` when none waits. */
  async dueOf(accountId: string, kind: PendingKind, reader: Reader = this.db.manager): Promise<Date | undefined> {
    return (await reader.findOneBy(PendingChangeEntity, { accountId, kind }))?.due;
  }

  async find(accountId: string, kind: PendingKind): Promise<PendingChange | undefined> {
    const row = await this.db.manager.findOneBy(PendingChangeEntity, { accountId, kind });
    return row ? this.opened(row) : undefined;
  }

  /** @param stopCode its blind index */
  async findByStopCode(stopCode: string): Promise<PendingChange | undefined> {
    const row = await this.db.manager.findOneBy(PendingChangeEntity, { stopCode });
    return row ? this.opened(row) : undefined;
  }

  /** Everything that waits, with when it was asked for: what the account's own data file tells. */
  async all(accountId: string): Promise<(PendingChange & { askedAt: Date })[]> {
    const rows = await this.db.manager.findBy(PendingChangeEntity, { accountId });
    return Promise.all(rows.map(async (row) => ({ ...(await this.opened(row)), askedAt: row.createdAt })));
  }

  /**
   * @param due takes it only while this is its day: it may have been stopped and asked for anew meanwhile
   * @returns whether it was still there: of any number of takers, one gets it
   */
  async take(tx: Tx, accountId: string, kind: PendingKind, due?: Date): Promise<boolean> {
    return (await tx.delete(PendingChangeEntity, { accountId, kind, ...(due ? { due } : {}) })).affected === 1;
  }

  /** Nothing that waits outlives its account. */
  async dropAll(tx: Tx, accountId: string): Promise<void> {
    await tx.delete(PendingChangeEntity, { accountId });
  }

  /** Who carries a kind out on its day; not before, not when it was stopped or put off meanwhile, and never given up. */
  onDue(kind: PendingKind, work: (change: PendingChange) => Promise<void>): void {
    const carryOut = async (payload: Record<string, unknown>) => {
      const change = await this.find(String(payload['account']), kind);
      if (change && change.due <= this.clock.now()) await work(change);
    };
    this.jobs.handle(`pending.${kind}`, carryOut, { most: Infinity });
  }

  /** What waits for its day, the next one first. */
  async of(accountId: string): Promise<{ kind: PendingKind; due: Date }[]> {
    const rows = await this.db.manager.findBy(PendingChangeEntity, { accountId });
    return rows.map(({ kind, due }) => ({ kind, due })).toSorted((a, b) => a.due.getTime() - b.due.getTime());
  }

  private async opened(row: PendingChangeEntity): Promise<PendingChange> {
    const { accountId, kind } = row;
    const phone = row.phone ? await this.cipher.open(accountId, MEANING, row.phone) : undefined;
    return {
      accountId,
      kind,
      due: row.due,
      phone: phone === undefined ? undefined : Phone.fromCanonical(phone),
      stopCode: row.stopCode ?? undefined,
    };
  }
}
