import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NotMade } from './reach.js';
import type { TrialProvider } from './trial-provider.js';

const LARGEST = 100_000;
/** Of this machine alone, by either protocol. */
const LOOPBACK = ['127.0.0.1', '::1'];

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body += chunk.toString();
    if (body.length > LARGEST) throw new Error('too large');
  }
  return new URLSearchParams(body);
}

/** Where the trial provider listens. */
export class TrialServer {
  private provider?: TrialProvider;

  private constructor(
    private readonly servers: readonly Server[],
    readonly port: number,
  ) {}

  /** @param host an address to listen on, such as `0.0.0.0` for a portal in a container; loopback without it */
  static async listen(port: number, host?: string): Promise<TrialServer> {
    const [first = '', ...others] = host === undefined ? LOOPBACK : [host];
    const server = createServer();
    await listening(server, port, first).catch((error: Error) => {
      throw new NotMade(`--port: ${port} cannot be listened on (${error.message}); name another`);
    });
    const at = (server.address() as AddressInfo).port;
    const more = others.map(() => createServer());
    // a machine without IPv6 does with the one
    const up = await Promise.all(
      more.map(async (one, index) =>
        listening(one, at, others[index]).then(
          () => one,
          () => undefined,
        ),
      ),
    );
    const trial = new TrialServer([server, ...up.filter((one) => one !== undefined)], at);
    for (const one of trial.servers) one.on('request', (request, response) => void trial.answer(request, response));
    return trial;
  }

  serves(provider: TrialProvider): void {
    this.provider = provider;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.servers.map(async (server) => {
        server.closeAllConnections();
        await new Promise((done) => {
          server.close(done);
        });
      }),
    );
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const reply = await this.provider?.reply(request, pathname, await formOf(request));
      const { status, body } = reply ?? { status: 404, body: { error: 'not_found' } };
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    } catch {
      response.writeHead(400).end();
    }
  }
}

const listening = async (server: Server, port: number, host?: string): Promise<void> =>
  new Promise((done, refuse) => {
    server.once('error', refuse);
    server.listen(port, host, () => done());
  });
