/** The proof page: what changes a way in, exports or deregisters is preceded by it. DESIGN 6. Page: /account/proof. */
import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { ProofDueFilter } from './proof-due.filter.js';
import { ProofController } from './proof.controller.js';

@Module({
  imports: [AccountsModule, OidcModule, ProofsModule],
  controllers: [ProofController],
  providers: [{ provide: APP_FILTER, useClass: ProofDueFilter }],
})
export class ProofModule {}
