import { Injectable } from '@nestjs/common';
import { PendingChanges } from '../../identity/accounts/pending-changes.service.js';
import type { Profile } from '../../identity/accounts/standing.js';
import { AlipayBindings } from '../../identity/alipay/alipay-bindings.service.js';
import { CertificateBindings } from '../../identity/certificates/bindings.service.js';
import { stateOf } from '../../identity/certificates/binding-state.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { RequestAnswers } from '../../identity/entity-requests/request-answers.service.js';
import { Clock } from '../../shared/clock.js';
import type { AccountNow } from './attention.js';

/** What the first page of the user centre shows of its account. */
@Injectable()
export class UserCentre {
  constructor(
    private readonly passwords: Passwords,
    private readonly pending: PendingChanges,
    private readonly answers: RequestAnswers,
    private readonly bindings: CertificateBindings,
    private readonly alipay: AlipayBindings,
    private readonly clock: Clock,
  ) {}

  async now(profile: Profile): Promise<Omit<AccountNow, 'hasRole'>> {
    const [hasPassword, pending, confirmations, certificates, alipaySince] = await Promise.all([
      this.passwords.has(profile.accountId),
      this.pending.of(profile.accountId),
      this.answers.count(profile.accountId),
      this.certificates(profile),
      this.alipay.since(profile.accountId),
    ]);
    return { profile, hasPassword, pending, confirmations, certificates, alipaySince };
  }

  private async certificates({ kind, accountId }: Profile): Promise<AccountNow['certificates']> {
    if (kind !== 'entity') return [];
    const now = this.clock.now();
    return (await this.bindings.list(accountId)).map((one) => ({ state: stateOf(one, now), notAfter: one.notAfter }));
  }
}
