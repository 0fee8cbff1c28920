/** Certificates: which authorities are trusted, challenges, and what a signed one proves.. */
import { Module } from '@nestjs/common';
import { GatewaysModule } from '../../gateways/gateways.module.js';
import { CertificateChallenges } from './certificate-challenges.service.js';
import { CertificateJudge } from './certificate-judge.service.js';
import { TrustedAuthorities } from './trusted-authorities.service.js';

@Module({
  imports: [GatewaysModule],
  providers: [CertificateChallenges, CertificateJudge, TrustedAuthorities],
  exports: [CertificateChallenges, CertificateJudge, TrustedAuthorities],
})
export class CertificatesModule {}
