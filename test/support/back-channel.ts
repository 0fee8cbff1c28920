import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (response: ServerResponse) => unknown;

/** What a site of the tests answers to logout tokens, good or bad; it keeps those that came. */
export class BackChannel {
  readonly tokens: string[] = [];
  private answer: Answer = (response) => response.writeHead(200).end();

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<BackChannel> {
    const server = createServer();
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    const channel = new BackChannel(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void channel.take(request, response));
    return channel;
  }

  get uri(): string {
    return `${this.origin}/backchannel-logout`;
  }

  /** From now on. @param answer a status, or what is done instead: nothing at all is a site that keeps silent */
  answers(answer: number | Answer): void {
    this.answer = typeof answer === 'number' ? (response) => response.writeHead(answer).end() : answer;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => {
      this.server.close(done);
    });
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const token = new URLSearchParams(Buffer.concat(chunks).toString()).get('logout_token');
    if (request.method === 'POST' && token !== null) this.tokens.push(token);
    this.answer(response);
  }
}
