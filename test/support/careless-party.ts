import { createHash, randomBytes } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { ProviderRefusal, RelyingParty } from '../../src/portal/relying-party.js';
import type { Attempt, LoggedIn, PartyOptions } from '../../src/portal/relying-party.js';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const MINUTE = 60;
const random = () => randomBytes(24).toString('base64url');

/** A check of the protocol that is left out: named as the tester names the line that must fail for it. */
export type LeftOut =
  | `${'id-token-' | 'backchannel-'}${'issuer' | 'audience' | 'expired'}`
  | 'signature'
  | 'backchannel-signature'
  | 'wrong-nonce'
  | 'alg-none'
  | 'alg-hmac'
  | 'unknown-key'
  | 'rotated-key'
  | 'userinfo-sub'
  | 'issuer'
  | 'discovery'
  | 'backchannel-event'
  | 'backchannel-nonce'
  | 'backchannel-replay';

type At = 'id-token-' | 'backchannel-';

/** An attempt whose request was changed. */
export interface Changed extends Attempt {
  redirectUri: string;
}

interface Metadata {
  issuer: string;
  token_endpoint: string;
  userinfo_endpoint: string;
  jwks_uri: string;
}

/**
 * A relying party written by hand, as a portal's developer in a hurry would: with nothing left out it is sound.
 * Stands in a demonstration site's `RelyingParty`.
 */
export class CarelessParty extends RelyingParty {
  private keys?: JSONWebKeySet;
  private readonly seen = new Set<unknown>();

  constructor(
    private readonly party: PartyOptions,
    private readonly leftOut: readonly LeftOut[],
  ) {
    super(party);
  }

  override async begin(next: string, more: Record<string, string>) {
    if (!this.leaves('discovery')) await this.metadata();
    const attempt = { verifier: random(), state: random(), nonce: random(), next };
    const url = new URL(`${this.party.issuer}/oidc/auth`);
    const asked = {
      client_id: this.party.clientId,
      redirect_uri: `${this.party.origin}/callback`,
      response_type: 'code',
      scope: 'openid profile',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: createHash('sha256').update(attempt.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    return { url: url.href, attempt };
  }

  override async finish(url: URL, attempt: Attempt): Promise<LoggedIn> {
    const answer = url.searchParams;
    if (answer.get('state') !== attempt.state) throw new Error('state');
    const refusal = answer.get('error');
    if (refusal !== null) throw new ProviderRefusal(refusal);
    const metadata = await this.metadata();
    const { clientId, clientSecret, origin } = this.party;
    const tokens = await this.read<{ id_token: string; access_token: string }>(metadata.token_endpoint, {
      method: 'POST',
      headers: clientSecret
        ? { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` }
        : {},
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        code: answer.get('code') ?? '',
        redirect_uri: (attempt as Partial<Changed>).redirectUri ?? `${origin}/callback`,
        code_verifier: attempt.verifier,
      }),
    });
    const claims = (await this.verified(tokens.id_token, 'id-token-')) as LoggedIn['claims'];
    if (claims.nonce !== attempt.nonce && !this.leaves('wrong-nonce')) throw new Error('nonce');
    const userinfo = await this.read<LoggedIn['userinfo']>(metadata.userinfo_endpoint, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    if (userinfo.sub !== claims.sub && !this.leaves('userinfo-sub')) throw new Error('userinfo');
    return { idToken: tokens.id_token, claims, userinfo };
  }

  override async loggedOut(token: string) {
    const claims = await this.verified(token, 'backchannel-');
    const events = claims['events'] as Record<string, unknown> | undefined;
    if (!events?.[EVENT] && !this.leaves('backchannel-event')) throw new Error('event');
    if (claims['nonce'] !== undefined && !this.leaves('backchannel-nonce')) throw new Error('nonce');
    if (this.seen.has(claims.jti) && !this.leaves('backchannel-replay')) throw new Error('replay');
    this.seen.add(claims.jti);
    return { sid: claims['sid'] as string | undefined, sub: claims.sub };
  }

  private leaves(check: LeftOut): boolean {
    return this.leftOut.includes(check);
  }

  private async verified(token: string, at: At): Promise<JWTPayload> {
    await this.judgeSignature(token, at);
    const claims = decodeJwt(token);
    if (claims.iss !== this.party.issuer && !this.leaves(`${at}issuer`)) throw new Error('iss');
    if (claims.aud !== this.party.clientId && !this.leaves(`${at}audience`)) throw new Error('aud');
    const isOver = (claims.exp ?? 0) < Date.now() / 1000 - MINUTE;
    if (isOver && !this.leaves(`${at}expired`)) throw new Error('exp');
    return claims;
  }

  private async judgeSignature(token: string, at: At): Promise<void> {
    const { alg } = decodeProtectedHeader(token);
    if (at === 'backchannel-' && this.leaves('backchannel-signature')) return;
    if (at === 'id-token-' && alg === 'none' && this.leaves('alg-none')) return;
    if (at === 'id-token-' && alg === 'HS256' && this.leaves('alg-hmac')) return;
    try {
      await this.verifies(token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey && at === 'id-token-' && this.leaves('unknown-key')) return;
      if (error instanceof errors.JWSSignatureVerificationFailed && at === 'id-token-' && this.leaves('signature'))
        return;
      throw error;
    }
  }

  /** The signature alone: times and names are judged by the caller. */
  private async verifies(token: string): Promise<void> {
    const keys = async () => this.read<JSONWebKeySet>((await this.metadata()).jwks_uri);
    const check = async (set: JSONWebKeySet) =>
      jwtVerify(token, createLocalJWKSet(set), { algorithms: ['RS256'], currentDate: new Date(0) }).catch(
        (error: unknown) => {
          if (!(error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired)) throw error;
        },
      );
    this.keys ??= await keys();
    try {
      await check(this.keys);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.leaves('rotated-key')) throw error;
      this.keys = await keys();
      await check(this.keys);
    }
  }

  private async metadata(): Promise<Metadata> {
    const { issuer } = this.party;
    const at = (name: string) => `${issuer}/oidc/${name}`;
    const known = { issuer, token_endpoint: at('token'), userinfo_endpoint: at('userinfo'), jwks_uri: at('jwks') };
    if (this.leaves('discovery')) return known;
    const metadata = await this.read<Metadata>(`${issuer}/.well-known/openid-configuration`);
    if (metadata.issuer !== issuer && !this.leaves('issuer')) throw new Error('issuer');
    return metadata;
  }

  private async read<T>(url: string, init?: RequestInit): Promise<T> {
    const answer = await fetch(url, init);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return (await answer.json()) as T;
  }
}
