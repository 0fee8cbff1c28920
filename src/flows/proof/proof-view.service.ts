import { Injectable } from '@nestjs/common';
import { Profiles } from '../../identity/accounts/profiles.service.js';
import { AlipayBindings } from '../../identity/alipay/alipay-bindings.service.js';
import { CertificateBindings } from '../../identity/certificates/bindings.service.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';

/** What is asked for on the page itself; Alipay and a certificate have pages of their own. */
export type ProofBy = 'password' | 'identity';

/** Whom the proof page acts on, and by what this account can prove itself. */
export interface ProofView {
  /** Masked: the page names whom it acts on. */
  account: string;
  has: { password: boolean; identity: boolean; alipay: boolean; certificate: boolean };
}

/** The ways of an account to prove itself, SMS apart (DESIGN 6). */
@Injectable()
export class ProofViews {
  constructor(
    private readonly profiles: Profiles,
    private readonly passwords: Passwords,
    private readonly alipay: AlipayBindings,
    private readonly certificates: CertificateBindings,
  ) {}

  async of({ accountId }: SignedIn): Promise<ProofView> {
    const { maskedName, maskedPhone, maskedIdNumber, entity } = (await this.profiles.of(accountId)) ?? {};
    const [password, since, certificates] = await Promise.all([
      this.passwords.has(accountId),
      this.alipay.since(accountId),
      entity ? this.certificates.list(accountId) : [],
    ]);
    const identity = maskedIdNumber !== undefined;
    return {
      account: (entity ? maskedName : maskedPhone) ?? maskedName ?? '',
      has: { password, identity, alipay: since !== undefined, certificate: certificates.length > 0 },
    };
  }
}
