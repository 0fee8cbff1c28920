/** Changing the number: a proof, a code to each of the two numbers.. Pages: /account/phone, …/new, …/changed. */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { PhoneChangeController } from './phone-change.controller.js';
import { PhoneChange } from './phone-change.service.js';

@Module({
  imports: [AccountsModule, CodesModule, OidcModule, ProofsModule],
  controllers: [PhoneChangeController],
  providers: [PhoneChange],
})
export class PhoneChangeModule {}
