import { randomUUID } from 'node:crypto';
import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Env } from '../config/env.js';
import { refusalText } from '../locales/texts.js';
import type { RefusalCode } from '../locales/texts.js';
import { Refusal, Unavailable } from '../shared/refusal.js';
import { isApi } from './api.js';
import { ErrorPage } from './error-page.js';
import { Log } from './log.js';
import { Pages } from './pages.service.js';

interface Told {
  status: number;
  code: string;
  title: string;
  text: string;
  id?: string;
  retryAfter?: number;
}

const BY_STATUS: Partial<Record<number, RefusalCode>> = {
  404: 'page.not-found',
  413: 'form.too-large',
  415: 'form.wrong-type',
};

/** A browser navigates for html; a script or a program asks for JSON by name. */
const wantsJson = (request: Request): boolean =>
  isApi(request.path) ||
  (request.accepts(['html', 'json', 'application/problem+json']) !== 'html' && request.accepts('json') !== false);

/** What no form has answered: refusals, what is away, and bugs, which are logged once with an id. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly pages: Pages,
    private readonly log: Log,
    private readonly env: Env,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return void response.destroy();
    const page = this.pages.context(request);
    const told = this.told(error, page.language, page.t, request);
    if (told.retryAfter !== undefined) response.setHeader('retry-after', String(told.retryAfter));
    response.setHeader('cache-control', 'no-store');
    if (wantsJson(request)) {
      response.status(told.status).type('application/problem+json');
      response.end(
        JSON.stringify({
          type: 'about:blank',
          title: told.title,
          status: told.status,
          detail: told.text,
          code: told.code,
        }),
      );
      return;
    }
    const from = this.ownPage(request);
    const onward = from === undefined ? undefined : { href: from, label: page.t.web.back };
    this.pages.send(response, told.status, <ErrorPage page={page} onward={onward} {...told} />);
  }

  /** The page of ours that a refused form stood on, as the browser says. */
  private ownPage(request: Request): string | undefined {
    const from = request.method === 'POST' ? URL.parse(request.headers.referer ?? '') : null;
    return from?.origin === this.env.issuer ? from.pathname + from.search : undefined;
  }

  private told(error: unknown, language: 'zh-CN' | 'en', t: ReturnType<Pages['context']>['t'], request: Request): Told {
    if (error instanceof Refusal) {
      const { status, code, retryAfter } = error;
      return { status, code, retryAfter, title: t.web.refusedTitle, text: refusalText(language, error) };
    }
    if (error instanceof Unavailable) {
      this.log.warn({ what: error.what, route: routeOf(request) }, 'unavailable');
      return {
        status: 503,
        code: 'unavailable',
        retryAfter: error.retryAfter,
        title: t.web.busyTitle,
        text: t.web.busyText,
      };
    }
    const status = statusOf(error);
    if (status < 500) {
      const code = BY_STATUS[status] ?? 'request.malformed';
      const title = status === 404 ? t.web.notFoundTitle : t.web.refusedTitle;
      return { status, code, title, text: refusalText(language, { code, values: {} }) };
    }
    const id = randomUUID().slice(0, 8);
    this.log.error({ id, route: routeOf(request), err: error }, 'bug');
    return { status: 500, code: 'internal', id, title: t.web.brokenTitle, text: t.web.brokenText };
  }
}

/** The pattern of the route, never the address: that may hold an id or a code. */
const routeOf = (request: Request): string =>
  `${request.method} ${(request.route as { path?: string } | undefined)?.path ?? '-'}`;

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { status, expose } = error as { status?: number; expose?: boolean };
  return typeof status === 'number' && expose === true ? status : 500;
}
