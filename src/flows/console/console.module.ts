/**
 * The console: the sites that operators and a site's own developers look after. Pages: /console, /console/keys,
 * /console/people, /console/people/new, /console/sites/:id. Whoever makes a page adds its controller here and its link in `sections.ts`.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { LimitsModule } from '../../identity/limits/limits.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { ConsolePeople } from './console-people.service.js';
import { DeveloperRoles } from './developer-roles.service.js';
import { KeysController } from './keys.controller.js';
import { PeopleBudget } from './people-budget.service.js';
import { PeopleController } from './people.controller.js';
import { SiteController } from './site.controller.js';
import { SitesController } from './sites.controller.js';

@Module({
  imports: [AccountsModule, LimitsModule, OidcModule, ProofsModule],
  controllers: [SitesController, KeysController, PeopleController, SiteController],
  providers: [ConsolePeople, DeveloperRoles, PeopleBudget],
})
export class ConsoleModule {}
