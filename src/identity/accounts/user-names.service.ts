import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Refusal } from '../../shared/refusal.js';
import type { UserName } from '../../shared/user-name.js';
import { FieldCipher } from '../../storage/field-cipher.js';
import { Jobs } from '../../storage/jobs.service.js';
import { Database } from '../../storage/transactions.js';
import type { Tx } from '../../storage/transactions.js';
import { Activity } from '../activity/activity.service.js';
import { AccountEntity } from './account.entity.js';
import { Identifiers } from './identifiers.service.js';

/** What a sealed user name is. */
export const USER_NAME = 'account.user-name';
const JOB = 'user-name.freed';
const DAY_MS = 86_400_000;
/** For so long the name from before still logs in and is nobody else's; until then there is no second change. */
const KEPT_DAYS = 30;

/** User names: unique by their skeleton, sealed as they are spelled, changed once in thirty days. */
@Injectable()
export class UserNames implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly cipher: FieldCipher,
    private readonly identifiers: Identifiers,
    private readonly activity: Activity,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, async ({ account }) =>
      this.db.transaction(async (tx) => this.identifiers.freeOlder(tx, String(account), 'user-name')),
    );
  }

  /**
   * Gives the account this name. Another spelling of its own name is no change: it logs in by all of them.
   * @throws {Refusal} user-name.taken when another account has it or one that looks like it: of any number of requests
   * at once, one wins; user-name.changed-lately with the days left; account.ended when it is closed in the same moment
   */
  async set(tx: Tx, accountId: string, name: UserName): Promise<void> {
    // Its row is held from here on: of one account's own requests, too, one comes after the other.
    const lock = { mode: 'pessimistic_write' } as const;
    const active = await tx.findOne(AccountEntity, { where: { id: accountId, state: 'active' }, lock });
    if (!active) throw new Refusal('account.ended', { status: 403 });
    const sealed = await this.cipher.seal(tx, accountId, USER_NAME, name.reveal());
    await tx.update(AccountEntity, { id: accountId }, { userName: sealed });
    const names = await this.identifiers.held(tx, accountId, 'user-name');
    const index = this.identifiers.indexOf('user-name', name.skeleton);
    if (!names[0]?.blindIndex.equals(index)) await this.claim(tx, accountId, name, names[0]?.createdAt, names.length);
    await this.activity.record(tx, { account: accountId, kind: 'user-name-set' });
  }

  /** @param since when the present name was chosen, if there is one @param names how many are held for the account */
  private async claim(
    tx: Tx,
    accountId: string,
    name: UserName,
    since: Date | undefined,
    names: number,
  ): Promise<void> {
    if (since && names > 1) throw this.changedLately(since);
    if (!(await this.identifiers.take(tx, accountId, 'user-name', name.skeleton))) {
      throw new Refusal('user-name.taken', { field: 'userName' });
    }
    if (!since) return;
    const due = new Date(this.clock.ms() + KEPT_DAYS * DAY_MS);
    await this.jobs.add(tx, { kind: JOB, payload: { account: accountId }, due });
  }

  private changedLately(since: Date): Refusal {
    const left = Math.max(1, since.getTime() + KEPT_DAYS * DAY_MS - this.clock.ms());
    const values = { days: Math.ceil(left / DAY_MS) };
    return new Refusal('user-name.changed-lately', { field: 'userName', retryAfter: Math.ceil(left / 1000), values });
  }
}
