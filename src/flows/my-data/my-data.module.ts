/**
 * My data: what is held of an account, the data file (PIPL art. 45), and deregistration (注销, PIPL art. 47)..
 * Pages: /account/data, /account/data/deregister, /interaction/:uid/deregistration.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../identity/accounts/accounts.module.js';
import { ActivityModule } from '../../identity/activity/activity.module.js';
import { ClosingModule } from '../../identity/closing/closing.module.js';
import { EntityStandingModule } from '../../identity/entity-standing/entity-standing.module.js';
import { LimitsModule } from '../../identity/limits/limits.module.js';
import { NoticesModule } from '../../identity/notices/notices.module.js';
import { PermissionsModule } from '../../identity/permissions/permissions.module.js';
import { ProofsModule } from '../../identity/proofs/proofs.module.js';
import { OidcModule } from '../../oidc/oidc.module.js';
import { DataExport } from './data-export.service.js';
import { DataFiles } from './data-files.service.js';
import { DeregistrationController } from './deregistration.controller.js';
import { DeregistrationDue } from './deregistration-due.job.js';
import { Deregistration } from './deregistration.service.js';
import { MyDataBudget } from './my-data-budget.service.js';
import { LoginReminderController } from './login-reminder.controller.js';
import { MyDataController } from './my-data.controller.js';

@Module({
  imports: [
    AccountsModule,
    ActivityModule,
    ClosingModule,
    EntityStandingModule,
    LimitsModule,
    NoticesModule,
    OidcModule,
    PermissionsModule,
    ProofsModule,
  ],
  controllers: [DeregistrationController, LoginReminderController, MyDataController],
  providers: [DataExport, DataFiles, Deregistration, DeregistrationDue, MyDataBudget],
})
export class MyDataModule {}
