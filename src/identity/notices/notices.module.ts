/** Notices: what an account is told of by SMS after a way in has changed. DESIGN 6. */
import { Module } from '@nestjs/common';
import { GatewaysModule } from '../../gateways/gateways.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { Notices } from './notices.service.js';

@Module({ imports: [AccountsModule, GatewaysModule], providers: [Notices], exports: [Notices] })
export class NoticesModule {}
