/** Closing an account: what goes, and what stays as pseudonyms. PIPL art. 47. */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CertificatesModule } from '../certificates/certificates.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { PermissionsModule } from '../permissions/permissions.module.js';
import { ProofsModule } from '../proofs/proofs.module.js';
import { Closing } from './closing.service.js';
import { WaysInHeld } from './ways-in-held.service.js';

@Module({
  imports: [AccountsModule, CertificatesModule, CredentialsModule, PermissionsModule, ProofsModule],
  providers: [Closing, WaysInHeld],
  exports: [Closing, WaysInHeld],
})
export class ClosingModule {}
