/** Proofs: what stands before an act that changes a way in, exports or deregisters. DESIGN 6. */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ActivityModule } from '../activity/activity.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { ContactClaims } from './contact-claims.service.js';
import { ProofChecks } from './proof-checks.service.js';
import { Proofs } from './proofs.service.js';
import { ProvedPersons } from './proved-persons.service.js';
import { RecoveryCodes } from './recovery-codes.service.js';

@Module({
  imports: [AccountsModule, ActivityModule, CredentialsModule, LimitsModule],
  providers: [ContactClaims, ProofChecks, Proofs, ProvedPersons, RecoveryCodes],
  exports: [ContactClaims, ProofChecks, Proofs, ProvedPersons, RecoveryCodes],
})
export class ProofsModule {}
