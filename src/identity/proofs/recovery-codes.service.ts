import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { uuidOf } from '../../storage/uuid.js';
import { Activity } from '../activity/activity.service.js';
import { longCode } from '../codes/long-code.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';

/**
 * One-time codes that a service hall issues after it has seen the ID card: shown once, kept as a keyed hash, found by
 * themselves, so that a wrong one says nothing of whether anybody has an account.
 */
@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly db: Database,
    private readonly blind: BlindIndex,
    private readonly activity: Activity,
    private readonly clock: Clock,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @param operator who has seen the card: kept in the account's trail. An earlier code of the account dies. */
  async issue(tx: Tx, accountId: string, operator: string): Promise<{ code: string; expiresAt: Date }> {
    const now = this.clock.now();
    const code = longCode();
    const expiresAt = new Date(now.getTime() + this.jurisdiction.lifetimes.recoveryCodeMinutes * 60_000);
    await tx.delete(RecoveryCodeEntity, { expiresAt: LessThanOrEqual(now) });
    await tx.delete(RecoveryCodeEntity, { accountId });
    await tx.insert(RecoveryCodeEntity, { accountId, code: this.index(code), expiresAt });
    await this.activity.record(tx, {
      account: accountId,
      actor: uuidOf(`operator|${operator}`),
      kind: 'recovery-code-issued',
      details: { operator },
    });
    return { code, expiresAt };
  }

  /** Whose it is, while it counts. */
  async find(code: string): Promise<string | undefined> {
    const [row] = await this.db.query<{ account_id: string }>(
      'select account_id from recovery_codes where code = $1 and expires_at > $2',
      [this.index(code), this.clock.now()],
    );
    return row?.account_id;
  }

  /** Uses it up. @returns whether it was there: of any number of takers, one gets it */
  async take(tx: Tx, code: string): Promise<boolean> {
    return (await tx.delete(RecoveryCodeEntity, { code: this.index(code) })).affected === 1;
  }

  /** Until when a code of this account counts; `undefined` without one. */
  async expiryOf(accountId: string): Promise<Date | undefined> {
    const found = await this.db.manager.findOneBy(RecoveryCodeEntity, { accountId });
    return found && found.expiresAt > this.clock.now() ? found.expiresAt : undefined;
  }

  async remove(tx: Tx, accountId: string): Promise<void> {
    await tx.delete(RecoveryCodeEntity, { accountId });
  }

  private index(code: string): Buffer {
    return this.blind.of('code', `recovery|${code}`);
  }
}
