import { Injectable } from '@nestjs/common';
import type { Tx } from '../../storage/transactions.js';
import { CertificateBindings } from '../certificates/bindings.service.js';
import type { BoundCertificate } from '../certificates/bindings.service.js';
import { Passwords } from '../credentials/passwords.service.js';
import { RecoveryCodes } from '../proofs/recovery-codes.service.js';

/** What is kept of the ways into an account, as far as its owner may know it. */
export interface HeldWaysIn {
  password: { changedAt?: Date; dueSince?: Date };
  /** Until when a code that a service hall issued counts. */
  recoveryCode?: Date;
  certificates: BoundCertificate[];
}

/** What opens an account, its identifiers aside: password, recovery code, bound certificates. Told to its owner, and removed at the end. */
@Injectable()
export class WaysInHeld {
  constructor(
    private readonly passwords: Passwords,
    private readonly recovery: RecoveryCodes,
    private readonly certificates: CertificateBindings,
  ) {}

  async of(accountId: string): Promise<HeldWaysIn> {
    const [password, recoveryCode, certificates] = await Promise.all([
      this.passwords.times(accountId),
      this.recovery.expiryOf(accountId),
      this.certificates.list(accountId),
    ]);
    return { password, recoveryCode, certificates };
  }

  async removeAll(tx: Tx, accountId: string): Promise<void> {
    await this.passwords.remove(tx, accountId);
    await this.recovery.remove(tx, accountId);
    await this.certificates.removeAll(tx, accountId);
  }
}
