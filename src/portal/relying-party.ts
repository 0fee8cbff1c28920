import * as client from 'openid-client';
import { LogoutTokens } from './logout-token.js';
import type { Ended } from './logout-token.js';

/** Longer than this nobody waits for the provider. */
const TIMEOUT_SECONDS = 5;

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
  userinfo: client.UserInfoResponse;
}

/** The provider's answer is a refusal, an OAuth `error`; `access_denied` when the person said no. */
export class ProviderRefusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** The provider cannot be reached, or answers with nonsense. */
export class ProviderAway extends Error {}

/** This site's side of OpenID Connect, on `openid-client`: what a portal's developer would write. */
export class RelyingParty {
  private configuration?: Promise<client.Configuration>;
  private readonly logoutTokens: LogoutTokens;

  constructor(private readonly options: PartyOptions) {
    this.logoutTokens = new LogoutTokens(options.clientId);
  }

  /** An authorization request with state, nonce and PKCE. @throws {ProviderAway} */
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

  /**
   * Redeems the code and reads userinfo. The library judges state, `iss`, nonce, audience, expiry and the signature.
   * @throws {ProviderRefusal} for an `error`; {ProviderAway}; {Error} for an answer that is not to be believed
   */
  async finish(url: URL, attempt: Attempt): Promise<LoggedIn> {
    const configuration = await this.provider();
    try {
      const tokens = await client.authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims() as client.IDToken;
      const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      return { idToken: tokens.id_token as string, claims, userinfo };
    } catch (error) {
      throw told(error);
    }
  }

  /** RP-initiated logout; without a hint the provider asks the person. @throws {ProviderAway} */
  async logoutUrl(idToken: string | undefined): Promise<string> {
    return client.buildEndSessionUrl(await this.provider(), {
      ...(idToken === undefined ? {} : { id_token_hint: idToken }),
      post_logout_redirect_uri: `${this.options.origin}/signed-out`,
    }).href;
  }

  /** What a logout token ends. @throws {Error} when it is not to be believed */
  async loggedOut(token: string): Promise<Ended> {
    return this.logoutTokens.judge(token, (await this.provider()).serverMetadata());
  }

  /** Reads the provider's metadata once; a failure is not kept, so that the next request tries again. */
  private async provider(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.options;
    const insecure = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    this.configuration ??= client
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: TIMEOUT_SECONDS,
        // the signature is checked as well: over http the connection alone would prove nothing
        execute: [...insecure, client.enableNonRepudiationChecks],
      })
      .catch((error: unknown) => {
        this.configuration = undefined;
        throw new ProviderAway('discovery', { cause: error });
      });
    return this.configuration;
  }
}

const AWAY_CODES = [
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
];

/** `fetch` fails with this, at times inside an error of the library's. */
const isUnreached = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  ((error as Error).message === 'fetch failed' || isUnreached((error as Error).cause));

/** What a failure of the library's means to a person. */
function told(error: unknown): unknown {
  if (error instanceof client.AuthorizationResponseError) return new ProviderRefusal(error.error);
  const { code = '' } = error as { code?: string };
  const away = AWAY_CODES.includes(code) || isUnreached(error);
  return away ? new ProviderAway('token or userinfo', { cause: error }) : error;
}
