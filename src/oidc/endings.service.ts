import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { Jobs } from '../storage/jobs.service.js';
import type { Tx } from '../storage/transactions.js';
import { Sessions } from './sessions.service.js';

const JOB = 'oidc.end-all';
/** Time enough for whoever ends them at once; then the job finds nothing left to do. */
const AFTER_MS = 60_000;

interface Promised {
  account: string;
  /** The session that goes on. */
  spare?: string;
  /** What is older ends, in `Clock` milliseconds: a login that came after the commit goes on. */
  before: number;
  /** Only what a certificate had a part in. */
  certified?: boolean;
}

/** Ends an account's sessions and grants, with a job of the commit that ends it: a crash between the two loses nothing. */
@Injectable()
export class Endings implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(
      JOB,
      async (payload) => {
        const { account, ...which } = payload as unknown as Promised;
        await this.sessions.endAll(account, which);
      },
      { most: Infinity },
    );
  }

  /** They end as soon as this has been committed. The caller has set the account's `validFrom` in it. */
  async endAll(tx: Tx, account: string): Promise<void> {
    await this.add(tx, { account, before: this.clock.ms() });
  }

  /** They will end, should `endNow` not come to it. The caller has set the account's `validFrom` in this transaction. */
  async promise(tx: Tx, account: string, spare?: string): Promise<void> {
    const before = this.clock.ms();
    await this.add(tx, { account, spare, before }, new Date(before + AFTER_MS));
  }

  /** After the commit: they end before the person has an answer. */
  async endNow(account: string, spare?: string): Promise<void> {
    await this.sessions.endAll(account, { spare });
  }

  /** The same for what was made with a certificate. The caller has set the account's `certifiedFrom` in this transaction. */
  async promiseCertified(tx: Tx, account: string): Promise<void> {
    const before = this.clock.ms();
    await this.add(tx, { account, before, certified: true }, new Date(before + AFTER_MS));
  }

  async endCertifiedNow(account: string): Promise<void> {
    await this.sessions.endAll(account, { certified: true });
  }

  private async add(tx: Tx, payload: Promised, due?: Date): Promise<void> {
    await this.jobs.add(tx, { kind: JOB, payload, due });
  }
}
