/** Notices: what an account is told of by SMS after a way in has changed. DESIGN 6. */
import { Module } from '@nestjs/common';
import { GatewaysModule } from '../../gateways/gateways.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { NewDeviceNotices } from './new-device-notices.service.js';
import { Notices } from './notices.service.js';

@Module({
  imports: [AccountsModule, GatewaysModule, LimitsModule],
  providers: [NewDeviceNotices, Notices],
  exports: [NewDeviceNotices, Notices],
})
export class NoticesModule {}
