import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { json, urlencoded } from 'express';
import type { NextFunction, Request, Response } from 'express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import type { Env } from './config/env.js';
import type { Jurisdiction } from './config/jurisdiction.js';
import { OPENAPI_PATH, describeAppApi } from './flows/app-login/openapi.js';
import { TicketChanges } from './identity/app-tickets/ticket-changes.service.js';
import { CurrentProvider } from './oidc/current-provider.service.js';
import { EarlyRefusals } from './oidc/errors/early-refusals.js';
import { Failures } from './oidc/errors/failures.service.js';
import { mountProtocol } from './oidc/mount.js';
import { Sites } from './oidc/sites/sites.service.js';
import { isApi } from './web/api.js';
import { Log } from './web/log.js';
import { NestLog } from './web/nest-log.js';
import { Metrics } from './operations/metrics.service.js';
import { operationsServer } from './operations/operations-port.js';

export interface Service {
  app: NestExpressApplication;
  /** Not listening yet. */
  server: Server;
  /** For `OPS_PORT`, where one is given; not listening yet. */
  operations?: Server;
  /** Lets go of requests that only wait, so that the process can end. */
  drain: () => void;
}

/** Longer than a proxy keeps its idle connections (60 s), or a request goes down one that is just being closed. */
const KEEP_ALIVE_MS = 65_000;

const strict = new TextDecoder('utf-8', { fatal: true });

/** A form that is no UTF-8 is refused whole: decoded by halves, it would be stored as something nobody typed. */
function refuseBrokenText(_request: IncomingMessage, _response: ServerResponse, body: Buffer): void {
  try {
    decodeURIComponent(strict.decode(body));
  } catch {
    throw Object.assign(new Error('not UTF-8'), { status: 400, expose: true });
  }
}

/** A program sends JSON, or nothing at all where there is nothing to say. */
const isExpected = (request: Request): boolean =>
  isApi(request.path)
    ? request.headers['content-type'] === undefined || request.is('json') !== false
    : request.is('urlencoded') !== false;

/** Our pages send plain forms and nothing else. */
function refuseOtherTypes(request: Request, _response: Response, next: NextFunction): void {
  if (request.method !== 'POST' || isExpected(request)) return next();
  return next(Object.assign(new Error('no form'), { status: 415, expose: true }));
}

/** Builds the service: called by `main.ts` and by the tests. */
export async function buildService(env: Readonly<Env>, jurisdiction: Readonly<Jurisdiction>): Promise<Service> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for(env, jurisdiction), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  app.useLogger(new NestLog(app.get(Log)));
  app.disable('x-powered-by');
  app.disable('etag');
  // The mount has made one truth of the forwarded headers, so the one hop in them is the client.
  app.set('trust proxy', true);
  app.set('query parser', 'simple');
  app.use(refuseOtherTypes);
  app.use('/app/', json({ limit: '4kb' }));
  app.use(urlencoded({ extended: false, limit: '64kb', verify: refuseBrokenText }));
  const api = describeAppApi(app, env.issuer);
  app.use(OPENAPI_PATH, (_request: Request, response: Response) => void response.json(api));
  try {
    await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }

  const pages = app.getHttpAdapter().getInstance() as Parameters<typeof createServer>[1] & object;
  const listener = mountProtocol(env, {
    current: app.get(CurrentProvider),
    early: new EarlyRefusals(app.get(Failures), app.get(Sites), env.issuer),
    pages: pages as never,
  });
  const metrics = app.get(Metrics);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const begun = performance.now();
    response.on('finish', () => {
      const route = (request.url ?? '/').startsWith('/oidc/') ? 'protocol' : 'page';
      metrics.seen(route, response.statusCode, (performance.now() - begun) / 1000);
    });
    listener(request, response);
  });
  const operations = env.opsPort === undefined ? undefined : operationsServer(pages as never);
  return { app, server, operations, drain: () => app.get(TicketChanges).release() };
}
