import { Injectable } from '@nestjs/common';
import type { Certificate } from '../../shared/pki/certificate.js';
import { Thumbprint } from '../../shared/pki/thumbprint.js';
import { Refusal } from '../../shared/refusal.js';
import type { Tx } from '../../storage/transactions.js';
import { Accounts } from '../accounts/accounts.service.js';
import { Entities } from '../accounts/entities.service.js';
import { Identifiers } from '../accounts/identifiers.service.js';
import { Activity } from '../activity/activity.service.js';
import { BoundCertificates } from './bound-certificates.service.js';
import type { BoundCertificate } from './bound-certificates.service.js';
import type { ProvedCertificate } from './certificate-judge.service.js';

export type { BoundCertificate } from './bound-certificates.service.js';

/** More keys than a company's accountants carry; each is a way in and is asked after every night. */
export const MOST_BOUND = 10;

/** Which certificate opens which account: a certificate one account, an account several certificates. */
@Injectable()
export class CertificateBindings {
  constructor(
    private readonly bound: BoundCertificates,
    private readonly identifiers: Identifiers,
    private readonly entities: Entities,
    private readonly accounts: Accounts,
    private readonly activity: Activity,
  ) {}

  /**
   * Binds a certificate that has just signed our challenge. Of any number of requests at once, one wins.
   * @throws {Refusal} certificate.code-differs, .already-bound, .bound-elsewhere, .too-many; account.ended
   */
  async bind(tx: Tx, accountId: string, proved: ProvedCertificate): Promise<void> {
    await this.accounts.hold(tx, accountId);
    const entity = await this.entities.find(accountId, tx);
    if (entity?.creditCode.reveal() !== proved.creditCode.reveal()) throw new Refusal('certificate.code-differs');
    const thumbprint = Thumbprint.of(proved.certificate);
    if (!(await this.identifiers.take(tx, accountId, 'certificate', thumbprint))) {
      const holder = await this.identifiers.find('certificate', thumbprint, tx);
      throw new Refusal(holder === accountId ? 'certificate.already-bound' : 'certificate.bound-elsewhere');
    }
    if ((await this.bound.count(tx, accountId)) >= MOST_BOUND)
      throw new Refusal('certificate.too-many', { values: { most: MOST_BOUND } });
    await this.bound.add(tx, accountId, proved, this.identifiers.indexOf('certificate', thumbprint));
    const details = { authority: proved.authority.id };
    await this.activity.record(tx, { account: accountId, kind: 'certificate-bound', details });
  }

  /** By thumbprint only, never by code. @returns the binding, of an active account or not */
  async find(certificate: Certificate): Promise<BoundCertificate | undefined> {
    const thumbprint = Thumbprint.of(certificate);
    const accountId = await this.identifiers.find('certificate', thumbprint);
    if (!accountId) return undefined;
    return this.bound.of(accountId, certificate, this.identifiers.indexOf('certificate', thumbprint));
  }

  /** It was seen to be revoked: if it is bound, the next re-check asks after it. */
  async suspect(certificate: Certificate): Promise<void> {
    const thumbprint = Thumbprint.of(certificate);
    const accountId = await this.identifiers.find('certificate', thumbprint);
    if (accountId) await this.bound.suspect(accountId, this.identifiers.indexOf('certificate', thumbprint));
  }

  /** The account's, the oldest binding first. */
  async list(accountId: string): Promise<BoundCertificate[]> {
    return this.bound.list(accountId);
  }

  /**
   * From its commit on nobody logs in by it; the sessions made with it are the caller's to end.
   * @param why what the trail says @returns whether it was there: of any number at once, one unbinds it
   */
  async unbind(
    tx: Tx,
    accountId: string,
    id: string,
    why: 'certificate-unbound' | 'certificate-revoked' = 'certificate-unbound',
  ): Promise<boolean> {
    const removed = await this.bound.remove(tx, accountId, id);
    if (!removed) return false;
    await this.identifiers.freeIndexed(tx, 'certificate', removed.blindIndex);
    await this.activity.record(tx, { account: accountId, kind: why });
    return true;
  }

  /** The account is closed: its identifiers are freed with it. */
  async removeAll(tx: Tx, accountId: string): Promise<void> {
    await this.bound.removeAll(tx, accountId);
  }
}
