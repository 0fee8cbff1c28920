import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { chinaDay } from '../../shared/china-time.js';
import { Clock } from '../../shared/clock.js';
import { Jobs } from '../../storage/jobs.service.js';
import { ShortLived, storeKey } from '../../storage/short-lived.js';
import { Database } from '../../storage/transactions.js';
import { Entities } from '../accounts/entities.service.js';
import { EntityStanding } from './entity-standing.service.js';

const JOB = 'entity.register';
const DAY_SECONDS = 86_400;

/** At its first login of a China day the register is asked about an entity, with nobody waiting for the answer. */
@Injectable()
export class DailyRegister implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly db: Database,
    private readonly store: ShortLived,
    private readonly entities: Entities,
    private readonly standing: EntityStanding,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, async ({ account }) => this.ask(String(account)));
  }

  /** Of an entity that has logged in; whoever has today costs one look into the short-lived store. */
  async atLogin(accountId: string): Promise<void> {
    const key = storeKey('register-asked', `${accountId}-${chinaDay(this.clock.now())}`);
    if (!(await this.store.once(key, DAY_SECONDS))) return;
    await this.db.transaction(async (tx) => this.jobs.add(tx, { kind: JOB, payload: { account: accountId } }));
  }

  /** A register that is down is asked again as jobs are, and at the next day's login. */
  private async ask(accountId: string): Promise<void> {
    const entity = await this.entities.find(accountId);
    if (!entity || chinaDay(entity.askedAt) === chinaDay(this.clock.now())) return;
    await this.standing.renew(accountId);
  }
}
