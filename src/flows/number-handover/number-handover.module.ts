/**
 * A number that changed hands: its new owner frees it from an account long unused (docs/decisions/0008).
 * Page: /interaction/:uid/new-holder.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { LimitsModule } from '../../identity/limits/limits.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { NumberHandoverController } from './number-handover.controller.js';
import { NumberHandover } from './number-handover.service.js';

@Module({
  imports: [AccountsModule, LimitsModule, OidcModule],
  controllers: [NumberHandoverController],
  providers: [NumberHandover],
})
export class NumberHandoverModule {}
