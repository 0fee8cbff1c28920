import { generateKeyPair, randomUUID } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { ServiceCipher } from '../storage/service-cipher.js';
import { Database } from '../storage/transactions.js';
import type { Tx } from '../storage/transactions.js';
import { SigningKeyEntity } from './signing-key.entity.js';
import type { KeyState, SigningAlgorithm } from './signing-key.entity.js';

const ALGORITHMS: readonly SigningAlgorithm[] = ['RS256', 'ES256'];
const ORDER: Record<KeyState, number> = { current: 0, next: 1, retired: 2 };
/** A retired key stays published until the last token it signed, and the last session that may show one as a hint, is over. */
const KEPT_DAYS = 30;

const pair = promisify(generateKeyPair) as (
  type: string,
  options: object,
) => Promise<{ privateKey: { export(o: { format: 'jwk' }): JsonWebKey } }>;
const MAKE: Record<SigningAlgorithm, () => Promise<JsonWebKey>> = {
  RS256: async () => (await pair('rsa', { modulusLength: 2048 })).privateKey.export({ format: 'jwk' }),
  ES256: async () => (await pair('ec', { namedCurve: 'P-256' })).privateKey.export({ format: 'jwk' }),
};
const PRIVATE_MEMBERS = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi']);

/** A key as operators see it: never its private part. */
export type ListedKey = Pick<SigningKeyEntity, 'kid' | 'alg' | 'state' | 'createdAt' | 'retiredAt'>;

/** Says, as `mark`, whether the table has changed since it was read. */
export const KEYS_MARK = `select 'keys' as part, string_agg(kid || ' ' || state, ',' order by kid) as mark from signing_keys`;

/** A next key signs nothing before every process has published it, with room for one that was busy. */
const PUBLISHED_SECONDS = 60;

/** Keys of ID tokens: RS256 and ES256, each with a current one and the next one, which is published ahead of its use. */
@Injectable()
export class SigningKeys {
  constructor(
    private readonly db: Database,
    private readonly cipher: ServiceCipher,
    private readonly clock: Clock,
  ) {}

  /** Makes what is missing; two processes at once end up with one set. */
  async ensure(): Promise<void> {
    const present = await this.db.manager.find(SigningKeyEntity);
    const missing = (['current', 'next'] as const).flatMap((state) =>
      ALGORITHMS.filter((alg) => !present.some((key) => key.alg === alg && key.state === state)).map((alg) => ({
        alg,
        state,
      })),
    );
    if (missing.length === 0) return;
    const made = await Promise.all(missing.map(async ({ alg, state }) => this.make(alg, state)));
    await this.db.transaction(async (tx) => {
      await this.lock(tx);
      const now = await tx.find(SigningKeyEntity);
      const wanted = made.filter((key) => !now.some((other) => other.alg === key.alg && other.state === key.state));
      await tx.insert(SigningKeyEntity, wanted as never[]);
    });
  }

  /**
   * next → current, current → retired, and a new next; without a restart and without a token refused.
   * @throws {Error} when the next keys have not been published for a minute
   */
  async rotate(): Promise<void> {
    const made = await Promise.all(ALGORITHMS.map(async (alg) => this.make(alg, 'next')));
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      await this.lock(tx);
      const youngest = await tx.findOneOrFail(SigningKeyEntity, {
        where: { state: 'next' },
        order: { createdAt: 'DESC' },
      });
      const wait = PUBLISHED_SECONDS - Math.floor((now.getTime() - youngest.createdAt.getTime()) / 1000);
      if (wait > 0) throw new Error(`the next keys were published only just now: rotate again in ${wait} seconds`);
      await tx.update(SigningKeyEntity, { state: 'current' }, { state: 'retired', retiredAt: now });
      await tx.update(SigningKeyEntity, { state: 'next' }, { state: 'current' });
      await tx.insert(SigningKeyEntity, made as never[]);
      await tx.query(`delete from signing_keys where state = 'retired' and retired_at < $1`, [
        new Date(now.getTime() - KEPT_DAYS * 86_400_000),
      ]);
    });
  }

  async list(): Promise<ListedKey[]> {
    const keys = await this.db.manager.find(SigningKeyEntity);
    return keys.toSorted((a, b) => ORDER[a.state] - ORDER[b.state]);
  }

  /** The private JWKs in the order the engine picks from: the current of each algorithm first. */
  async jwks(): Promise<{ keys: JsonWebKey[] }> {
    const keys = (await this.db.manager.find(SigningKeyEntity)).toSorted((a, b) => ORDER[a.state] - ORDER[b.state]);
    return {
      keys: keys.map((key) => ({
        ...(JSON.parse(this.cipher.open('signing-key', key.kid, key.privateKey)) as JsonWebKey),
        kid: key.kid,
        alg: key.alg,
        use: 'sig',
      })),
    };
  }

  private async make(alg: SigningAlgorithm, state: KeyState): Promise<SigningKeyEntity> {
    const jwk = await MAKE[alg]();
    const kid = randomUUID();
    const publicJwk = Object.fromEntries(Object.entries(jwk).filter(([member]) => !PRIVATE_MEMBERS.has(member)));
    const privateKey = this.cipher.seal('signing-key', kid, JSON.stringify(jwk));
    return { kid, alg, state, privateKey, publicJwk, createdAt: this.clock.now(), retiredAt: null };
  }

  private async lock(tx: Tx): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtext('tongxing.signing-keys'))`);
  }
}
