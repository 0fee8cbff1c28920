import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const CLOCK_SECONDS = 60;
const OLDEST_SECONDS = 300;

/** What a logout token ends. */
export interface Ended {
  sid?: string;
  sub?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function endedBy(payload: JWTPayload): Ended {
  const events = payload['events'] as Record<string, unknown> | null | undefined;
  if (typeof events?.[EVENT] !== 'object' || events[EVENT] === null) throw new Error('not a logout token');
  if (payload['nonce'] !== undefined) throw new Error('a logout token has no nonce');
  const ended = { sid: text(payload['sid']), sub: text(payload.sub) };
  if (ended.sid === undefined && ended.sub === undefined) throw new Error('names neither a session nor a subject');
  return ended;
}

/** Judges logout tokens (OpenID Connect Back-Channel Logout 1.0 section 2.6). */
export class LogoutTokens {
  private keys?: ReturnType<typeof createRemoteJWKSet>;
  /** `jti` → until when the same one is a replay, in milliseconds. */
  private readonly seen = new Map<string, number>();

  constructor(private readonly clientId: string) {}

  /**
   * @param provider its metadata; keys are fetched once, and again for a `kid` that is new
   * @throws {Error} when it is not for us, not signed by the provider, old, replayed, or no logout token
   */
  async judge(token: string, provider: { issuer: string; jwks_uri?: string }): Promise<Ended> {
    this.keys ??= createRemoteJWKSet(new URL(provider.jwks_uri as string), {
      cooldownDuration: 5000,
      timeoutDuration: 3000,
    });
    const { payload } = await jwtVerify(token, this.keys, {
      issuer: provider.issuer,
      audience: this.clientId,
      algorithms: ['RS256', 'ES256'],
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
      maxTokenAge: OLDEST_SECONDS,
      clockTolerance: CLOCK_SECONDS,
    });
    const ended = endedBy(payload);
    this.useOnce(text(payload.jti));
    return ended;
  }

  private useOnce(jti: string | undefined): void {
    const now = Date.now();
    for (const [id, until] of this.seen) if (until < now) this.seen.delete(id);
    if (jti === undefined || this.seen.has(jti)) throw new Error('this logout token was used before');
    this.seen.set(jti, now + (OLDEST_SECONDS + 2 * CLOCK_SECONDS) * 1000);
  }
}
