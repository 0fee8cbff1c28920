import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Env } from '../config/env.js';
import { endCookiesWithBrowser } from './cookies.js';
import type { CurrentProvider } from './current-provider.service.js';
import { truthOf } from './host.js';
import { secureHeaders } from './security-headers.js';

const LARGEST_REQUEST_BYTES = 16 * 1024;
const OPERATIONS = new Set(['/healthz', '/readyz', '/metrics']);
const isProtocol = (path: string) => path.startsWith('/oidc/') || path.startsWith('/.well-known/');

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${code}\n`);
}

/** `POST /oidc/auth` becomes the same request as GET: taking it as it is would force `SameSite=None` cookies. */
async function authorizeByGet(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return refuse(response, 415, 'invalid_request');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_REQUEST_BYTES) {
      response.setHeader('Connection', 'close');
      return refuse(response, 413, 'invalid_request');
    }
    chunks.push(chunk);
  }
  const parameters = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  response.writeHead(303, { location: `/oidc/auth?${parameters}`, 'cache-control': 'no-store' });
  response.end();
}

/**
 * The first listener of the raw server: one truth of host and address, security headers, then the protocol ahead of the
 * web framework (PERFORMANCE 4.7), then the pages.
 */
export function mountProtocol(current: CurrentProvider, env: Env, pages: RequestListener): RequestListener {
  const truth = truthOf(env.issuer, env.trustProxy);
  const secure = env.issuer.startsWith('https:');

  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] as string;
    secureHeaders(response, secure);
    if (request.headers.host !== truth.host && !OPERATIONS.has(path)) {
      const page = request.method === 'GET' && !isProtocol(path);
      if (env.realm === 'demo' && page) {
        response.writeHead(302, { location: `${env.issuer}${request.url ?? '/'}` });
        return response.end();
      }
      return refuse(response, 421, 'misdirected_request');
    }
    truth.rewrite(request);
    endCookiesWithBrowser(request, response);
    if (!isProtocol(path)) return pages(request, response);
    if (path === '/oidc/auth' && request.method === 'POST') {
      authorizeByGet(request, response).catch(() => response.destroy());
      return undefined;
    }
    return void current.callback(request, response);
  };
}
