/**
 * Registration of a legal entity: its details, compared with the register; then the representative's confirmation by SMS,
 * password, and what else the province asks for; or it waits until the representative has confirmed it in their own user
 * centre (/account/confirmations)..
 * Pages: /interaction/:uid/register/entity, …/entity/account, …/entity/waiting.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { EntityRequestsModule } from '../../identity/entity-requests/entity-requests.module.js';
import { LimitsModule } from '../../identity/limits/limits.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { EntityAccountJudge } from './entity-account-judge.service.js';
import { EntityAccountViews } from './entity-account-view.service.js';
import { EntityAccountController } from './entity-account.controller.js';
import { EntityAsking } from './entity-asking.service.js';
import { EntityCodes } from './entity-codes.service.js';
import { EntityConfirmations } from './entity-confirmations.service.js';
import { EntityDetailsController } from './entity-details.controller.js';
import { EntityDetailsCheck } from './entity-details.service.js';
import { EntityDrafts } from './entity-draft.service.js';
import { EntityFinding } from './entity-finding.service.js';
import { EntityMaking } from './entity-making.service.js';
import { EntityRegistration } from './entity-registration.service.js';
import { EntityWaitingController } from './entity-waiting.controller.js';
import { EntityWaiting } from './entity-waiting.service.js';

@Module({
  imports: [AccountsModule, CodesModule, CredentialsModule, EntityRequestsModule, LimitsModule, OidcModule],
  controllers: [EntityDetailsController, EntityAccountController, EntityWaitingController],
  providers: [
    EntityAccountJudge,
    EntityAccountViews,
    EntityAsking,
    EntityCodes,
    EntityConfirmations,
    EntityDetailsCheck,
    EntityDrafts,
    EntityFinding,
    EntityMaking,
    EntityRegistration,
    EntityWaiting,
  ],
})
export class EntityRegistrationModule {}
