import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { CertificateRechecks } from '../../identity/certificates/certificate-rechecks.service.js';
import { CertificateChanges } from '../../oidc/certificate-changes.service.js';
import { Clock } from '../../shared/clock.js';
import { Jobs } from '../../storage/jobs.service.js';

const JOB = 'certificates.recheck';
const PERIOD_MS = 10 * 60_000;
const BATCH = 20;
/** Well within a job's lease; what is left then is the next run's. */
const LONGEST_MS = 60_000;

/**
 * Every bound certificate is asked after once a day, a batch at a time, by one process: a revoked one is unbound, what it
 * made ends, its owner is told.
 */
@Injectable()
export class CertificateRecheckJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly rechecks: CertificateRechecks,
    private readonly changes: CertificateChanges,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.jobs.recur(JOB, PERIOD_MS, async () => this.run());
  }

  private async run(): Promise<void> {
    const begun = this.clock.ms();
    const unbind = async ({ accountId, id }: { accountId: string; id: string }) =>
      this.changes.unbind(accountId, id, 'certificate-revoked');
    while ((await this.rechecks.some(BATCH, unbind)) === BATCH && this.clock.ms() - begun < LONGEST_MS);
  }
}
