/**
 * What the register says of a legal entity now, in its own user centre: asked anew, and a new name taken over..
 * Page: /account/register.
 */
import { Module } from '@nestjs/common';
import { EntityStandingModule } from '../../identity/entity-standing/entity-standing.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AccountRegisterController } from './account-register.controller.js';

@Module({
  imports: [EntityStandingModule, OidcModule],
  controllers: [AccountRegisterController],
})
export class AccountRegisterModule {}
