/**
 * A legal entity's certificate on the way to a site: the last step of its registration, and the step up to level 3.
 * Page: /interaction/:uid/certificate, and …/bind-first, which leads to the user centre and back.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CertificatesModule } from '../../identity/certificates/certificates.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { BindFirstController } from './bind-first.controller.js';
import { CertificateStepEnd } from './certificate-step-end.service.js';
import { CertificateStepViews } from './certificate-step-view.service.js';
import { CertificateStepController } from './certificate-step.controller.js';
import { CertificateSteps } from './certificate-step.service.js';

@Module({
  imports: [AccountsModule, CertificatesModule, OidcModule],
  controllers: [BindFirstController, CertificateStepController],
  providers: [CertificateStepEnd, CertificateSteps, CertificateStepViews],
})
export class CertificateStepModule {}
