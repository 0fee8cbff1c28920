/** Operations: health, readiness, metrics. /healthz, /readyz, /metrics, on OPS_PORT where one is given. */
import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { OidcModule } from '../oidc/oidc.module.js';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.service.js';
import { OperationsPort } from './operations-port.js';
import { Readiness } from './readiness.service.js';

@Module({
  // Whoever asks every few seconds is told what is missing; the log would say it as often.
  imports: [OidcModule, TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [Metrics, OperationsPort, Readiness],
  exports: [Metrics],
})
export class OperationsModule {}
