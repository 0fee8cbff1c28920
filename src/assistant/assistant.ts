import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import express from 'express';
import type { ErrorRequestHandler } from 'express';
import type { AssistantEnv } from './assistant.env.js';
import { Counter } from './counter.js';
import { headers, ownForms, ownHost, siteOrigin } from './doors.js';
import { heldInDirectory } from './held-certificate.js';
import { questions } from './questions.js';
import { SigningRequests } from './signing-requests.js';
import { UsbKey } from './usb-key.js';
import { Windows } from './windows.js';
import { csrfValid } from '../web/csrf.js';

/** One picture element: whether it loads tells a page that this program is there. */
const ALIVE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** What is malformed is nobody's bug: a status, no more. */
const broken: ErrorRequestHandler = (error: { status?: number }, _request, response, _next) => {
  response.status(error.status ?? 500).json({ error: 'error' });
};

export interface Assistant {
  /** Not listening yet: on 127.0.0.1 and nowhere else. */
  server: Server;
  usbKey: UsbKey;
  counter: Counter;
}

/** Builds the reference assistant. @param now milliseconds */
export function buildAssistant(env: AssistantEnv, now: () => number = Date.now): Assistant {
  const usbKey = new UsbKey(env.keyFile, env.pin, env.pemDirectory ? heldInDirectory(env.pemDirectory) : []);
  const requests = new SigningRequests(usbKey, now);
  const counter = new Counter(env.issuer, usbKey);
  const formKey = randomBytes(32).toString('base64url');
  const windows = new Windows(env, formKey, { usbKey, requests, counter });
  const tokenHolds = (token: unknown) => csrfValid('assistant', token, [formKey]);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(headers, ownHost(env));
  app.get('/alive.png', (_request, response) => void response.type('png').send(ALIVE));
  app.use('/v1', siteOrigin(env), express.json({ limit: '16kb' }), questions(usbKey, requests));
  app.use(express.urlencoded({ extended: false, limit: '16kb' }));
  app.use(ownForms(env, tokenHolds, windows.refused));
  app.use(windows.routes());
  app.use((_request, response) => void response.status(404).json({ error: 'error' }));
  app.use(broken);
  return { server: createServer(app), usbKey, counter };
}
