/**
 * Forgotten password of a legal entity: its code, a message to who speaks for it, that person's name and ID number, the
 * register once more, the new password..
 * Or a bound certificate in place of message and person.
 * Pages: /interaction/:uid/reset/entity (reset?kind=entity leads there), …/code, …/person, …/certificate, …/password.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CertificatesModule } from '../../identity/certificates/certificates.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { EntityStandingModule } from '../../identity/entity-standing/entity-standing.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { EntityResetCertificateController } from './entity-reset-certificate.controller.js';
import { EntityResetCertificate } from './entity-reset-certificate.service.js';
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
  imports: [
    AccountsModule,
    CertificatesModule,
    CodesModule,
    CredentialsModule,
    EntityStandingModule,
    OidcModule,
    ProofsModule,
  ],
  controllers: [
    EntityResetCodeController,
    EntityResetCertificateController,
    SpeakerController,
    EntityPasswordController,
  ],
  providers: [
    EntityReset,
    EntityResetCertificate,
    EntityResetCodes,
    EntityResetProgress,
    ResetMessages,
    SpeakerProofs,
    Speakers,
  ],
})
export class EntityResetModule {}
