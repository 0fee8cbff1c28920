/**
 * What legal entities ask of their representative, who says yes or no here: first of all a registration, so that nobody
 * registers somebody else's company.. Page: /account/confirmations.
 */
import { Module } from '@nestjs/common';
import { EntityRequestsModule } from '../../identity/entity-requests/entity-requests.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { ConfirmationsController } from './confirmations.controller.js';
import { Confirmations } from './confirmations.service.js';

@Module({
  imports: [EntityRequestsModule, OidcModule, ProofsModule],
  controllers: [ConfirmationsController],
  providers: [Confirmations],
})
export class EntityConfirmationsModule {}
