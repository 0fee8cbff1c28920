import { request as rawRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningService } from './service.js';

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request as it stands, with the Host, the address line and the forwarded headers that a test wants. */
export async function raw(
  { server, origin }: Pick<RunningService, 'server' | 'origin'>,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<RawAnswer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((done, refuse) => {
    const call = rawRequest(
      { host: '127.0.0.1', port, path, method, headers: { host: new URL(origin).host, ...headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
        );
      },
    );
    call.on('error', refuse);
    call.end();
  });
}
