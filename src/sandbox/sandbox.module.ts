/** Sandbox: stand-ins for outside parties, for demonstration and tests. Never in production. Pages: /sandbox … */
import { Module } from '@nestjs/common';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { AccountsModule } from '../identity/accounts/accounts.module.js';
import { CodesModule } from '../identity/codes/codes.module.js';
import { CredentialsModule } from '../identity/credentials/credentials.module.js';
import { DemoAccounts } from './demo-accounts.service.js';
import { SandboxController } from './sandbox.controller.js';
import { SmsSandboxController } from './sms/sms-sandbox.controller.js';
import { SandboxToolsController } from './tools.controller.js';

@Module({
  imports: [AccountsModule, CodesModule, CredentialsModule, GatewaysModule],
  controllers: [SmsSandboxController, SandboxToolsController, SandboxController],
  providers: [DemoAccounts],
})
export class SandboxModule {}
