/** The proof page: what changes a way in, exports or deregisters is preceded by it. DESIGN 6. Pages: /account/proof, /account/proof/certificate. */
import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CertificatesModule } from '../../identity/certificates/certificates.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { CertificateProofController } from './certificate-proof.controller.js';
import { CertificateProof } from './certificate-proof.service.js';
import { ProofDueFilter } from './proof-due.filter.js';
import { ProofController } from './proof.controller.js';

@Module({
  imports: [AccountsModule, CertificatesModule, OidcModule, ProofsModule],
  controllers: [CertificateProofController, ProofController],
  providers: [CertificateProof, { provide: APP_FILTER, useClass: ProofDueFilter }],
})
export class ProofModule {}
