/**
 * Real-name verification: after registering, on a site's demand, in the user centre under "authentication level".
 * Pages: /interaction/:uid/verification, …/password, /account/level, …/id-card.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { LevelController } from './level.controller.js';
import { LevelRaising } from './level.service.js';
import { PasswordRaiseController } from './password-raise.controller.js';
import { PasswordRaise } from './password-raise.service.js';
import { VerificationViews } from './verification-view.service.js';
import { VerificationController } from './verification.controller.js';

@Module({
  imports: [AccountsModule, CodesModule, CredentialsModule, OidcModule, ProofsModule],
  controllers: [LevelController, PasswordRaiseController, VerificationController],
  providers: [LevelRaising, PasswordRaise, VerificationViews],
})
export class VerificationModule {}
