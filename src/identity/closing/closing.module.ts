/** Closing an account: what goes, and what stays as pseudonyms. PIPL art. 47. */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CertificatesModule } from '../certificates/certificates.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { EntityRequestsModule } from '../entity-requests/entity-requests.module.js';
import { PermissionsModule } from '../permissions/permissions.module.js';
import { ProofsModule } from '../proofs/proofs.module.js';
import { Closing } from './closing.service.js';
import { WaitingHeld } from './waiting-held.service.js';
import { WaysInHeld } from './ways-in-held.service.js';

@Module({
  imports: [
    AccountsModule,
    CertificatesModule,
    CredentialsModule,
    EntityRequestsModule,
    PermissionsModule,
    ProofsModule,
  ],
  providers: [Closing, WaitingHeld, WaysInHeld],
  exports: [Closing, WaitingHeld, WaysInHeld],
})
export class ClosingModule {}
