import { Injectable } from '@nestjs/common';
import * as client from 'openid-client';
import { DEMO_APP } from '../../config/demo-sites.js';
import { Env } from '../../config/env.js';
import type { Language } from '../../locales/texts.js';

const TIMEOUT_SECONDS = 5;
/** A scan and its confirmation need one and the same token: one that is about to end is renewed before. */
const RENEWED_BEFORE_MS = 5 * 60_000;

/** What the browser must bring back. */
export interface Attempt {
  verifier: string;
  state: string;
  nonce: string;
}

export interface AppTokens {
  access: string;
  refresh?: string;
  /** Real time in milliseconds. */
  until: number;
  /** Masked, as the service gives it. */
  name?: string;
}

/** What the API answers: what was asked for, or a problem (RFC 9457). */
export interface ApiAnswer<T> {
  status: number;
  value?: T;
  problem?: { code: string; detail: string };
}

/** The service cannot be reached, or answers with nonsense. */
export class ServiceAway extends Error {}

/** The app's side: OpenID Connect as a public client with PKCE, and the three calls of docs/app.md. Nothing else of the service is known here. */
@Injectable()
export class AppParty {
  private configuration?: Promise<client.Configuration>;

  constructor(private readonly env: Env) {}

  /** @throws {ServiceAway} */
  async begin(language: Language): Promise<{ url: string; attempt: Attempt }> {
    const attempt = {
      verifier: client.randomPKCECodeVerifier(),
      state: client.randomState(),
      nonce: client.randomNonce(),
    };
    const url = client.buildAuthorizationUrl(await this.provider(), {
      redirect_uri: `${this.env.issuer}${DEMO_APP.callback}`,
      scope: 'openid profile app',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      ui_locales: language,
    });
    return { url: url.href, attempt };
  }

  /** @param query what the browser brought back @returns nothing when the person declined, or the answer is not to be believed */
  async finish(query: string, attempt: Attempt): Promise<AppTokens | undefined> {
    const configuration = await this.provider();
    try {
      const url = new URL(`${this.env.issuer}${DEMO_APP.callback}${query}`);
      const tokens = await client.authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      });
      const { sub } = tokens.claims() as client.IDToken;
      const { name } = await client.fetchUserInfo(configuration, tokens.access_token, sub);
      return { ...kept(tokens), name };
    } catch {
      return undefined;
    }
  }

  /** The tokens, renewed when they are about to end. @returns nothing when the app is logged out by now */
  async fresh(tokens: AppTokens): Promise<AppTokens | undefined> {
    if (tokens.until - Date.now() > RENEWED_BEFORE_MS) return tokens;
    if (!tokens.refresh) return undefined;
    const configuration = await this.provider();
    return client.refreshTokenGrant(configuration, tokens.refresh).then(
      (renewed) => ({ ...kept(renewed), name: tokens.name }),
      () => undefined,
    );
  }

  /** Logs the app out: its tokens end. */
  async leave({ access, refresh }: AppTokens): Promise<void> {
    await client.tokenRevocation(await this.provider(), refresh ?? access).catch(() => undefined);
  }

  /** @throws {ServiceAway} */
  async call<T>(
    token: string,
    ticket: string,
    step: 'scan' | 'confirm' | 'deny',
    body: object,
    language: Language,
  ): Promise<ApiAnswer<T>> {
    try {
      const answer = await fetch(`${this.env.issuer}/app/tickets/${encodeURIComponent(ticket)}/${step}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'accept-language': language,
        },
        signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000),
      });
      const told = (await answer.json()) as T & { code: string; detail: string };
      return answer.ok ? { status: answer.status, value: told } : { status: answer.status, problem: told };
    } catch (cause) {
      throw new ServiceAway(step, { cause });
    }
  }

  /** Reads the service's metadata once; a failure is not kept. */
  private async provider(): Promise<client.Configuration> {
    const { issuer } = this.env;
    const insecure = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    this.configuration ??= client
      .discovery(new URL(issuer), DEMO_APP.id, undefined, client.None(), {
        timeout: TIMEOUT_SECONDS,
        execute: [...insecure, client.enableNonRepudiationChecks],
      })
      .catch((cause: unknown) => {
        this.configuration = undefined;
        throw new ServiceAway('discovery', { cause });
      });
    return this.configuration;
  }
}

const kept = (tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers): AppTokens => ({
  access: tokens.access_token,
  refresh: tokens.refresh_token,
  until: Date.now() + (tokens.expires_in ?? 0) * 1000,
});
