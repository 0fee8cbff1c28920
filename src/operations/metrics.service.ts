import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { LogoutCalls } from '../oidc/logout/logout-calls.service.js';
import { LogoutRecords } from '../oidc/logout/logout-records.service.js';

/** The process's own figures are one set a process: what observes collections and lags is never taken away again. */
const ofProcess = new Registry();
collectDefaultMetrics({ register: ofProcess });

/** Counts of requests by route and status, their time, logout tokens by what came of them, and the process's own figures. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Counter({
    name: 'tongxing_requests_total',
    help: 'Requests by kind of route and status',
    labelNames: ['route', 'status'],
    registers: [this.registry],
  });
  private readonly seconds = new Histogram({
    name: 'tongxing_request_seconds',
    help: 'Time until the answer was sent',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });

  constructor(calls: LogoutCalls, records: LogoutRecords) {
    this.registry.registerMetric(
      new Counter({
        name: 'tongxing_logout_tokens_total',
        help: 'Tries to deliver a logout token, by what came of them',
        labelNames: ['outcome'],
        registers: [],
        collect() {
          this.reset();
          for (const [outcome, count] of calls.counts) this.inc({ outcome }, count);
        },
      }),
    );
    this.registry.registerMetric(
      new Gauge({
        name: 'tongxing_sites_in_trouble',
        help: 'Sites that no logout token has reached for an hour; NaN while the database is away',
        registers: [],
        async collect() {
          const troubled = await records.troubled().catch(() => undefined);
          this.set(troubled?.length ?? Number.NaN);
        },
      }),
    );
  }

  /** @param route a pattern, never an address */
  seen(route: string, status: number, seconds: number): void {
    this.requests.inc({ route, status });
    this.seconds.observe({ route }, seconds);
  }

  async text(): Promise<string> {
    return Registry.merge([ofProcess, this.registry]).metrics();
  }
}
