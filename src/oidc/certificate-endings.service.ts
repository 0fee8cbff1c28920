import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { BoundCertificates } from '../identity/certificates/bound-certificates.service.js';
import { AUTHORITY_ENDED } from '../identity/certificates/trusted-authorities.service.js';
import { Jobs } from '../storage/jobs.service.js';
import { Database } from '../storage/transactions.js';
import type { Tx } from '../storage/transactions.js';
import { Endings } from './endings.service.js';
import { SessionMeans } from './session-means.service.js';

const BATCH = 100;

interface AuthorityEnded {
  authority: string;
  /** The bindings up to this one have been seen to. */
  after?: string;
}

/**
 * Ends what was made with certificates that count no more: every session of the account that a certificate had a part in,
 * whichever it was, and the grants that came of it (DESIGN 4). A session by password alone goes on.
 */
@Injectable()
export class CertificateEndings implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly accounts: Accounts,
    private readonly bound: BoundCertificates,
    private readonly endings: Endings,
    private readonly means: SessionMeans,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    const work = async (payload: Record<string, unknown>) => this.batch(payload as unknown as AuthorityEnded);
    this.jobs.handle(AUTHORITY_ENDED, work, { most: Infinity });
  }

  /** From this commit on they count no more, and are ended; `endNow` after the commit lets nobody wait for that. */
  async promise(tx: Tx, account: string): Promise<void> {
    await this.accounts.invalidateCertified(tx, account);
    await this.endings.promiseCertified(tx, account);
  }

  /** @param asking the session that asks for it: what else it was proved by goes on */
  async endNow(account: string, asking?: string): Promise<void> {
    if (asking) await this.means.loseCertificates(asking);
    await this.endings.endCertifiedNow(account);
  }

  /** An authority is trusted no more: ends what its certificates have made, before this returns. */
  async endAuthority(authority: string): Promise<void> {
    for (let after: string | undefined; ;) {
      after = await this.endSome({ authority, after });
      if (after === undefined) return;
    }
  }

  /** A piece at a time: what follows is another job, so that none outlives its lease. */
  private async batch(ended: AuthorityEnded): Promise<void> {
    const after = await this.endSome(ended);
    if (after === undefined) return;
    const payload: AuthorityEnded = { authority: ended.authority, after };
    await this.db.transaction(async (tx) => this.jobs.add(tx, { kind: AUTHORITY_ENDED, payload }));
  }

  /** @returns the last binding that was seen to; `undefined` when there are no more */
  private async endSome({ authority, after }: AuthorityEnded): Promise<string | undefined> {
    const bindings = await this.bound.ofAuthority(authority, after, BATCH);
    for (const accountId of new Set(bindings.map((one) => one.accountId))) {
      await this.db.transaction(async (tx) => this.promise(tx, accountId));
      await this.endNow(accountId);
    }
    return bindings.length === BATCH ? bindings.at(-1)?.id : undefined;
  }
}
