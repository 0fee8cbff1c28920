import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as client from 'openid-client';

/** What came of one login. */
export interface Login {
  tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;
  claims: client.IDToken;
}

interface Waiting {
  verifier: string;
  state: string;
  nonce: string;
}

export const SITE_SECRET = 'a-secret-of-the-tests-a-secret-of-the-tests-0';

/**
 * A relying party of the tests on an independent library (`openid-client`): its callback redeems the code and shows
 * what it got; its back channel keeps the logout tokens that arrive.
 */
export class TestSite {
  readonly logoutTokens: string[] = [];
  readonly logins: Login[] = [];
  /** `error` parameters that came back instead of a code. */
  readonly errors: string[] = [];
  /** Status its back channel answers with. */
  backChannelStatus = 200;
  /** Its back channel takes what comes and never answers. */
  backChannelHangs = false;
  /** Its back channel answers once this has come about. */
  backChannelGate?: Promise<void>;
  /** An app on a phone: it holds no secret. */
  isPublic = false;
  /** How often its back channel was called. */
  backChannelTries = 0;
  private readonly waiting = new Map<string, Waiting>();
  private configuration?: client.Configuration;
  private arrived: (() => void)[] = [];

  private constructor(
    readonly id: string,
    readonly name: string,
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(id: string, name = `${id}的站点`): Promise<TestSite> {
    const server = createServer();
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    const site = new TestSite(id, name, server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void site.answer(request, response));
    return site;
  }

  /** Its entry of `SITES_FILE`. */
  metadata(more: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      client_id: this.id,
      client_secret: SITE_SECRET,
      client_name: this.name,
      client_uri: `${this.origin}/`,
      redirect_uris: [`${this.origin}/callback`],
      post_logout_redirect_uris: [`${this.origin}/signed-out`],
      backchannel_logout_uri: `${this.origin}/backchannel-logout`,
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile phone real_name legal_entity offline_access',
      data_purpose: '测试用途',
      ...more,
    };
  }

  /** Reads the provider's metadata. */
  async discover(issuer: string): Promise<client.Configuration> {
    if (this.configuration?.serverMetadata().issuer === issuer) return this.configuration;
    const execute = [client.allowInsecureRequests];
    const [secret, auth] = this.isPublic ? [undefined, client.None()] : [SITE_SECRET, undefined];
    this.configuration = await client.discovery(new URL(issuer), this.id, secret, auth, { execute });
    return this.configuration;
  }

  /** An authorization request; `more` adds or replaces parameters. */
  async loginUrl(issuer: string, more: Record<string, string> = {}): Promise<string> {
    const configuration = await this.discover(issuer);
    const verifier = client.randomPKCECodeVerifier();
    const waiting = { verifier, state: client.randomState(), nonce: client.randomNonce() };
    this.waiting.set(waiting.state, waiting);
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: `${this.origin}/callback`,
      scope: 'openid',
      state: waiting.state,
      nonce: waiting.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...more,
    });
    return url.href;
  }

  async userinfo(login: Login): Promise<client.UserInfoResponse> {
    return client.fetchUserInfo(
      this.configuration as client.Configuration,
      login.tokens.access_token,
      login.claims.sub,
    );
  }

  async refresh(login: Login): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers> {
    return client.refreshTokenGrant(this.configuration as client.Configuration, login.tokens.refresh_token as string);
  }

  logoutUrl(login?: Login, more: Record<string, string> = {}): string {
    return client.buildEndSessionUrl(this.configuration as client.Configuration, {
      post_logout_redirect_uri: `${this.origin}/signed-out`,
      ...(login ? { id_token_hint: login.tokens.id_token as string } : {}),
      ...more,
    }).href;
  }

  get lastLogin(): Login {
    return this.logins.at(-1) as Login;
  }

  /** Waits until this many logout tokens have arrived. */
  async told(count: number): Promise<void> {
    while (this.logoutTokens.length < count) {
      await new Promise<void>((done) => {
        this.arrived.push(done);
      });
    }
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => {
      this.server.close(done);
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const page = (status: number, text: string) =>
      response.writeHead(status, { 'content-type': 'text/html' }).end(text);
    if (url.pathname === '/callback') return void (await this.callback(url, page));
    if (url.pathname === '/backchannel-logout') return void (await this.backChannel(request, page));
    page(200, `<h1>${url.pathname}</h1><main>${url.search}</main>`);
  }

  private async callback(url: URL, page: (status: number, text: string) => void): Promise<void> {
    const error = url.searchParams.get('error');
    if (error) {
      this.errors.push(error);
      return page(200, `<h1>error</h1><main>${error}</main>`);
    }
    try {
      this.logins.push(await this.redeem(url));
      page(200, '<h1>logged in</h1><main></main>');
    } catch (problem) {
      page(
        500,
        `<h1>failed</h1><main>${(problem as { code?: string; error?: string }).error ?? String(problem)}</main>`,
      );
    }
  }

  private async redeem(url: URL): Promise<Login> {
    const { verifier, state, nonce } = this.waiting.get(url.searchParams.get('state') ?? '') as Waiting;
    const tokens = await client.authorizationCodeGrant(this.configuration as client.Configuration, url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
    return { tokens, claims: tokens.claims() as client.IDToken };
  }

  private async backChannel(request: IncomingMessage, page: (status: number, text: string) => void): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const token = new URLSearchParams(Buffer.concat(chunks).toString()).get('logout_token');
    this.backChannelTries += 1;
    await this.backChannelGate;
    if (token && this.backChannelStatus === 200 && !this.backChannelHangs) this.logoutTokens.push(token);
    for (const tell of this.arrived.splice(0)) tell();
    if (this.backChannelHangs) return;
    page(this.backChannelStatus, '');
  }
}

/** Writes a sites file for the service to read at boot. */
export function sitesFile(entries: readonly Record<string, unknown>[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'tongxing-sites-')), 'sites.json');
  writeFileSync(file, JSON.stringify(entries));
  return file;
}
