/**
 * How a legal entity stands in the register once it has an account: asked again at login, once a day and with nobody
 * waiting, and before what gives the account away. R-5.
 */
import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ActivityModule } from '../activity/activity.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { DailyRegister } from './daily-register.service.js';
import { EntityStanding } from './entity-standing.service.js';
import { RegisterFindings } from './register-findings.service.js';

@Module({
  imports: [AccountsModule, ActivityModule, NoticesModule],
  providers: [DailyRegister, EntityStanding, RegisterFindings],
  exports: [DailyRegister, EntityStanding],
})
export class EntityStandingModule {}
