import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Refusal } from '../../shared/refusal.js';
import { Accounts } from '../accounts/accounts.service.js';
import { Entities } from '../accounts/entities.service.js';
import { CertificateBindings } from './bindings.service.js';
import type { ProvedCertificate } from './certificate-judge.service.js';

/** Whose a proved certificate is. What is known of an account is told to who holds a certificate of its credit code. */
@Injectable()
export class CertificateOwners {
  constructor(
    private readonly bindings: CertificateBindings,
    private readonly accounts: Accounts,
    private readonly entities: Entities,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /**
   * The account that it opens: by its binding only, never by its code, which must still be the account's.
   * @returns `undefined` when it is bound to none @throws {Refusal} login.disabled, certificate.code-differs
   */
  async of({ certificate, creditCode }: ProvedCertificate): Promise<string | undefined> {
    const bound = await this.bindings.find(certificate);
    if (!bound) return undefined;
    await this.refuseEnded(bound.accountId);
    const entity = await this.entities.find(bound.accountId);
    if (entity?.creditCode.reveal() !== creditCode.reveal()) throw new Refusal('certificate.code-differs');
    return bound.accountId;
  }

  /** The account of its credit code, which it may be bound to. @throws {Refusal} certificate.no-account, login.disabled */
  async ofCode({ creditCode }: ProvedCertificate): Promise<string> {
    const accountId = await this.accounts.find('credit-code', creditCode);
    if (!accountId) throw new Refusal('certificate.no-account');
    await this.refuseEnded(accountId);
    return accountId;
  }

  private async refuseEnded(accountId: string): Promise<void> {
    const standing = await this.accounts.standing(accountId);
    if (standing?.state === 'active' && standing.kind === 'entity') return;
    throw new Refusal('login.disabled', { values: { hotline: this.jurisdiction.hotline.number } });
  }
}
