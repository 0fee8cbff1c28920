/**
 * Forgotten password, and the first password of an account that has none: number, code, of a verified account the
 * person, new password.. Pages: /interaction/:uid/reset, …/code, …/person, …/password.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { PasswordResetController } from './password-reset.controller.js';
import { PasswordReset } from './password-reset.service.js';
import { ResetCodeController } from './reset-code.controller.js';
import { ResetPersons } from './reset-persons.service.js';
import { ResetProgress } from './reset-progress.service.js';

@Module({
  imports: [AccountsModule, CodesModule, CredentialsModule, OidcModule, ProofsModule],
  controllers: [ResetCodeController, PasswordResetController],
  providers: [PasswordReset, ResetPersons, ResetProgress],
})
export class PasswordResetModule {}
