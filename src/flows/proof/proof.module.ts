/** The proof page: what changes a way in, exports or deregisters is preceded by it. DESIGN 6. Pages: /account/proof, …/alipay, …/certificate. */
import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { AlipayModule } from '../../identity/alipay/alipay.module.js';
import { CertificatesModule } from '../../identity/certificates/certificates.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AlipayProofController } from './alipay-proof.controller.js';
import { AlipayProof } from './alipay-proof.service.js';
import { CertificateProofController } from './certificate-proof.controller.js';
import { CertificateProof } from './certificate-proof.service.js';
import { ProofDueFilter } from './proof-due.filter.js';
import { ProofController } from './proof.controller.js';
import { ProofViews } from './proof-view.service.js';

@Module({
  imports: [AccountsModule, AlipayModule, CertificatesModule, CredentialsModule, OidcModule, ProofsModule],
  controllers: [AlipayProofController, CertificateProofController, ProofController],
  providers: [AlipayProof, CertificateProof, ProofViews, { provide: APP_FILTER, useClass: ProofDueFilter }],
})
export class ProofModule {}
