/** Certificates: which authorities are trusted, challenges, what a signed one proves, which are bound.. */
import { Module } from '@nestjs/common';
import { GatewaysModule } from '../../gateways/gateways.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ActivityModule } from '../activity/activity.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { CertificateBindings } from './bindings.service.js';
import { BoundCertificates } from './bound-certificates.service.js';
import { CertificateChallenges } from './certificate-challenges.service.js';
import { CertificateJudge } from './certificate-judge.service.js';
import { CertificateOwners } from './certificate-owners.service.js';
import { CertificateProofs } from './certificate-proofs.service.js';
import { CertificateRechecks } from './certificate-rechecks.service.js';
import { TrustedAuthorities } from './trusted-authorities.service.js';
import { WaitingCertificates } from './waiting-certificates.service.js';

const EXPORTED = [
  BoundCertificates,
  CertificateBindings,
  CertificateChallenges,
  CertificateJudge,
  CertificateOwners,
  CertificateProofs,
  CertificateRechecks,
  TrustedAuthorities,
  WaitingCertificates,
];

@Module({
  imports: [AccountsModule, ActivityModule, GatewaysModule, LimitsModule],
  providers: EXPORTED,
  exports: EXPORTED,
})
export class CertificatesModule {}
