/**
 * An entity's certificates in its user centre: listed, bound, unbound; asked after every night..
 * Pages: /account/certificates, …/add, …/unbind.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CertificatesModule } from '../../identity/certificates/certificates.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { EntityStandingModule } from '../../identity/entity-standing/entity-standing.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AddCertificateController } from './add-certificate.controller.js';
import { AddCertificate } from './add-certificate.service.js';
import { CertificateCodes } from './certificate-codes.service.js';
import { CertificateList } from './certificate-list.service.js';
import { CertificateRecheckJob } from './certificate-recheck.job.js';
import { CertificateViews } from './certificate-views.service.js';
import { CertificatesController } from './certificates.controller.js';
import { UnbindCertificateController } from './unbind-certificate.controller.js';
import { UnbindCertificate } from './unbind-certificate.service.js';

@Module({
  imports: [AccountsModule, CodesModule, EntityStandingModule, CertificatesModule, OidcModule, ProofsModule],
  controllers: [AddCertificateController, CertificatesController, UnbindCertificateController],
  providers: [
    AddCertificate,
    CertificateCodes,
    CertificateList,
    CertificateRecheckJob,
    CertificateViews,
    UnbindCertificate,
  ],
})
export class AccountCertificatesModule {}
