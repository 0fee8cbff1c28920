/**
 * Who stands for a legal entity here, and where it is told things: a new representative takes over, another contact number.
 * Pages: /account/representative, /account/contact; below each …/new, …/confirm, …/certificate.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CertificatesModule } from '../../identity/certificates/certificates.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { EntityRequestsModule } from '../../identity/entity-requests/entity-requests.module.js';
import { EntityStandingModule } from '../../identity/entity-standing/entity-standing.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { CarryingOut } from './carrying-out.service.js';
import { CertifiedChangesController } from './certified-changes.controller.js';
import { ChangeRequests } from './change-requests.service.js';
import { ChangeViews } from './change-views.service.js';
import { ContactChange } from './contact-change.service.js';
import { ContactWords } from './contact-words.service.js';
import { ContactController } from './contact.controller.js';
import { NewContactController } from './new-contact.controller.js';
import { NewContacts } from './new-contacts.service.js';
import { NewRepresentativeController } from './new-representative.controller.js';
import { NewRepresentatives } from './new-representatives.service.js';
import { OwnCertificates } from './own-certificates.service.js';
import { RepresentativeChange } from './representative-change.service.js';
import { RepresentativeController } from './representative.controller.js';
import { Words } from './words.service.js';

@Module({
  imports: [
    AccountsModule,
    CertificatesModule,
    CodesModule,
    EntityRequestsModule,
    EntityStandingModule,
    OidcModule,
    ProofsModule,
  ],
  controllers: [
    NewRepresentativeController,
    RepresentativeController,
    NewContactController,
    ContactController,
    CertifiedChangesController,
  ],
  providers: [
    CarryingOut,
    ChangeRequests,
    ChangeViews,
    ContactChange,
    ContactWords,
    NewContacts,
    NewRepresentatives,
    OwnCertificates,
    RepresentativeChange,
    Words,
  ],
})
export class RepresentativeModule {}
