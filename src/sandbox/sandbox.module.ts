/** Sandbox: stand-ins for outside parties, for demonstration and tests. Never in production. Pages: /sandbox … */
import { Module } from '@nestjs/common';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { AccountsModule } from '../identity/accounts/accounts.module.js';
import { CertificatesModule } from '../identity/certificates/certificates.module.js';
import { CodesModule } from '../identity/codes/codes.module.js';
import { CredentialsModule } from '../identity/credentials/credentials.module.js';
import { EntityStandingModule } from '../identity/entity-standing/entity-standing.module.js';
import { OidcModule } from '../oidc/oidc.module.js';
import { AlipayAnswers } from './alipay/alipay-answers.service.js';
import { AlipayDesk } from './alipay/alipay-desk.service.js';
import { AlipayGatewayController } from './alipay/alipay-gateway.controller.js';
import { AlipayPageController } from './alipay/alipay-page.controller.js';
import { AppController } from './app/app.controller.js';
import { AppParty } from './app/app-party.service.js';
import { AppPhones } from './app/app-phones.service.js';
import { AppUse } from './app/app-use.service.js';
import { DemoCertificates } from './authorities/demo-certificates.service.js';
import { DemoAuthorities } from './authorities/demo-authorities.service.js';
import { DemoAuthoritiesController } from './authorities/demo-authorities.controller.js';
import { DemoAccountMaking } from './demo-account-making.service.js';
import { DemoAccounts } from './demo-accounts.service.js';
import { DemoEntities } from './demo-entities.service.js';
import { DemoEntityMaking } from './demo-entity-making.service.js';
import { DemoRoles } from './demo-roles.service.js';
import { OverviewController } from './overview.controller.js';
import { SandboxController } from './sandbox.controller.js';
import { SmsSandboxController } from './sms/sms-sandbox.controller.js';
import { SandboxToolsController } from './tools.controller.js';

@Module({
  imports: [
    AccountsModule,
    CertificatesModule,
    CodesModule,
    CredentialsModule,
    EntityStandingModule,
    GatewaysModule,
    OidcModule,
  ],
  controllers: [
    SmsSandboxController,
    AlipayGatewayController,
    AlipayPageController,
    AppController,
    SandboxToolsController,
    DemoAuthoritiesController,
    OverviewController,
    SandboxController,
  ],
  providers: [
    AlipayAnswers,
    AlipayDesk,
    AppParty,
    AppPhones,
    AppUse,
    DemoAccountMaking,
    DemoAccounts,
    DemoEntities,
    DemoEntityMaking,
    DemoRoles,
    DemoAuthorities,
    DemoCertificates,
  ],
})
export class SandboxModule {}
