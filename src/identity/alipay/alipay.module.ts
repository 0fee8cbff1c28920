/** Alipay: who comes back from there, which account it opens, whom it proves.. */
import { Module } from '@nestjs/common';
import { GatewaysModule } from '../../gateways/gateways.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ActivityModule } from '../activity/activity.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { AlipayBindings } from './alipay-bindings.service.js';
import { AlipayRealName } from './alipay-real-name.service.js';
import { AlipayStates } from './alipay-states.service.js';
import { AlipayVisits } from './alipay-visits.service.js';

@Module({
  imports: [AccountsModule, ActivityModule, GatewaysModule, LimitsModule],
  providers: [AlipayBindings, AlipayRealName, AlipayStates, AlipayVisits],
  exports: [AlipayBindings, AlipayRealName, AlipayStates, AlipayVisits],
})
export class AlipayModule {}
