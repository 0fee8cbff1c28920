import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import type { Tx } from '../../storage/transactions.js';
import { uuidv7 } from '../../storage/uuid.js';
import { AgreementAcceptedEntity } from './agreement-accepted.entity.js';

/** Which version was accepted, by its text, and when. */
export interface AcceptedAgreement {
  version: string;
  textHash: Buffer;
  acceptedAt: Date;
}

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

  /** The version in force, as it would be accepted now. */
  inForce(): AcceptedAgreement {
    const { version, text } = this.jurisdiction.agreement;
    const textHash = createHash('sha256').update(text['zh-CN']).digest();
    return { version, textHash, acceptedAt: this.clock.now() };
  }

  /** Keeps that the account accepts the version in force, with a hash of its text; or the one it has accepted before it was made. */
  async accept(tx: Tx, accountId: string, accepted = this.inForce()): Promise<void> {
    await tx.insert(AgreementAcceptedEntity, { id: uuidv7(accepted.acceptedAt.getTime()), accountId, ...accepted });
  }
}
