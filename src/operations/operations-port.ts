import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { Injectable, NotFoundException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Env } from '../config/env.js';

const PATHS = new Set(['/healthz', '/readyz', '/metrics']);

/** A server for OPS_PORT, not listening yet: health, readiness and metrics, no page and no protocol. */
export const operationsServer = (pages: RequestListener): Server =>
  createServer((request, response) => {
    if (PATHS.has((request.url ?? '').split('?', 1)[0] as string)) return pages(request, response);
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('not_found\n');
  });

/** Where operations have a port of their own, the public one does not answer for them. */
@Injectable()
export class OperationsPort implements CanActivate {
  constructor(private readonly env: Env) {}

  canActivate(context: ExecutionContext): boolean {
    const { socket } = context.switchToHttp().getRequest<Request>();
    if (this.env.opsPort === undefined || socket.localPort === this.env.opsPort) return true;
    throw new NotFoundException();
  }
}
