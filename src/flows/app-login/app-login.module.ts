/**
 * Logins confirmed in the government app: the app's side of `login?method=qr`, an API with the app's own access token.
 * Addresses: /app/tickets/:ticket/scan, …/confirm, …/deny; /app/openapi.json describes them.
 */
import { Module } from '@nestjs/common';
import { AppTicketsModule } from '../../identity/app-tickets/app-tickets.module.js';
import { LimitsModule } from '../../identity/limits/limits.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AppLogins } from './app-logins.service.js';
import { AppTicketsController } from './app-tickets.controller.js';

@Module({
  imports: [AppTicketsModule, LimitsModule, OidcModule],
  controllers: [AppTicketsController],
  providers: [AppLogins],
})
export class AppLoginModule {}
