import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Env } from '../config/env.js';
import { duringVisit } from '../shared/visit.js';
import { whereaboutsOf } from '../shared/whereabouts.js';
import { endCookiesWithBrowser } from './cookies.js';
import type { CurrentProvider } from './current-provider.service.js';
import type { EarlyRefusals } from './errors/early-refusals.js';
import { truthOf } from './host.js';
import { policyFor, secureHeaders } from './security-headers.js';

/** As an address it still fits beside cookies into the 16 KiB that Node takes as the head of a request. */
const LARGEST_REQUEST_BYTES = 8 * 1024;
const FORM = 'application/x-www-form-urlencoded';
const OPERATIONS = new Set(['/healthz', '/readyz', '/metrics']);
/** The same answer for everybody, until keys or sites change. */
const STEADY = new Set(['/.well-known/openid-configuration', '/oidc/jwks']);
/** After the mount has made one truth of the address. */
const fromOf = ({ headers }: IncomingMessage) =>
  whereaboutsOf(headers['user-agent'], String(headers['x-forwarded-for']));
/** Taken by POST as well, and answered by GET. */
const BY_GET = new Set(['/oidc/auth', '/oidc/logout']);
const isProtocol = (path: string) => path.startsWith('/oidc/') || path.startsWith('/.well-known/');

/** It comes of a proxy's settings, never of a site's program: it has no error id. */
function notOurs(response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
  response.end('invalid_request\n');
}

/**
 * A POST from a site becomes the same request as GET: browsers keep `SameSite=Lax` cookies from the POST itself, so that
 * nobody would seem signed in, and somebody signed out who is not.
 */
async function againByGet(
  early: EarlyRefusals,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith(FORM)) {
    const came = type.split(';', 1)[0];
    return early.refuse(request, response, { cause: 'content-type', expected: FORM, came });
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    chunks.push(chunk);
    if (size > LARGEST_REQUEST_BYTES) {
      response.setHeader('Connection', 'close');
      const body = Buffer.concat(chunks).toString('utf8');
      const came = request.headers['content-length'] ?? String(size);
      return early.refuse(request, response, { cause: 'too-large', expected: `${LARGEST_REQUEST_BYTES}`, came, body });
    }
  }
  const parameters = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  response.writeHead(303, { location: `${path}?${parameters}`, 'cache-control': 'no-store' });
  response.end();
}

/** Discovery and keys change with the engine alone: its first answer is kept, ready to be sent (PERFORMANCE, goals). */
function steady(current: CurrentProvider, path: string, request: IncomingMessage, response: ServerResponse): void {
  const answers = current.answers;
  const kept = answers.get(path);
  if (kept) {
    response.writeHead(200, { 'content-type': kept.type });
    response.end(kept.body);
    return;
  }
  const end = response.end.bind(response) as (...rest: unknown[]) => ServerResponse;
  response.end = ((body: unknown, ...rest: unknown[]) => {
    if (response.statusCode === 200 && body) {
      answers.set(path, { type: String(response.getHeader('content-type')), body: String(body) });
    }
    return end(body, ...rest);
  }) as ServerResponse['end'];
  void current.callback(request, response);
}

interface Behind {
  current: CurrentProvider;
  early: EarlyRefusals;
  pages: RequestListener;
}

/** The protocol ahead of the web framework (PERFORMANCE 4.7), then the pages. */
function dispatch(
  { current, early, pages }: Behind,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!isProtocol(path)) return pages(request, response);
  if (BY_GET.has(path) && request.method === 'POST') {
    againByGet(early, path, request, response).catch(() => response.destroy());
    return;
  }
  if (STEADY.has(path) && request.method === 'GET' && !request.headers.origin)
    return steady(current, path, request, response);
  void current.callback(request, response);
}

/** The first listener of the raw server: one truth of host and address, security headers, then the dispatch. */
export function mountProtocol(env: Env, behind: Behind): RequestListener {
  const truth = truthOf(env.issuer, env.trustProxy);
  const secure = env.issuer.startsWith('https:');
  const policy = policyFor(env.assistants);

  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] as string;
    secureHeaders(response, policy, secure);
    // An address with a host of its own in it, as proxies are asked: the Host header would not be the only truth.
    if (!path.startsWith('/')) return notOurs(response);
    if (request.headers.host !== truth.host && !OPERATIONS.has(path)) {
      const page = request.method === 'GET' && !isProtocol(path);
      if (env.realm === 'demo' && page) {
        response.writeHead(302, { location: `${env.issuer}${request.url ?? '/'}` });
        return response.end();
      }
      const { host } = request.headers;
      return behind.early.refuse(request, response, { cause: 'wrong-host', expected: truth.host, came: host });
    }
    truth.rewrite(request);
    endCookiesWithBrowser(request, response);
    return duringVisit(
      () => fromOf(request),
      () => dispatch(behind, path, request, response),
    );
  };
}
