/** Limits: what is counted under whom, waits after wrong passwords, browsers an account knows., DESIGN 6. */
import { Module } from '@nestjs/common';
import { KnownDevices } from './known-devices.service.js';
import { Limits } from './limits.service.js';
import { LoginAttempts } from './login-attempts.service.js';

@Module({ providers: [KnownDevices, Limits, LoginAttempts], exports: [KnownDevices, Limits, LoginAttempts] })
export class LimitsModule {}
