/**
 * The console: the sites that operators and a site's own developers look after. Pages: /console, /console/keys,
 * /console/people, /console/people/new, /console/changes, /console/failures,
 * /console/deliveries, /console/sites/:id and …/edit, …/changes, …/secret, …/state, …/failures, …/deliveries.
 * Whoever makes a page adds its controller here, its link in `sections.ts` and who gets in to `console-doors.spec.ts`.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { LimitsModule } from '../../identity/limits/limits.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { ChangeAuthors } from './change-authors.service.js';
import { ConsolePeople } from './console-people.service.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeveloperRoles } from './developer-roles.service.js';
import { FailuresController } from './failures.controller.js';
import { KeysController } from './keys.controller.js';
import { PeopleBudget } from './people-budget.service.js';
import { PeopleController } from './people.controller.js';
import { SiteChangesController } from './site-changes.controller.js';
import { SiteController } from './site.controller.js';
import { SiteDecisionController } from './site-decision.controller.js';
import { SiteDecision } from './site-decision.service.js';
import { SiteEditController } from './site-edit.controller.js';
import { SiteEditing } from './site-editing.service.js';
import { SiteSecretController } from './site-secret.controller.js';
import { SiteSecret } from './site-secret.service.js';
import { SiteStateController } from './site-state.controller.js';
import { SiteTests } from './site-tests.service.js';
import { SitesController } from './sites.controller.js';
import { TroubledSitesController } from './troubled-sites.controller.js';
import { WaitingChangesController } from './waiting-changes.controller.js';

@Module({
  imports: [AccountsModule, LimitsModule, OidcModule, ProofsModule],
  controllers: [
    SitesController,
    KeysController,
    PeopleController,
    SiteController,
    SiteEditController,
    SiteChangesController,
    SiteDecisionController,
    WaitingChangesController,
    SiteSecretController,
    SiteStateController,
    FailuresController,
    DeliveriesController,
    TroubledSitesController,
  ],
  providers: [
    ConsolePeople,
    DeveloperRoles,
    PeopleBudget,
    ChangeAuthors,
    SiteDecision,
    SiteEditing,
    SiteSecret,
    SiteTests,
  ],
})
export class ConsoleModule {}
