import { Injectable } from '@nestjs/common';
import { Accounts } from '../../identity/accounts/accounts.service.js';
import { CertificateBindings } from '../../identity/certificates/bindings.service.js';
import { TrustedAuthorities } from '../../identity/certificates/trusted-authorities.service.js';
import { Clock } from '../../shared/clock.js';
import type { CreditCode } from '../../shared/credit-code.js';
import { readCertificate } from '../../shared/pki/certificate.js';
import type { Certificate } from '../../shared/pki/certificate.js';
import { trustedChain } from '../../shared/pki/path.js';
import { Refusal } from '../../shared/refusal.js';
import { Database } from '../../storage/transactions.js';
import { DemoEntities } from '../demo-entities.service.js';

/** The demonstration's entity with a certificate: its key is made by whoever orders, so it is bound when it is issued. */
@Injectable()
export class DemoCertificates {
  constructor(
    private readonly entities: DemoEntities,
    private readonly accounts: Accounts,
    private readonly authorities: TrustedAuthorities,
    private readonly bindings: CertificateBindings,
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Binds what has just been issued to the entity that is to have a certificate, where it has none. */
  async bindFirst(creditCode: CreditCode, issued: readonly Buffer[]): Promise<void> {
    const isMeant = this.entities
      .list()
      .some((one) => one.state === 'certified' && one.creditCode === creditCode.reveal());
    const accountId = isMeant ? await this.accounts.find('credit-code', creditCode) : undefined;
    if (!accountId || (await this.bindings.list(accountId)).length > 0) return;
    const [certificate, ...offered] = issued.map(readCertificate) as [Certificate, ...Certificate[]];
    const chain = trustedChain(certificate, offered, this.authorities.store, this.clock.now());
    const authority = this.authorities.ownerOf(chain);
    const proved = { certificate, chain, authority, creditCode, amr: 'swk' } as const;
    try {
      await this.db.transaction(async (tx) => this.bindings.bind(tx, accountId, proved));
    } catch (refusal) {
      // Somebody has bound one in the same moment.
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }
}
