/** Proofs: what stands before an act that changes a way in, exports or deregisters. DESIGN 6. */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { ProofChecks } from './proof-checks.service.js';
import { Proofs } from './proofs.service.js';
import { ProvedPersons } from './proved-persons.service.js';

@Module({
  imports: [AccountsModule, CredentialsModule, LimitsModule],
  providers: [ProofChecks, Proofs, ProvedPersons],
  exports: [ProofChecks, Proofs, ProvedPersons],
})
export class ProofsModule {}
