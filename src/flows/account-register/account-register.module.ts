/**
 * What the register says of a legal entity now, in its own user centre: asked anew, and a new name taken over..
 * Pages: /account/register; /interaction/:uid/register-standing, where a site insists on an entity that is confirmed.
 */
import { Module } from '@nestjs/common';
import { EntityStandingModule } from '../../identity/entity-standing/entity-standing.module.js';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AccountRegisterController } from './account-register.controller.js';
import { RegisterStepController } from './register-step.controller.js';

@Module({
  imports: [AccountsModule, EntityStandingModule, OidcModule],
  controllers: [AccountRegisterController, RegisterStepController],
})
export class AccountRegisterModule {}
