import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Jobs } from '../storage/jobs.service.js';
import type { Tx } from '../storage/transactions.js';
import { Sessions } from './sessions.service.js';

const JOB = 'oidc.end-all';

/** Ends an account's sessions and grants as a job of the commit that ends it: a crash between the two loses nothing. */
@Injectable()
export class Endings implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly sessions: Sessions,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, async (payload) => this.sessions.endAll(String(payload['account'])), {
      most: Infinity,
    });
  }

  /** The caller has set the account's `validFrom` in the same transaction. */
  async endAll(tx: Tx, account: string): Promise<void> {
    await this.jobs.add(tx, { kind: JOB, payload: { account } });
  }
}
