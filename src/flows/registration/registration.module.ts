/**
 * Registration of a natural person: number, password, picture, SMS code, agreement; one form, kept by the journey.
 * Pages: /interaction/:uid/register/person, …/taken.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { CodesModule } from '../../identity/codes/codes.module.js';
import { CredentialsModule } from '../../identity/credentials/credentials.module.js';
import { LimitsModule } from '../../identity/limits/limits.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { PersonRegistration } from './person-registration.service.js';
import { RegistrationBudget } from './registration-budget.service.js';
import { RegistrationController } from './registration.controller.js';
import { RegistrationDrafts } from './registration-draft.service.js';
import { RegistrationViews } from './registration-view.service.js';
import { TakenNumberController } from './taken-number.controller.js';

@Module({
  imports: [AccountsModule, CodesModule, CredentialsModule, LimitsModule, OidcModule],
  controllers: [RegistrationController, TakenNumberController],
  providers: [PersonRegistration, RegistrationBudget, RegistrationDrafts, RegistrationViews],
})
export class RegistrationModule {}
