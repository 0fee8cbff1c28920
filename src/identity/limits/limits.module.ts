/** Limits: what is counted under whom, waits after wrong passwords, browsers an account knows, turns., DESIGN 6. */
import { Module } from '@nestjs/common';
import { KnownDevices } from './known-devices.service.js';
import { Limits } from './limits.service.js';
import { LoginAttempts } from './login-attempts.service.js';
import { Turns } from './turns.service.js';

@Module({
  providers: [KnownDevices, Limits, LoginAttempts, Turns],
  exports: [KnownDevices, Limits, LoginAttempts, Turns],
})
export class LimitsModule {}
