import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Who the next login is, and what is wrong with the answer. */
export interface NextAnswer {
  sub?: string;
  sid?: string;
  level?: number;
  kind?: string;
  /** An OAuth error instead of a code. */
  error?: string;
  /** The `iss` parameter of the answer, if not the provider's. */
  iss?: string;
  /** Replaces claims of the ID token; `undefined` leaves one out. */
  idToken?: JWTPayload;
  /** Signs the ID token by a key that is not published. */
  forged?: boolean;
}

interface Code {
  answer: NextAnswer;
  nonce: string;
  challenge: string;
  scope: string;
}

/** A small OpenID provider in this process: what a site's own tests need, with every fault at hand. */
export class FakeProvider {
  /** What the next authorization requests are answered with. */
  next: NextAnswer = {};
  /** Parameters of the authorization requests that came, newest last. */
  readonly requests: Record<string, string>[] = [];
  private readonly codes = new Map<string, Code>();
  private readonly tokens = new Map<string, Code>();
  private keys: { kid: string; private: CryptoKey; jwk: JWK }[] = [];
  private stranger!: CryptoKey;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(port = 0): Promise<FakeProvider> {
    const server = createServer();
    await new Promise<void>((done) => {
      server.listen(port, done);
    });
    const provider = new FakeProvider(server, `http://localhost:${(server.address() as AddressInfo).port}`);
    await provider.newKey();
    provider.stranger = (await generateKeyPair('RS256')).privateKey;
    server.on('request', (request, response) => void provider.answer(request, response));
    return provider;
  }

  /** Signs by a new key from now on, and publishes it. */
  async newKey(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const kid = randomBytes(6).toString('hex');
    this.keys = [
      { kid, private: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } },
      ...this.keys,
    ];
  }

  /** A logout token; `more` replaces claims, `undefined` leaves one out. */
  async logoutToken(
    audience: string,
    more: Record<string, unknown> = {},
    by: 'provider' | 'stranger' | 'nobody' = 'provider',
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.issuer,
      aud: audience,
      iat: now,
      exp: now + 120,
      jti: randomBytes(12).toString('hex'),
      events: { [EVENT]: {} },
      ...more,
    } as JWTPayload;
    return by === 'nobody' ? new UnsecuredJWT(claims).encode() : this.sign(claims, by === 'stranger');
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => {
      this.server.close(done);
    });
  }

  private async sign(claims: JWTPayload, forged = false): Promise<string> {
    const [key] = this.keys;
    const header = { alg: 'RS256', kid: key?.kid };
    return new SignJWT(claims).setProtectedHeader(header).sign(forged ? this.stranger : (key?.private as CryptoKey));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const to = (target: URL) => response.writeHead(303, { location: target.href }).end();
    const routes: Record<string, () => unknown> = {
      '/.well-known/openid-configuration': () => json(this.metadata()),
      '/jwks': () => json({ keys: this.keys.map(({ jwk }) => jwk) }),
      '/auth': () => to(this.authorize(Object.fromEntries(url.searchParams))),
      '/token': async () => {
        const tokens = await this.redeem(new URLSearchParams(await textOf(request)), request.headers.authorization);
        json(tokens ?? { error: 'invalid_grant' }, tokens ? 200 : 400);
      },
      '/userinfo': () => json(this.userinfo(request.headers.authorization?.replace(/^Bearer /i, '') ?? '')),
      '/logout': () => to(new URL(url.searchParams.get('post_logout_redirect_uri') ?? '/', this.issuer)),
    };
    const route = routes[url.pathname];
    if (route) return void (await route());
    json({}, 404);
  }

  private metadata(): Record<string, unknown> {
    const at = (path: string) => `${this.issuer}${path}`;
    return {
      issuer: this.issuer,
      authorization_endpoint: at('/auth'),
      token_endpoint: at('/token'),
      userinfo_endpoint: at('/userinfo'),
      jwks_uri: at('/jwks'),
      end_session_endpoint: at('/logout'),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'ES256'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  private authorize(asked: Record<string, string>): URL {
    this.requests.push(asked);
    const back = new URL(asked['redirect_uri'] as string);
    back.searchParams.set('state', asked['state'] as string);
    back.searchParams.set('iss', this.next.iss ?? this.issuer);
    if (this.next.error) {
      back.searchParams.set('error', this.next.error);
      return back;
    }
    const code = randomBytes(16).toString('hex');
    const { nonce = '', code_challenge: challenge = '', scope = '' } = asked;
    this.codes.set(code, { answer: this.next, nonce, challenge, scope });
    back.searchParams.set('code', code);
    return back;
  }

  private async redeem(form: URLSearchParams, authorization = ''): Promise<Record<string, unknown> | undefined> {
    const code = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!code || proof !== code.challenge) return undefined;
    const { answer, nonce } = code;
    const [client = ''] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
      .toString()
      .split(':');
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.issuer,
      aud: decodeURIComponent(client || (form.get('client_id') ?? '')),
      sub: answer.sub ?? 'somebody',
      sid: answer.sid ?? 'session-1',
      iat: now,
      exp: now + 300,
      nonce,
      acr: `urn:tongxing:level:${answer.level ?? 0}`,
      account_kind: answer.kind ?? 'person',
      ...answer.idToken,
    };
    const token = randomBytes(16).toString('hex');
    this.tokens.set(token, code);
    const idToken = await this.sign(claims as JWTPayload, answer.forged);
    return { access_token: token, token_type: 'Bearer', expires_in: 600, id_token: idToken };
  }

  private userinfo(token: string): Record<string, unknown> {
    const { answer, scope } = this.tokens.get(token) as Code;
    const real = { real_name: '张三', id_number: '420106199003071019', phone_number: '+8613800000000' };
    const released = scope.includes('real_name') && answer.kind !== 'entity';
    const entity = { name: '示例公司', entity_name: '示例公司', credit_code: '91420100MA4KABC11X' };
    const given = scope.includes('legal_entity') && answer.kind === 'entity' ? entity : {};
    return { sub: answer.sub ?? 'somebody', name: '张*', ...(released ? real : {}), ...given };
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
