/** Operations: health, readiness, metrics. /healthz, /readyz, /metrics, on OPS_PORT where one is given. */
import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.service.js';
import { Readiness } from './readiness.service.js';

@Module({ controllers: [HealthController], providers: [Metrics, Readiness], exports: [Metrics] })
export class OperationsModule {}
