/** Certificates: which authorities are trusted.. */
import { Module } from '@nestjs/common';
import { TrustedAuthorities } from './trusted-authorities.service.js';

@Module({ providers: [TrustedAuthorities], exports: [TrustedAuthorities] })
export class CertificatesModule {}
