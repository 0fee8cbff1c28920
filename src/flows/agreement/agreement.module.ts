/** Agreement: a new version is accepted before a site gets its code.. /interaction/:uid/agreement */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { ActivityModule } from '../../identity/activity/activity.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { AgreementController } from './agreement.controller.js';

@Module({ imports: [AccountsModule, ActivityModule, OidcModule], controllers: [AgreementController] })
export class AgreementModule {}
