import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import type { Env } from './config/env.js';
import type { Jurisdiction } from './config/jurisdiction.js';
import { CurrentProvider } from './oidc/current-provider.service.js';
import { mountProtocol } from './oidc/mount.js';
import { Metrics } from './operations/metrics.service.js';

export interface Service {
  app: NestExpressApplication;
  /** Not listening yet. */
  server: Server;
}

/** Builds the service: called by `main.ts` and by the tests. */
export async function buildService(env: Readonly<Env>, jurisdiction: Readonly<Jurisdiction>): Promise<Service> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for(env, jurisdiction), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.disable('etag');
  // The mount has made one truth of the forwarded headers, so the one hop in them is the client.
  app.set('trust proxy', true);
  app.set('query parser', 'simple');
  app.useBodyParser('urlencoded', { extended: false, limit: '64kb' });
  await app.init();

  const pages = app.getHttpAdapter().getInstance() as Parameters<typeof createServer>[1] & object;
  const listener = mountProtocol(app.get(CurrentProvider), env, pages as never);
  const metrics = app.get(Metrics);
  const server = createServer((request, response) => {
    const begun = performance.now();
    response.on('finish', () => {
      const route = (request.url ?? '/').startsWith('/oidc/') ? 'protocol' : 'page';
      metrics.seen(route, response.statusCode, (performance.now() - begun) / 1000);
    });
    listener(request, response);
  });
  return { app, server };
}
