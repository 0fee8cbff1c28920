/** User centre (用户空间): profile, level, permissions, sessions, activity.. Page: /account. */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { ActivityModule } from '../../identity/activity/activity.module.js';
import { PermissionsModule } from '../../identity/permissions/permissions.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { UserCentreController } from './user-centre.controller.js';
import { UserCentre } from './user-centre.service.js';

@Module({
  imports: [AccountsModule, ActivityModule, OidcModule, PermissionsModule],
  controllers: [UserCentreController],
  providers: [UserCentre],
})
export class UserCentreModule {}
