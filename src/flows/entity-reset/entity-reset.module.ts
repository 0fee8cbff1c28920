/**
 * Forgotten password of a legal entity: its code, a message to who speaks for it, that person's name and ID number, the
 * register once more, the new password..
 * Pages: /interaction/:uid/reset/entity (reset?kind=entity leads there), …/code, …/person, …/password.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { EntityStandingModule } from '../../identity/entity-standing/entity-standing.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { EntityResetCodeController } from './entity-reset-code.controller.js';
import { EntityResetCodes } from './entity-reset-codes.service.js';
import { EntityPasswordController } from './entity-password.controller.js';
import { EntityResetProgress } from './entity-reset-progress.service.js';
import { EntityReset } from './entity-reset.service.js';
import { ResetMessages } from './reset-messages.service.js';
import { SpeakerProofs } from './speaker-proofs.service.js';
import { SpeakerController } from './speaker.controller.js';
import { Speakers } from './speakers.service.js';

@Module({
  imports: [AccountsModule, CodesModule, CredentialsModule, EntityStandingModule, OidcModule, ProofsModule],
  controllers: [EntityResetCodeController, SpeakerController, EntityPasswordController],
  providers: [EntityReset, EntityResetCodes, EntityResetProgress, ResetMessages, SpeakerProofs, Speakers],
})
export class EntityResetModule {}
