/** Changing the password in the user centre.. Page: /account/password. */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { PasswordChangeController } from './password-change.controller.js';
import { PasswordChange } from './password-change.service.js';

@Module({
  imports: [AccountsModule, CredentialsModule, OidcModule, ProofsModule],
  controllers: [PasswordChangeController],
  providers: [PasswordChange],
})
export class PasswordChangeModule {}
