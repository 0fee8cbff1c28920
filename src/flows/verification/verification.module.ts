/**
 * Real-name verification: after registering, on a site's demand, in the account settings.
 * Pages: /interaction/:uid/verification, /account/verification.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AccountVerificationController } from './account-verification.controller.js';
import { VerificationController } from './verification.controller.js';

@Module({ imports: [AccountsModule, OidcModule], controllers: [AccountVerificationController, VerificationController] })
export class VerificationModule {}
