import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { AssistantEnv } from './assistant.env.js';

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Headers of every answer: nobody frames it, nothing from elsewhere runs in it, nobody keeps it. */
export const headers: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': POLICY,
    'X-Frame-Options': 'DENY',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
    Vary: 'Origin',
  });
  next();
};

/** One name alone: a page whose own name was turned to this computer (DNS rebinding) asks under that name. */
export const ownHost =
  ({ port }: AssistantEnv): RequestHandler =>
  (request, response, next) => {
    if (request.headers.host !== `127.0.0.1:${port}`) return void response.status(421).json({ error: 'wrong-host' });
    return next();
  };

/** Pages of the configured sites alone, and they must say who they are. Answers preflights, of private networks too. */
export const siteOrigin =
  ({ origins }: AssistantEnv): RequestHandler =>
  (request, response, next) => {
    const { origin } = request.headers;
    if (!origin || !origins.includes(origin)) return void response.status(403).json({ error: 'wrong-origin' });
    response.set('Access-Control-Allow-Origin', origin);
    if (request.method !== 'OPTIONS') return next();
    response.set({
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Allow-Headers': 'Content-Type',
      'Access-Control-Max-Age': '600',
    });
    if (request.headers['access-control-request-private-network'] === 'true')
      response.set('Access-Control-Allow-Private-Network', 'true');
    return void response.status(204).end();
  };

/** Forms of our own pages: another site's page may open them, never send them. @param refuse sends the page that says so */
export const ownForms =
  ({ origin }: AssistantEnv, tokenHolds: (token: unknown) => boolean, refuse: RequestHandler): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    const from = request.headers.origin;
    const foreign = from !== undefined && from !== origin;
    const { _csrf: token } = (request.body ?? {}) as Record<string, unknown>;
    return foreign || !tokenHolds(token) ? refuse(request, response, next) : next();
  };
