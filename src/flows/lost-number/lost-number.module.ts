/**
 * Number lost: the account moves to a new number, at once by a proof, or after some days' notice that can be stopped.
 * R-8.1, DESIGN 6. Pages: /interaction/:uid/lost-number, …/proof, …/asked, /interaction/:uid/number-move; /account/lost-number; /stop.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { LimitsModule } from '../../identity/limits/limits.module.js';
import { NoticesModule } from '../../identity/notices/notices.module.js';
import { NumberMovesModule } from '../../identity/number-moves/number-moves.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AccountLostNumberController } from './account-lost-number.controller.js';
import { AccountLostNumber } from './account-lost-number.service.js';
import { DueMoves } from './due-moves.service.js';
import { LostNumberController } from './lost-number.controller.js';
import { LostNumberDrafts } from './lost-number-draft.service.js';
import { LostNumberLimits } from './lost-number-limits.service.js';
import { LostNumberProofController } from './lost-number-proof.controller.js';
import { LostNumberProofs } from './lost-number-proofs.service.js';
import { LostNumber } from './lost-number.service.js';
import { MoveDays } from './move-days.service.js';
import { MoveRequests } from './move-requests.service.js';
import { MoveReminderController } from './move-reminder.controller.js';
import { Moving } from './moving.service.js';
import { NamedPersons } from './named-persons.service.js';
import { NewNumber } from './new-number.service.js';
import { ProofSteps } from './proof-steps.service.js';
import { StopController } from './stop.controller.js';
import { StopByCode } from './stop.service.js';
import { WaitStep } from './wait-step.service.js';

@Module({
  imports: [
    AccountsModule,
    CodesModule,
    CredentialsModule,
    LimitsModule,
    NoticesModule,
    NumberMovesModule,
    OidcModule,
    ProofsModule,
  ],
  controllers: [
    LostNumberController,
    LostNumberProofController,
    AccountLostNumberController,
    MoveReminderController,
    StopController,
  ],
  providers: [
    AccountLostNumber,
    DueMoves,
    LostNumber,
    LostNumberDrafts,
    LostNumberLimits,
    LostNumberProofs,
    MoveDays,
    MoveRequests,
    Moving,
    NamedPersons,
    NewNumber,
    ProofSteps,
    StopByCode,
    WaitStep,
  ],
})
export class LostNumberModule {}
