import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-custom';
import type { SignedForm } from '../../identity/certificates/certificate-judge.service.js';
import { CertificateOwners } from '../../identity/certificates/certificate-owners.service.js';
import { CertificateProofs } from '../../identity/certificates/certificate-proofs.service.js';
import { WaitingCertificates } from '../../identity/certificates/waiting-certificates.service.js';
import { Refusal } from '../../shared/refusal.js';
import type { SignIn } from './sign-in.js';

/** What the certificate page brings to the strategy. */
export interface CertificateLogin {
  form: SignedForm;
  cid: string;
  address: string;
}

/** Login by a bound certificate and its signature under our challenge. */
@Injectable()
export class CertificateStrategy extends PassportStrategy(Strategy, 'certificate') {
  constructor(
    private readonly proofs: CertificateProofs,
    private readonly owners: CertificateOwners,
    private readonly waiting: WaitingCertificates,
  ) {
    super();
  }

  /**
   * @throws {Refusal} limit.wait, challenge.*, certificate.*, signature.*, login.disabled; certificate.not-bound for one of
   * an account's credit code, which then waits to be bound to it
   */
  async validate(request: Request & { certificateLogin: CertificateLogin }): Promise<SignIn> {
    const { form, cid, address } = request.certificateLogin;
    const proved = await this.proofs.prove({ purpose: 'login', binding: cid }, form, address);
    const accountId = await this.owners.of(proved);
    if (accountId) return { accountId, amr: [proved.amr] };
    await this.waiting.keep(cid, await this.owners.ofCode(proved), proved);
    throw new Refusal('certificate.not-bound');
  }
}
