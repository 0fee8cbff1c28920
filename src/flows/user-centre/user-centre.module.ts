/**
 * User centre (用户空间): who I am here, where I am logged in, what has happened, what left for which site..
 * Pages: /account, /account/sessions, /account/activity, /account/sites. Other deeds have pages of their own below /account.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { ActivityModule } from '../../identity/activity/activity.module.js';
import { AlipayModule } from '../../identity/alipay/alipay.module.js';
import { CertificatesModule } from '../../identity/certificates/certificates.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { EntityRequestsModule } from '../../identity/entity-requests/entity-requests.module.js';
import { PermissionsModule } from '../../identity/permissions/permissions.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AccountActivityController } from './account-activity.controller.js';
import { AccountActivity } from './account-activity.service.js';
import { AccountSessionsController } from './account-sessions.controller.js';
import { AccountSessions } from './account-sessions.service.js';
import { AccountSitesController } from './account-sites.controller.js';
import { AccountSites } from './account-sites.service.js';
import { UserCentreController } from './user-centre.controller.js';
import { UserCentre } from './user-centre.service.js';

@Module({
  imports: [
    AccountsModule,
    ActivityModule,
    AlipayModule,
    CertificatesModule,
    CredentialsModule,
    EntityRequestsModule,
    OidcModule,
    PermissionsModule,
  ],
  controllers: [UserCentreController, AccountSessionsController, AccountActivityController, AccountSitesController],
  providers: [AccountActivity, AccountSessions, AccountSites, UserCentre],
})
export class UserCentreModule {}
