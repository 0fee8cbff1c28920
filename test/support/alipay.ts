import { createPublicKey, createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const keyPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });

/** Keys of the tests: the app's, Alipay's, and a stranger's. Made once a process. */
export const KEYS = { app: keyPair(), alipay: keyPair(), stranger: keyPair() };

export const signed = (text: string, key = KEYS.alipay.privateKey): string =>
  createSign('RSA-SHA256').update(text, 'utf8').sign(key, 'base64');

/** A question as it came in. */
export interface AlipayQuestion {
  address: Record<string, string>;
  form: Record<string, string>;
  /** Both together, as Alipay reads them. */
  all: Record<string, string>;
  contentType: string;
  signatureFits: boolean;
}

/** The text that is signed (DOMAIN 4): all but the signature, none empty, sorted by name, unescaped. */
function signatureFits(all: Record<string, string>, key: string): boolean {
  const text = Object.keys(all)
    .filter((name) => name !== 'sign' && all[name] !== '')
    .toSorted()
    .map((name) => `${name}=${all[name]}`)
    .join('&');
  return createVerify('RSA-SHA256')
    .update(text, 'utf8')
    .verify(createPublicKey(key), all['sign'] ?? '', 'base64');
}

/** A gateway of the tests' own: notes what it is asked, and answers what it is told to. */
export class AlipayAtHome {
  readonly asked: AlipayQuestion[] = [];
  /** The whole body; nothing hangs up. */
  answer: (question: AlipayQuestion) => string | Buffer | Promise<string> | undefined = () => undefined;
  status = 200;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<AlipayAtHome> {
    const server = createServer();
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    const home = new AlipayAtHome(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/gateway.do`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const address = Object.fromEntries(new URL(request.url ?? '/', home.url).searchParams);
        const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
        const all = { ...address, ...form };
        const question = {
          address,
          form,
          all,
          contentType: String(request.headers['content-type']),
          signatureFits: signatureFits(all, KEYS.app.publicKey),
        };
        home.asked.push(question);
        void Promise.resolve(home.answer(question)).then((body) =>
          body === undefined ? response.destroy() : response.writeHead(home.status).end(body),
        );
      });
    });
    return home;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => {
      this.server.close(done);
    });
  }
}

/** An answer as Alipay sends it: one object, signed as it stands. */
export function envelope(name: string, value: object, more: { certificate?: string; key?: string } = {}): string {
  const inner = JSON.stringify(value);
  const certificate = more.certificate ? `"alipay_cert_sn":"${more.certificate}",` : '';
  return `{"${name}":${inner},${certificate}"sign":"${signed(inner, more.key)}"}`;
}
