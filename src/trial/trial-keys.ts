import { randomBytes } from 'node:crypto';
import { SignJWT, UnsecuredJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';

export type Algorithm = 'RS256' | 'ES256';

/**
 * How a token is signed: as it should be; by a key that is not published; under a published key's name by another;
 * not at all; by an HMAC whose secret is the published key.
 */
export type Signing = 'current' | 'unknown' | 'forged' | 'none' | 'hmac';

interface Pair {
  kid: string;
  secret: CryptoKey;
  jwk: JWK;
  pem: string;
}

/** The keys of one trial: the first, the one it is rotated to, and one that is nobody's. */
export interface Pairs {
  alg: Algorithm;
  first: Pair;
  second: Pair;
  stranger: Pair;
}

async function pair(alg: Algorithm): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const kid = randomBytes(9).toString('base64url');
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return { kid, secret: privateKey, jwk, pem: await exportSPKI(publicKey) };
}

export async function makePairs(alg: Algorithm): Promise<Pairs> {
  const [first, second, stranger] = await Promise.all([pair(alg), pair(alg), pair(alg)]);
  return { alg, first, second, stranger };
}

/** What the trial provider signs with, truly or not. */
export class TrialKeys {
  private current: Pair;
  private published: Pair[];

  constructor(private readonly pairs: Pairs) {
    this.current = pairs.first;
    this.published = [pairs.first];
  }

  get jwks(): { keys: JWK[] } {
    return { keys: this.published.map(({ jwk }) => jwk) };
  }

  /** Publishes a new key and signs by it from now on; the old one stays published. */
  rotate(): void {
    this.current = this.pairs.second;
    this.published = [this.pairs.second, this.pairs.first];
  }

  /** @param typ the header's type, such as `logout+jwt` */
  async sign(claims: Record<string, unknown>, how: Signing = 'current', typ = 'JWT'): Promise<string> {
    const { current } = this;
    const { alg, stranger } = this.pairs;
    const by = async (header: string, kid: string, key: CryptoKey | Uint8Array) =>
      new SignJWT(claims as JWTPayload).setProtectedHeader({ alg: header, kid, typ }).sign(key);
    const ways: Record<Signing, () => Promise<string> | string> = {
      current: async () => by(alg, current.kid, current.secret),
      unknown: async () => by(alg, stranger.kid, stranger.secret),
      forged: async () => by(alg, current.kid, stranger.secret),
      none: () => new UnsecuredJWT(claims as JWTPayload).encode(),
      hmac: async () => by('HS256', current.kid, new TextEncoder().encode(current.pem)),
    };
    return ways[how]();
  }
}
