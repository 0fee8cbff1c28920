/**
 * User name: chosen after registering or in the user centre, where the province logs in by one.
 * Pages: /interaction/:uid/user-name, /account/user-name, …/set.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { NoticesModule } from '../../identity/notices/notices.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { UserNameController } from './user-name.controller.js';
import { UserNameOfferController } from './user-name-offer.controller.js';
import { UserNameChoice } from './user-name.service.js';

@Module({
  imports: [AccountsModule, NoticesModule, OidcModule, ProofsModule],
  controllers: [UserNameController, UserNameOfferController],
  providers: [UserNameChoice],
})
export class UserNameModule {}
