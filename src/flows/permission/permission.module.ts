/** Permission: what leaves for a site leaves with the person's word.. /interaction/:uid/permission */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { PermissionsModule } from '../../identity/permissions/permissions.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { PermissionController } from './permission.controller.js';

@Module({ imports: [AccountsModule, OidcModule, PermissionsModule], controllers: [PermissionController] })
export class PermissionModule {}
