import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import type { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { FieldCipher } from '../../storage/field-cipher.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { Activity } from '../activity/activity.service.js';
import { AccountEntity } from './account.entity.js';
import { Identifiers } from './identifiers.service.js';
import { NaturalPersonEntity } from './natural-person.entity.js';
import { PendingChanges } from './pending-changes.service.js';

const KIND = 'number-freed';

/**
 * Numbers that changed hands: freed by their new owner, and given back to the old one who shows within the days that it
 * is still theirs (docs/decisions/0008).
 */
@Injectable()
export class FreedNumbers implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly cipher: FieldCipher,
    private readonly identifiers: Identifiers,
    private readonly pending: PendingChanges,
    private readonly activity: Activity,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.pending.onDue(KIND, async ({ accountId }) =>
      this.db.transaction(async (tx) => void (await this.pending.take(tx, accountId, KIND))),
    );
  }

  /**
   * Takes the number from the account, and keeps it for it, sealed, until the day.
   * @throws {Refusal} login.no-account when it is not the account's any more: of any number of requests at once, one frees it
   */
  async free(tx: Tx, accountId: string, phone: Phone, until: Date): Promise<void> {
    if (!(await this.lose(tx, accountId, phone, 'new-holder'))) throw new Refusal('login.no-account');
    await this.pending.add(tx, { accountId, kind: KIND, due: until, phone });
  }

  /** The number that the account may have back, and until when. */
  async of(accountId: string): Promise<{ phone: Phone; due: Date } | undefined> {
    const change = await this.pending.find(accountId, KIND);
    if (!change?.phone || change.due <= this.clock.now()) return undefined;
    return { phone: change.phone, due: change.due };
  }

  /**
   * Gives a number back that its owner has just proved to hold, in place of another one that was bound since. An account
   * that nobody stands behind loses it for that.
   * @returns the account that lost it, if one had registered with it
   * @throws {Refusal} number.restore-over (nothing is kept any more), number.restore-taken (a verified account has it)
   */
  async restore(tx: Tx, accountId: string, phone: Phone): Promise<string | undefined> {
    if (!(await this.pending.take(tx, accountId, KIND))) throw new Refusal('number.restore-over');
    const holder = await this.identifiers.find('phone', phone, tx);
    if (holder) await this.takeFrom(tx, holder, phone);
    await this.identifiers.free(tx, accountId, 'phone');
    if (!(await this.identifiers.take(tx, accountId, 'phone', phone))) throw new Refusal('number.restore-taken');
    const sealed = await this.cipher.seal(tx, accountId, 'person.phone', phone.reveal());
    await tx.update(NaturalPersonEntity, { accountId }, { phone: sealed, updatedAt: this.clock.now() });
    await this.activity.record(tx, { account: accountId, kind: 'phone-restored' });
    return holder;
  }

  /** Its row is held meanwhile, so that it is not verified in the same moment; its sessions from before end. */
  private async takeFrom(tx: Tx, holder: string, phone: Phone): Promise<void> {
    const unverified = { id: holder, level: 0 } as const;
    const held = await tx.update(AccountEntity, unverified, { validFrom: this.clock.now() });
    if (held.affected !== 1) throw new Refusal('number.restore-taken');
    await this.lose(tx, holder, phone, 'old-holder');
  }

  /** @param by who it went to, for the trail @returns whether the account had it until now */
  private async lose(tx: Tx, accountId: string, phone: Phone, by: 'new-holder' | 'old-holder'): Promise<boolean> {
    if (!(await this.identifiers.freeOne(tx, accountId, 'phone', phone))) return false;
    await tx.update(NaturalPersonEntity, { accountId }, { phone: null, updatedAt: this.clock.now() });
    await this.activity.record(tx, { account: accountId, kind: 'phone-freed', details: { by } });
    return true;
  }
}
