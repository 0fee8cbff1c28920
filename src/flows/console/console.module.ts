/**
 * The console: the sites that operators and a site's own developers look after. Pages: /console, /console/keys,
 * /console/sites/:id. Whoever makes a page adds its controller here and its link in `sections.ts`.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { ConsolePeople } from './console-people.service.js';
import { KeysController } from './keys.controller.js';
import { SiteController } from './site.controller.js';
import { SitesController } from './sites.controller.js';

@Module({
  imports: [AccountsModule, OidcModule],
  controllers: [SitesController, KeysController, SiteController],
  providers: [ConsolePeople],
})
export class ConsoleModule {}
