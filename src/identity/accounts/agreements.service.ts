import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import type { Tx } from '../../storage/transactions.js';
import { uuidv7 } from '../../storage/uuid.js';
import { AgreementAcceptedEntity } from './agreement-accepted.entity.js';

/** The registration agreement, and who accepted which version of it when. */
@Injectable()
export class Agreements {
  constructor(
    private readonly jurisdiction: Jurisdiction,
    private readonly clock: Clock,
  ) {}

  /** The version in force. */
  get version(): string {
    return this.jurisdiction.agreement.version;
  }

  /** Keeps that the account accepts the version in force, with a hash of its text. */
  async accept(tx: Tx, accountId: string): Promise<void> {
    const { version, text } = this.jurisdiction.agreement;
    const now = this.clock.now();
    await tx.insert(AgreementAcceptedEntity, {
      id: uuidv7(now.getTime()),
      accountId,
      version,
      textHash: createHash('sha256').update(text['zh-CN']).digest(),
      acceptedAt: now,
    });
  }
}
