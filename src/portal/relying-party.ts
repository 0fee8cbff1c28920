import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const CLOCK_SECONDS = 60;

/** What the browser must bring back: bound to it by a cookie of its own for each attempt. */
export interface Attempt {
  verifier: string;
  state: string;
  nonce: string;
  /** A path of this site to go on to. */
  next: string;
}

export interface PartyOptions {
  issuer: string;
  clientId: string;
  clientSecret: string;
  origin: string;
}

export interface LoggedIn {
  idToken: string;
  claims: client.IDToken;
  accessToken: string;
}

/** This site's side of OpenID Connect, on `openid-client`: what a portal's developer would write. */
export class RelyingParty {
  private configuration?: Promise<client.Configuration>;
  private keys?: ReturnType<typeof createRemoteJWKSet>;
  private readonly seen = new Map<string, number>();

  constructor(private readonly options: PartyOptions) {}

  /** Reads the provider's metadata once; a failure is not kept. */
  private async provider(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.options;
    const insecure = issuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : {};
    this.configuration ??= client
      .discovery(new URL(issuer), clientId, clientSecret, undefined, insecure)
      .catch((error: unknown) => {
        this.configuration = undefined;
        throw error;
      });
    return this.configuration;
  }

  /** An authorization request. */
  async begin(next: string, more: Record<string, string>): Promise<{ url: string; attempt: Attempt }> {
    const configuration = await this.provider();
    const attempt = {
      verifier: client.randomPKCECodeVerifier(),
      state: client.randomState(),
      nonce: client.randomNonce(),
      next,
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: `${this.options.origin}/callback`,
      scope: 'openid profile',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      ...more,
    });
    return { url: url.href, attempt };
  }

  /** Redeems the code; state, nonce, issuer, audience and signature are checked by the library. */
  async finish(url: URL, attempt: Attempt): Promise<LoggedIn> {
    const tokens = await client.authorizationCodeGrant(await this.provider(), url, {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    });
    return {
      idToken: tokens.id_token as string,
      claims: tokens.claims() as client.IDToken,
      accessToken: tokens.access_token,
    };
  }

  async userinfo({ accessToken, claims }: LoggedIn): Promise<client.UserInfoResponse> {
    return client.fetchUserInfo(await this.provider(), accessToken, claims.sub);
  }

  async logoutUrl(idToken: string): Promise<string> {
    return client.buildEndSessionUrl(await this.provider(), {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${this.options.origin}/signed-out`,
    }).href;
  }

  /**
   * Judges a logout token (OpenID Connect Back-Channel Logout 2.6).
   * @throws {Error} when it is not for us, not signed by the provider, old, replayed, or no logout token
   */
  async logoutToken(token: string): Promise<{ sid?: string; sub?: string }> {
    const metadata = (await this.provider()).serverMetadata();
    this.keys ??= createRemoteJWKSet(new URL(metadata.jwks_uri as string), { cooldownDuration: 5000 });
    const { payload } = await jwtVerify(token, this.keys, {
      issuer: metadata.issuer,
      audience: this.options.clientId,
      maxTokenAge: 300,
      clockTolerance: CLOCK_SECONDS,
      algorithms: ['RS256', 'ES256'],
    });
    const events = payload['events'] as Record<string, unknown> | undefined;
    if (typeof events?.[EVENT] !== 'object' || events[EVENT] === null) throw new Error('not a logout token');
    if (payload['nonce'] !== undefined) throw new Error('a logout token has no nonce');
    if (!payload.jti || this.replayed(payload.jti)) throw new Error('this logout token was used before');
    const sid = payload['sid'] as string | undefined;
    if (sid === undefined && payload.sub === undefined) throw new Error('names neither a session nor a subject');
    return { sid, sub: payload.sub };
  }

  private replayed(jti: string): boolean {
    const now = Date.now();
    for (const [id, until] of this.seen) if (until < now) this.seen.delete(id);
    if (this.seen.has(jti)) return true;
    this.seen.set(jti, now + 600_000);
    return false;
  }
}
